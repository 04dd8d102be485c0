/** The virtual hosts of the shop, and the service behind each. */
export interface Site {
  readonly service: string;
  readonly host: string;
  /** Place in SITES: the key of its load meter. */
  readonly index: number;
}

const HOSTS = [
  ["storefront", "www.shop.example"],
  ["shop-api", "api.shop.example"],
  ["auth", "auth.shop.example"],
  ["mobile-bff", "m.shop.example"],
  ["images", "img.shop.example"],
  ["backoffice", "admin.shop.example"],
  ["partner-api", "partner.shop.example"],
] as const;

export const SITES: readonly Site[] = HOSTS.map(([service, host], index) => ({ service, host, index }));

export const [STOREFRONT, SHOP_API, AUTH, MOBILE, IMAGES, BACKOFFICE, PARTNER] = SITES;
