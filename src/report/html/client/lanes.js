/** The kinds of requests that the chart tells apart. */

/** @typedef {"requests" | "refused" | "failed" | "attacks"} LaneKey */

/** @type {readonly { readonly key: LaneKey, readonly name: string, readonly note: string }[]} */
export const LANES = [
  { key: "requests", name: "Requests", note: "" },
  { key: "refused", name: "Refused", note: "4xx" },
  { key: "failed", name: "Failed", note: "5xx" },
  { key: "attacks", name: "Attacks", note: "" },
];
