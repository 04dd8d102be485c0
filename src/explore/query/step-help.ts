/** The steps and what they do, for completion and documentation. */
export const STEP_HELP: Readonly<Record<string, string>> = {
  where: "Rows that meet a condition.",
  search: "Rows with words anywhere, as in a search box.",
  summarize: "Counts, sums and other aggregates by group.",
  project: "Only these columns, named or computed.",
  "project-away": "All columns but these; a star ends a prefix.",
  extend: "Further columns, computed.",
  sort: "Rows in order; the greatest first unless asc is said.",
  order: "The same as sort.",
  top: "The first rows in an order.",
  take: "So many rows.",
  limit: "The same as take.",
  distinct: "The different combinations of columns.",
  count: "How many rows there are.",
  filter: "The same as where.",
};

export const STEP_NAMES: readonly string[] = Object.keys(STEP_HELP);
