/** GraphQL requests: queries with filters and literals, mutations with text, fragments, batches. */
import type { Json } from "../../src/event.ts";
import type { Choices } from "./random.ts";
import { CODE, MARKDOWN, NAMES, PROSE, SEARCHES } from "./texts.ts";

const DOCUMENTS: readonly ((make: Choices) => { readonly query: string; readonly variables?: Json })[] = [
  (make) => ({
    query:
      "query Users($first: Int!, $q: String) { users(first: $first, where: {name: {_ilike: $q}}, orderBy: {field: NAME, direction: ASC}) { edges { node { id name email } } pageInfo { hasNextPage endCursor } } }",
    variables: { first: 20, q: `%${make.of(NAMES)}%` },
  }),
  (make) => ({
    query:
      "query Search($q: String!) { search(query: $q, type: ISSUE, first: 20) { nodes { ... on Issue { title body } } } }",
    variables: { q: make.of(SEARCHES) },
  }),
  (make) => ({
    query:
      "mutation AddComment($input: AddCommentInput!) { addComment(input: $input) { comment { id body } errors { field message } } }",
    variables: { input: { subjectId: make.token(12), body: make.of(MARKDOWN) } },
  }),
  (make) => ({
    query: "mutation Save($text: String!, $tags: [String!]) { saveNote(text: $text, tags: $tags) { id } }",
    variables: { text: make.of(PROSE), tags: ["tea", make.of(NAMES)] },
  }),
  (make) => ({
    query: `{ products(filter: {or: [{price: {lt: ${make.below(90)}}}, {name: {like: "%tea%"}}], not: {tag: "old"}}, sort: "-price") { id name } }`,
  }),
  (make) => ({
    query: `query { order(id: "${make.below(1e6)}") { id total(currency: CHF) items { sku name @include(if: true) ...Price } } } fragment Price on Item { price { amount currency } }`,
  }),
  (make) => ({
    query: `mutation { createPost(title: ${JSON.stringify(make.of(NAMES))}, body: ${JSON.stringify(make.of(PROSE))}) { id } }`,
  }),
  (make) => ({ query: `mutation { updateSnippet(id: 5, source: ${JSON.stringify(make.of(CODE))}) { id } }` }),
  () => ({
    query: "subscription OnMessage($room: ID!) { messageAdded(room: $room) { id text author { name } } }",
    variables: { room: "general" },
  }),
  () => ({
    query: "query GetShop { shop { name description(truncateAt: 100) url currency: currencyCode } }",
    variables: {},
  }),
];

export function graphqlBody(make: Choices): Json {
  const one = () => ({ operationName: null, ...make.of(DOCUMENTS)(make) });
  return make.next() < 0.1 ? [one(), one(), one()] : one();
}
