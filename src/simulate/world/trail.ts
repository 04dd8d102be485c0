/** What a visit is about at the moment: the values that fill the `{…}` of routes and queries. */
export interface Trail {
  product: number;
  slug: string;
  category: string;
  term: string;
  page: number;
  order: number;
  invoice: string;
  user: string;
  cart: string;
  item: number;
  article: string;
  day: string;
  file: string;
  token: string;
  build: string;
  code: string;
  since: string;
  number: number;
  sort: string;
  next: string;
  link: string;
}

export function emptyTrail(): Trail {
  return {
    product: 0,
    slug: "",
    category: "",
    term: "",
    page: 1,
    order: 0,
    invoice: "",
    user: "",
    cart: "",
    item: 0,
    article: "",
    day: "",
    file: "",
    token: "",
    build: "",
    code: "",
    since: "",
    number: 0,
    sort: "price",
    next: "%2Fcheckout",
    link: "",
  };
}
