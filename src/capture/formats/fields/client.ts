/**
 * Where the request came from. A log that shows a list of hops keeps the list as the `x-forwarded-for` header.
 */
import type { ApiEvent } from "../../../event.ts";
import { bareAddress, isPublicAddress } from "./address.ts";
import { setRequestHeader } from "./headers.ts";

/** Hops of a forwarding chain that are looked at; a longer one is an attack on the reader. */
const MOST_HOPS = 32;

/** Sets the client from what the server logged as the client: one address, or a list of hops. */
export function setClient(event: ApiEvent, text: string): void {
  if (text.includes(",")) {
    setForwardedList(event, text);
    return;
  }
  event["client.address"] = bareAddress(text);
}

/**
 * A list of hops in the place of the client: the first public address is the client (the convention of the
 * Elastic modules), the first hop when all are private.
 */
export function setForwardedList(event: ApiEvent, list: string): void {
  if (!list.includes(",") && event["network.peer.address"] === undefined) {
    const only = list.trim();
    if (only !== "" && only !== "-" && only !== "unknown") event["client.address"] = bareAddress(only);
    return;
  }
  const hops = list.split(",", MOST_HOPS).map((hop) => bareAddress(hop.trim()));
  const named = hops.filter((hop) => hop !== "" && hop !== "-" && hop !== "unknown");
  if (named.length === 0) return;
  event["client.address"] = named.find(isPublicAddress) ?? named[0];
  if (named.length > 1 || event["network.peer.address"] !== undefined) {
    setRequestHeader(event, "x-forwarded-for", named.join(", "));
  }
}
