/** How a visit to the web shop begins: where, and what the page's script asks for once when it starts. */
import * as api from "../world/endpoints/shop.ts";
import { type Call, cartCount, type PageName } from "./pages.ts";

/** What the script asks for once when it starts. */
export const BOOT_CALLS: readonly Call[] = [
  { endpoint: api.SETTINGS, chance: 1 },
  { endpoint: api.GEO, chance: 0.5 },
  { endpoint: api.CATEGORIES_TREE, chance: 0.95 },
  { endpoint: api.ME, chance: 1, signedIn: true },
  { endpoint: api.NOTIFICATIONS, chance: 0.8, signedIn: true },
  cartCount,
  { endpoint: api.BANNERS, chance: 0.8 },
];

/** Where visits begin, with weights: most come from a search engine or a link, straight to a product. */
export const LANDINGS: readonly (readonly [PageName, number])[] = [
  ["home", 34],
  ["product", 36],
  ["category", 14],
  ["search", 3],
  ["blog", 4],
  ["help", 2],
  ["orders", 5],
  ["cart", 2],
];
