/** Cookies and headers as browsers, analytics and consent banners make them: real grammars, values of our own. */
import type { Choices } from "./random.ts";

const HEX = "0123456789abcdef";
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export function jwt(make: Choices): string {
  const claims = {
    iss: "https://id.example/",
    sub: `user|${make.token(8, HEX)}`,
    aud: ["shop", "api"],
    exp: 1_714_557_600 + make.below(1e6),
    scope: make.of(["read:orders write:orders", "openid profile e-mail", "admin", "select:all"]),
    name: make.of(["Anna O'Brien", "Jean d'Arcy", "Łukasz", "Ben & Co."]),
  };
  return `${base64({ alg: "RS256", typ: "JWT", kid: make.token(6) })}.${base64(claims)}.${make.token(86, BASE64URL)}`;
}

export const uuid = (make: Choices): string =>
  [8, 4, 4, 4, 12].map((length) => make.token(length, HEX)).join("-");

const COOKIES: readonly ((make: Choices) => string)[] = [
  (make) => `_ga=GA1.2.${make.below(1e9)}.${1_714_000_000 + make.below(1e6)}`,
  (make) => `_ga_${make.token(10)}=GS1.1.${make.below(1e9)}.3.1.${make.below(1e9)}.60.0.0`,
  (make) => `_gcl_au=1.1.${make.below(1e9)}.${make.below(1e9)}`,
  (make) => `_fbp=fb.1.${make.below(1e12)}.${make.below(1e9)}`,
  (make) =>
    `OptanonConsent=isGpcEnabled=0&datestamp=Wed+May+01+2024+10%3A00%3A00+GMT%2B0200+(Central+European+Summer+Time)&version=202401.1.0&interactionCount=1&groups=C0001%3A1%2CC0002%3A${make.below(2)}`,
  (make) =>
    `CookieConsent={stamp:%27${make.token(24)}==%27%2Cnecessary:true%2Cpreferences:false%2Cstatistics:true%2Cmethod:%27explicit%27%2Cver:1%2Cutc:17145%2Cregion:%27ch%27}`,
  (make) => `euconsent-v2=CP${make.token(30, BASE64URL)}.YAAAAAAAAAAA`,
  (make) =>
    `borlabs-cookie=%7B%22consents%22%3A%7B%22essential%22%3A%5B%22${make.token(5)}%22%5D%7D%2C%22domainPath%22%3A%22shop.example%2F%22%2C%22uid%22%3A%22${make.token(8)}-${make.token(8)}%22%7D`,
  (make) => `connect.sid=s%3A${make.token(32)}.${make.token(43)}`,
  (make) =>
    `laravel_session=${Buffer.from(JSON.stringify({ iv: make.token(24), value: make.token(64), mac: make.token(64, HEX), tag: "" })).toString("base64")}`,
  (make) => `session=.eJw${make.token(60, BASE64URL)}.${make.token(6)}.${make.token(27, BASE64URL)}`,
  (make) =>
    `_shop_session=${encodeURIComponent(make.token(120))}--${make.token(16)}%3D%3D--${make.token(22)}%3D%3D`,
  (make) => `access_token=${jwt(make)}`,
  (make) => `id_token=${jwt(make)}`,
  (make) =>
    `mp_${make.token(12, HEX)}_mixpanel=%7B%22distinct_id%22%3A%20%22${uuid(make)}%22%2C%22%24initial_referrer%22%3A%20%22%24direct%22%7D`,
  (make) =>
    `ph_${make.token(12)}_posthog=%7B%22distinct_id%22%3A%22${uuid(make)}%22%2C%22%24sesid%22%3A%5B${make.below(1e12)}%2C%22${uuid(make)}%22%5D%7D`,
  (make) => `theme=${make.of(["dark", "light", "auto", '"system"'])}`,
  (make) => `lang=${make.of(["de-CH", "en_US", "fr", "pt-BR"])}`,
  (make) => `cart={"items":[{"sku":"TEA-${make.below(99)}","n":1}],"note":"it's a gift"}`,
  (make) => `recent=["${make.below(99)}","${make.below(99)}"]`,
  () => "cookies_accepted=necessary,statistics,marketing",
  (make) =>
    `wordpress_logged_in_${make.token(16, HEX)}=anna%7C${make.below(1e9)}%7C${make.token(43)}%7C${make.token(32, HEX)}`,
  (make) => `AWSALB=${make.token(60)}+${make.token(30)}/${make.token(20)}==`,
  (make) => `__cf_bm=${make.token(43)}-1714557600-1.0.1.1-${make.token(60)}.${make.token(20)}`,
];

export const cookies = (make: Choices): string =>
  Array.from({ length: 2 + make.below(5) }, () => make.of(COOKIES)(make)).join("; ");

const VERSION = (make: Choices): string => `${100 + make.below(40)}.0.${make.below(9000)}.${make.below(200)}`;

