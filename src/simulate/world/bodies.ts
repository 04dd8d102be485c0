/** What bodies say, for the formats that carry them: made from the trail and a hash, so that no draw depends on them. */
import type { Json } from "../../event.ts";
import { mix } from "../random.ts";
import { COUNTRIES } from "./countries.ts";
import { hexId, uuid } from "./identifiers.ts";
import { emailOf, type Person } from "./people.ts";
import { REMARKS } from "./remarks.ts";
import type { Trail } from "./trail.ts";
import { FAMILY_NAMES, GIVEN_NAMES, NOUNS } from "./words.ts";

interface BodySource {
  readonly trail: Trail;
  readonly hash: number;
  readonly person: Person | undefined;
}

type Body = (source: BodySource) => Json;

const pick = <T>(items: readonly T[], hash: number, salt: number): T => items[mix(hash, salt) % items.length];
const quantity = (hash: number) => 1 + (mix(hash, 1) % 3);
const price = (hash: number) => Number(((mix(hash, 2) % 40_000) / 100 + 4.9).toFixed(2));
const remark = (hash: number) => pick(REMARKS, hash, 3);
const postal = (hash: number): Json => ({
  name: `${capital(pick(GIVEN_NAMES, hash, 4))} ${capital(pick(FAMILY_NAMES, hash, 5))}`,
  street: `${capital(pick(NOUNS, hash, 6))} Street ${1 + (mix(hash, 7) % 180)}`,
  postal_code: String(10_000 + (mix(hash, 8) % 80_000)),
  city: pick(
    ["Berlin", "Köln", "Saint-Étienne", "London", "'s-Hertogenbosch", "Łódź", "Málaga", "Malmö"],
    hash,
    9,
  ),
  country: COUNTRIES[mix(hash, 10) % 12].code,
  phone: `+49 30 ${100_000 + (mix(hash, 11) % 899_999)}`,
});

/** By endpoint id. */
export const REQUEST_BODIES: Readonly<Record<string, Body>> = {
  "cart.add": ({ trail, hash }) => ({ product_id: trail.product, quantity: quantity(hash) }),
  "cart.change": ({ hash }) => ({ quantity: quantity(hash) }),
  "cart.coupon": ({ hash }) => ({ code: hexId(hash, 8).toUpperCase() }),
  "checkout.address": ({ hash }) => ({
    shipping: postal(hash),
    gift_note: mix(hash, 12) % 5 === 0 ? remark(hash) : null,
  }),
  "payments.intent": ({ hash, trail }) => ({ cart_id: trail.cart, amount: price(hash), currency: "EUR" }),
  "payments.confirm": ({ hash }) => ({
    method: "card",
    card: {
      number: "4242 4242 4242 4242",
      exp: "11/28",
      cvc: String(100 + (mix(hash, 13) % 900)),
      holder: pick(FAMILY_NAMES, hash, 5),
    },
  }),
  "orders.place": ({ trail }) => ({ cart_id: trail.cart, payment_intent: trail.code, accept_terms: true }),
  "orders.return": ({ hash }) => ({ items: [{ line: 1, quantity: 1 }], reason: remark(hash) }),
  "profile.change": ({ hash }) => ({
    first_name: capital(pick(GIVEN_NAMES, hash, 4)),
    last_name: capital(pick(FAMILY_NAMES, hash, 5)),
    newsletter: mix(hash, 14) % 2 === 0,
  }),
  "profile.email": ({ hash }) => ({
    email: `${pick(GIVEN_NAMES, hash, 4)}.${mix(hash, 15) % 10_000}@mail.example`,
    password: hexId(hash, 10),
  }),
  "reviews.post": ({ hash }) => ({
    rating: 1 + (mix(hash, 16) % 5),
    title: remark(hash).slice(0, 40),
    text: remark(hash + 1),
  }),
  graphql: ({ trail }) => ({
    operationName: "ProductPanel",
    query:
      "query ProductPanel($id: ID!, $first: Int!) { product(id: $id) { id name price { amount currency } variants(first: $first) { id size stock } } }",
    variables: { id: String(trail.product), first: 10 },
  }),
  "auth.token": ({ hash }) => ({
    grant_type: "refresh_token",
    client_id: "web",
    refresh_token: hexId(hash, 32),
  }),
  "auth.otp.send": () => ({ channel: "sms" }),
  "auth.otp.check": ({ hash }) => ({ code: String(mix(hash, 17) % 1_000_000).padStart(6, "0") }),
  "auth.reset.ask": ({ person, hash }) => ({
    email: person === undefined ? `${hexId(hash, 6)}@mail.example` : emailOf(person),
  }),
  "auth.reset.use": ({ hash }) => ({ password: hexId(hash, 12), password_confirmation: hexId(hash, 12) }),
  "bff.cart.add": ({ trail, hash }) => ({ productId: trail.product, qty: quantity(hash) }),
  "bff.checkout": ({ hash }) => ({
    address: postal(hash),
    payment: { type: "wallet", token: hexId(hash, 32) },
    note: mix(hash, 18) % 4 === 0 ? remark(hash) : "",
  }),
  "bff.device": ({ hash }) => ({ push_token: hexId(hash, 32), locale: "de_DE", timezone: "Europe/Berlin" }),
  "webhooks.payment": ({ hash, trail }) => ({
    id: `evt_${hexId(hash, 24)}`,
    type: "payment.succeeded",
    data: { order: trail.order, amount: price(hash), currency: "EUR" },
  }),
};

/** Answers that name people, for those who look at what is exposed. */
export const RESPONSE_BODIES: Readonly<Record<string, Body>> = {
  "profile.me": customer,
  "profile.get": customer,
  "profile.addresses": ({ hash }) => [postal(hash)],
  "orders.get": ({ trail, hash }) => ({
    id: trail.order,
    status: pick(["paid", "packed", "shipped", "delivered"], hash, 19),
    total: price(hash),
    ship_to: postal(hash),
    lines: [{ product_id: trail.product, quantity: quantity(hash), price: price(hash) }],
  }),
};

function customer({ trail, hash, person }: BodySource): Json {
  return {
    id: trail.user === "me" ? uuid(hash) : trail.user,
    email: person === undefined ? `${pick(GIVEN_NAMES, hash, 4)}@mail.example` : emailOf(person),
    name: `${capital(pick(GIVEN_NAMES, hash, 4))} ${capital(pick(FAMILY_NAMES, hash, 5))}`,
    phone: `+49 151 ${1_000_000 + (mix(hash, 20) % 8_999_999)}`,
    birthday: `19${60 + (mix(hash, 21) % 39)}-0${1 + (mix(hash, 22) % 9)}-1${mix(hash, 23) % 10}`,
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
