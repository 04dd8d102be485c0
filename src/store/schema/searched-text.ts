/**
 * The large texts that a search looks through, as one text with an index of its words. The index answers for parts of
 * words too: ClickHouse looks through the words it knows, not through the events. Ids, keys and addresses are not in
 * it: each would be a word of its own, and they are asked for whole, which their Bloom filters do. Nor are columns of
 * few values, which are quick to read.
 */
export const SEARCHED_TEXT = "`searched_text`";

/** The columns in it, as a query names them. */
export const SEARCHED_COLUMNS = [
  "url.path",
  "url.query",
  "http.request.headers",
  "http.request.body",
  "http.response.body",
  "user.id",
] as const;

const TEXT = `lower(concatWithSeparator(' ', \`url.path\`, \`url.query\`,
  arrayStringConcat(mapValues(request_headers), ' '), request_body, response_body, \`user.id\`))`;

export const SEARCHED_INDEX = "searched words";

/** Events of before are indexed in the background; until then a search reads their text. */
export const ADD_SEARCHED_TEXT = [
  `ALTER TABLE events ADD COLUMN IF NOT EXISTS ${SEARCHED_TEXT} String ALIAS ${TEXT}`,
  `ALTER TABLE events ADD INDEX IF NOT EXISTS \`${SEARCHED_INDEX}\` ${TEXT} TYPE text(tokenizer = 'splitByNonAlpha')`,
  `ALTER TABLE events ADD INDEX IF NOT EXISTS \`by network.peer.address\` \`network.peer.address\`
    TYPE bloom_filter(0.01) GRANULARITY 1`,
  "ALTER TABLE events DROP INDEX IF EXISTS `words of url.path`",
  "ALTER TABLE events DROP INDEX IF EXISTS `words of url.query`",
  `ALTER TABLE events MATERIALIZE INDEX IF EXISTS \`${SEARCHED_INDEX}\``,
  "ALTER TABLE events MATERIALIZE INDEX IF EXISTS `by network.peer.address`",
] as const;