const AGENTS: readonly ((make: Choices) => string)[] = [
  (make) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${VERSION(make)} Safari/537.36`,
  (make) =>
    `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/${make.token(4)}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/${VERSION(make)} Mobile Safari/537.36 [FBAN/EMA;FBLC/de_DE;FBAV/400.0.0;]`,
  (make) =>
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_${make.below(6)} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.29`,
  (make) =>
    `Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:12${make.below(9)}.0) Gecko/20100101 Firefox/12${make.below(9)}.0`,
  (make) => `ShopApp/4.${make.below(20)} (iPhone15,3; iOS 17.4; Scale/3.00) CFNetwork/1494.0.7 Darwin/23.4.0`,
  (make) => `okhttp/4.${make.below(12)}.0`,
  (make) => `python-requests/2.${make.below(32)}.0`,
  (make) =>
    `aws-sdk-js/3.${make.below(500)}.0 ua/2.0 os/linux#5.10 lang/js md/nodejs#20.11.0 api/s3#3.${make.below(500)}.0`,
  () => "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  () => "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
];

const ACCEPTS: readonly string[] = [
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
  "application/json, text/plain, */*",
  "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
  "text/event-stream",
  "application/vnd.github+json",
  "*/*",
];

const REFERERS: readonly ((make: Choices) => string)[] = [
  (make) =>
    `https://www.google.com/search?q=${encodeURIComponent(make.of(["rock 'n' roll", "tea or coffee", "select a union", "what's 1=1", "drop table tennis", "men's size 9 or 10"]))}&oq=x&aqs=chrome..69i57j0i512l9`,
  (make) =>
    `https://shop.example/items?filter[price][gte]=${make.below(50)}&filter[colour]=red,blue&sort=-created`,
  (make) => `https://shop.example/#!/orders/${make.below(1e6)}?tab=details&back=%2Forders`,
  (make) =>
    `https://accounts.example/authorize?response_type=code&client_id=${make.token(12)}&redirect_uri=https%3A%2F%2Fshop.example%2Fcallback&scope=openid%20profile&state=${base64({ to: "/cart" })}`,
  () => "https://l.facebook.com/",
  () => "android-app://com.google.android.gm/",
];

const OTHERS: readonly ((make: Choices) => readonly [string, string])[] = [
  (make) => ["if-none-match", `W/"${make.token(20, HEX)}"`],
  (make) => ["if-none-match", `"${make.token(12)}--gzip", "${make.token(8)}"`],
  (make) => ["traceparent", `00-${make.token(32, HEX)}-${make.token(16, HEX)}-01`],
  (make) => [
    "baggage",
    `sentry-trace_id=${make.token(32, HEX)},sentry-environment=production,sentry-transaction=GET%20%2Forders%2F%3Aid`,
  ],
  (make) => ["authorization", `Bearer ${jwt(make)}`],
  (make) => ["authorization", `Basic ${Buffer.from(`anna:${make.token(10)}`).toString("base64")}`],
  () => ["sec-ch-ua", '"Chromium";v="124", "Google Chrome";v="124", "Not-A.Brand";v="99"'],
  () => ["sec-ch-ua-platform", '"macOS"'],
  (make) => ["x-forwarded-for", `203.0.113.${make.below(255)}, 10.0.0.${make.below(255)}`],
  (make) => ["forwarded", `for="[2001:db8::${make.below(99)}]:4711";proto=https;by=203.0.113.43`],
  (make) => ["x-amz-date", `20240501T1000${10 + make.below(49)}Z`],
  (make) => [
    "authorization",
    `AWS4-HMAC-SHA256 Credential=AKIA${make.token(16)}/20240501/eu-central-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${make.token(64, HEX)}`,
  ],
  (make) => ["stripe-signature", `t=1714557600,v1=${make.token(64, HEX)},v0=${make.token(64, HEX)}`],
  (make) => ["x-hub-signature-256", `sha256=${make.token(64, HEX)}`],
  () => ["prefer", 'return=representation; wait=100; handling="lenient"'],
  () => [
    "link",
    '<https://api.example/items?page=2>; rel="next", <https://api.example/items?page=9>; rel="last"',
  ],
  () => [
    "content-disposition",
    "attachment; filename=\"O'Brien (final).pdf\"; filename*=UTF-8''O%27Brien%20(final).pdf",
  ],
  () => ["content-disposition", 'form-data; name="file"; filename="a & b.png"'],
  () => ["cache-control", "no-cache, no-store, must-revalidate"],
  () => ["accept-language", "de-CH,de;q=0.9,en-US;q=0.8,en;q=0.7,*;q=0.5"],
];

export function browserHeaders(make: Choices): Record<string, string> {
  const headers: Record<string, string> = {
    host: "shop.example",
    "user-agent": make.of(AGENTS)(make),
    accept: make.of(ACCEPTS),
    referer: make.of(REFERERS)(make),
  };
  for (let i = 0; i < 3; i++) {
    const [name, value] = make.of(OTHERS)(make);
    headers[name] = value;
  }
  return headers;
}
