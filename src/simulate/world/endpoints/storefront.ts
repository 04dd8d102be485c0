/** www.shop.example and img.shop.example: pages, scripts, pictures. */
import { define } from "../endpoint.ts";
import { IMAGES, STOREFRONT } from "../sites.ts";

const page = define(STOREFRONT, {
  type: "text/html; charset=utf-8",
  size: 24_000,
  sizeSigma: 0.2,
  ms: 62,
  msSigma: 0.45,
  slips: { 304: 0.05, 500: 0.0005, 502: 0.0002 },
});
const file = define(STOREFRONT, {
  sizeOf: "self",
  sizeSigma: 0.9,
  ms: 1.4,
  msSigma: 0.6,
  slips: { 304: 0.12 },
});
const picture = define(IMAGES, {
  type: "image/webp",
  sizeOf: "product",
  sizeSigma: 0.6,
  ms: 2.5,
  msSigma: 0.7,
  slips: { 304: 0.1, 404: 0.008 },
});

export const HOME = page("www.home", "GET /", { size: 38_000 });
export const CATEGORY_PAGE = page("www.category", "GET /c/{category}?page={page}", { size: 52_000 });
export const PRODUCT_PAGE = page("www.product", "GET /p/{slug}-{product}", {
  sizeOf: "product",
  slips: { 304: 0.04, 301: 0.01, 404: 0.002, 500: 0.0002 },
});
export const SEARCH_PAGE = page("www.search", "GET /search?q={term}", { size: 47_000, ms: 140 });
export const CART_PAGE = page("www.cart", "GET /cart");
export const CHECKOUT_PAGE = page("www.checkout", "GET /checkout");
export const ACCOUNT_PAGE = page("www.account", "GET /account");
export const LOGIN_PAGE = page("www.login", "GET /login", { size: 9_000 });
export const LOGIN_PAGE_NEXT = page("www.login.next", "GET /login?next={next}", { size: 9_000 });
export const HELP_PAGE = page("www.help", "GET /help/{article}", { size: 14_000 });
export const BLOG_PAGE = page("www.blog", "GET /blog/{day}/{article}", { size: 31_000 });
export const OLD_PRODUCT_PAGE = page("www.old-product", "GET /shop/item.php?id={product}", {
  status: 301,
  size: 178,
  sizeSigma: 0,
  ms: 3,
});
export const FEED = page("www.feed", "GET /blog/feed.xml", {
  type: "application/rss+xml",
  size: 18_400,
  sizeSigma: 0.02,
  slips: { 304: 0.8 },
});
export const ROBOTS = file("www.robots", "GET /robots.txt", {
  type: "text/plain",
  size: 412,
  sizeSigma: 0,
  slips: {},
});
export const SITEMAP = file("www.sitemap", "GET /sitemap-{page}.xml", {
  type: "application/xml",
  size: 410_000,
  sizeOf: "page",
  ms: 22,
  slips: {},
});
export const FAVICON = file("www.favicon", "GET /favicon.ico", {
  type: "image/x-icon",
  size: 4_286,
  sizeSigma: 0,
});
export const TOUCH_ICON = file("www.touch-icon", "GET /apple-touch-icon-120x120-precomposed.png", {
  status: 404,
  size: 153,
  sizeSigma: 0,
});
export const BEACON = define(STOREFRONT)("www.beacon", "POST /events", {
  status: 204,
  size: 0,
  ms: 4,
  sends: 420,
});

/** Built files carry a content hash in their name and change with each deploy. */
export const ASSETS = [
  ["main", "js", 182_000],
  ["vendor", "js", 240_000],
  ["framework", "js", 44_000],
  ["styles", "css", 38_000],
  ["product", "js", 31_000],
  ["checkout", "js", 52_000],
  ["inter-var", "woff2", 98_000],
  ["icons", "svg", 21_000],
].map(([name, extension, size]) =>
  file(`www.asset.${name}`, `GET /assets/${name}.{build}.${extension}`, {
    size: Number(size),
    sizeSigma: 0,
    type:
      extension === "css" ? "text/css" : extension === "js" ? "text/javascript" : "application/octet-stream",
  }),
);

export const THUMBNAIL = picture("img.thumbnail", "GET /products/{product}/240.webp", { size: 6_800 });
export const PHOTO = picture("img.photo", "GET /products/{product}/{item}-1080.webp", {
  size: 88_000,
  ms: 5,
});
export const BANNER = picture("img.banner", "GET /banners/{number}.webp", { size: 64_000, sizeOf: "number" });
/** What a broken release of the app asks for. */
export const MISSING_PICTURE = picture("img.missing", "GET /products/{product}/undefined.webp", {
  status: 404,
  size: 153,
  sizeSigma: 0,
  slips: {},
});
