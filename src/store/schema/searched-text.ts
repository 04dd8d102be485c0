/**
 * What a search without a field looks through, as one text with an index of its words. The index answers for parts
 * of words too: it looks through the words it knows, not through the events. Ids of sessions, traces, keys and
 * devices are not in it: each would be a word of its own, and they are asked for whole, which their Bloom filters do.
 */
export const SEARCHED_TEXT = "`searched_text`";

/** The columns in it, as a query names them. */
export const SEARCHED_COLUMNS = [
  "server.address",
  "url.path",
  "url.query",
  "http.route",
  "http.request.headers",
  "http.request.body",
  "http.response.body",
  "client.address",
  "network.peer.address",
  "user_agent.original",
  "user.id",
  "error.type",
] as const;

/** The index knows columns by the names they are stored under. */
const STORED: Partial<Record<(typeof SEARCHED_COLUMNS)[number], string>> = {
  "http.request.headers": "arrayStringConcat(mapValues(request_headers), ' ')",
  "http.request.body": "request_body",
  "http.response.body": "response_body",
};
const TEXT = `lower(concatWithSeparator(' ', ${SEARCHED_COLUMNS.map((name) => STORED[name] ?? `\`${name}\``).join(", ")}))`;

/** Events of before are indexed in the background; until then a search reads their text. */
export const ADD_SEARCHED_TEXT = [
  `ALTER TABLE events ADD COLUMN IF NOT EXISTS ${SEARCHED_TEXT} String ALIAS ${TEXT}`,
  `ALTER TABLE events ADD INDEX IF NOT EXISTS \`searched words\` ${TEXT} TYPE text(tokenizer = 'splitByNonAlpha')`,
  "ALTER TABLE events DROP INDEX IF EXISTS `words of url.path`",
  "ALTER TABLE events DROP INDEX IF EXISTS `words of url.query`",
  "ALTER TABLE events MATERIALIZE INDEX IF EXISTS `searched words`",
] as const;
