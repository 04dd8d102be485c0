/** Functions of client addresses. */

import { parseRange } from "./address-range.ts";
import { argument, literalText } from "./arguments.ts";
import type { Expression } from "./ast.ts";
import { call } from "./build.ts";
import type { ExpressionChecker } from "./check-expression.ts";
import type { FunctionEntry } from "./functions.ts";
import type { AddressRange, PlanExpression } from "./plan.ts";

/** RFC 1918, RFC 6598, loopback, link-local; RFC 4193 and their IPv6 likes. */
const PRIVATE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "::1/128",
  "fc00::/7",
  "fe80::/10",
];

export const ADDRESS_FUNCTIONS: readonly FunctionEntry[] = [
  inRange("ipv4_is_in_range", "4"),
  inRange("ipv6_is_in_range", "6"),
  inRange("ipv4_is_in_any_range", "4"),
  inRange("ipv6_is_in_any_range", "6"),
  {
    name: "ip_is_private",
    signature: "(address)",
    description: "Whether an address belongs to a private, shared, loopback or link-local network.",
    arity: [1, 1],
    check: (checker, args) => within(checker, argument(args, 0), PRIVATE.map(parseRange).filter(isRange)),
  },
];

function inRange(name: string, version: "4" | "6"): FunctionEntry {
  const example = version === "4" ? "10.0.0.0/8" : "2001:db8::/32";
  return {
    name,
    signature: `(address, "${example}", …)`,
    description: `Whether an address is in one of the networks (CIDR); false for what is no address.`,
    arity: [2, 100],
    check: (checker, args) => {
      const ranges = args.slice(1).map((written) => {
        const range = parseRange(literalText(checker, written, "A network"));
        const fits = range !== undefined && isIpv4(range) === (version === "4");
        return fits
          ? range
          : checker.fail("QUERY_TYPE", `Write an IPv${version} network: "${example}".`, written.range);
      });
      return within(checker, argument(args, 0), ranges);
    },
  };
}

function within(
  checker: ExpressionChecker,
  address: Expression,
  ranges: readonly AddressRange[],
): PlanExpression {
  return call("in-address-ranges", "bool", [checker.as(address, ["string"])], ranges);
}

const isRange = (range: AddressRange | undefined): range is AddressRange => range !== undefined;

function isIpv4(range: AddressRange): boolean {
  return range.first[5] === 0xffff && range.first.slice(0, 5).every((group) => group === 0);
}
