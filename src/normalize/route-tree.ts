/**
 * Route templates learnt from traffic. Shapes (see route-shape.ts) are put into one tree per service; where a
 * place in a path keeps meeting new words, those words are values too, and the tree merges them into `{slug}`.
 *
 * "Keeps meeting new words" is measured: the share of requests that carried a word seen only once estimates the
 * chance that the next word is new (Good and Turing, Biometrika 40, 1953). Resource names run out soon and stay;
 * slugs never do.
 */
import { unshared } from "./unshared.ts";

export interface RouteTreeLimits {
  /** Endpoints over all services; past it new shapes join `{other}`. */
  readonly endpoints: number;
  /** Words in one place before they are merged whatever the estimate says. */
  readonly words: number;
}

export interface Endpoint {
  readonly id: number;
  readonly service: string;
  readonly method: string;
  template: string;
  requests: number;
  /** The endpoint this one was merged into; itself while it stands. */
  alias: number;
}

export interface Merge {
  readonly template: string;
  readonly words: number;
  readonly requests: number;
  readonly newWordChance: number;
  readonly examples: readonly string[];
}

interface Node {
  readonly children: Map<string, Node>;
  /** Method → endpoint id. */
  readonly endpoints: Map<string, number>;
  merge: Merge | undefined;
  /** Set when a person took a merge back. */
  fixed: boolean;
}

/** Plain data: it is part of the engine's checkpoints. */
export interface RouteTree {
  limits: RouteTreeLimits;
  readonly endpoints: Endpoint[];
  readonly roots: Map<string, Node>;
}

/** Told whenever one endpoint is merged into another, so that what was learnt can be merged too. */
export type OnMerge = (from: number, to: number) => void;

const SLUG = "{slug}";
const OTHER = "{other}";
const MIN_WORDS = 32;
const MIN_REQUESTS = 150;
const NEW_WORD_CHANCE = 0.15;
/** Words joined by hyphens, or long ones, look like slugs; less proof will do. */
const NEW_WORD_CHANCE_SLUGGY = 0.05;
const CHECK_EVERY = 8;
const EXAMPLES = 5;
/** A word that takes this share of its place's requests is a name, not a value. */
const HEAVY_SHARE = 0.05;

/** Words that are never values, however many neighbours they have. */
const RESERVED: ReadonlySet<string> = new Set(
  "me self current search new edit create list all count stats status health export import bulk batch login logout admin api latest recent popular settings profile config upload download preview verify reset token graphql".split(
    " ",
  ),
);

export function createRouteTree(limits: RouteTreeLimits): RouteTree {
  return { limits, endpoints: [], roots: new Map() };
}

/**
 * @param segments the shape, from `shapeSegments` or from the route an application named itself
 * @returns the id of the endpoint that stands for it
 */
export function insertRoute(
  tree: RouteTree,
  service: string,
  method: string,
  segments: readonly string[],
  onMerge: OnMerge = () => {},
): number {
  const { endpoints, limits } = tree;
  let node = child(tree.roots, service);
  let grew: { node: Node; path: string[] } | undefined;
  const path: string[] = [];
  for (const segment of segments) {
    const word = !segment.startsWith("{");
    const name = word && node.merge !== undefined && !node.children.has(segment) ? SLUG : segment;
    if (!node.children.has(name)) {
      if (endpoints.length >= limits.endpoints) {
        path.push(OTHER);
        node = child(node.children, OTHER);
        break;
      }
      if (word && name !== SLUG) grew = { node, path: [...path] };
    }
    path.push(name);
    node = child(node.children, name);
  }
  let id = node.endpoints.get(method);
  if (id === undefined) {
    id = endpoints.length;
    endpoints.push({ id, service, method, template: `/${path.join("/")}`, requests: 0, alias: id });
    node.endpoints.set(method, id);
  }
  if (grew) considerMerge(tree, grew.node, grew.path, onMerge);
  return resolveRoute(tree, id);
}

/** The id that stands for `id` after merges. */
export function resolveRoute({ endpoints }: RouteTree, id: number): number {
  let at = id;
  for (;;) {
    const endpoint = endpoints[at];
    if (endpoint === undefined || endpoint.alias === at) return at;
    at = endpoint.alias;
  }
}

/** Why places were merged, for people. */
export function mergesOf(tree: RouteTree): readonly Merge[] {
  const found: Merge[] = [];
  for (const root of tree.roots.values()) {
    for (const node of nodesOf(root)) if (node.merge !== undefined) found.push(node.merge);
  }
  return found;
}

/** Takes a merge back: words under this template stay words from now on. False when there is no such merge. */
export function splitRoute(tree: RouteTree, service: string, template: string): boolean {
  const root = tree.roots.get(service);
  if (!root) return false;
  for (const node of nodesOf(root)) {
    if (node.merge?.template !== template) continue;
    node.merge = undefined;
    node.fixed = true;
    return true;
  }
  return false;
}

function considerMerge(tree: RouteTree, node: Node, path: readonly string[], onMerge: OnMerge): void {
  const words = wordsOf(node);
  if (node.fixed || words.length < MIN_WORDS || words.length % CHECK_EVERY !== 0) return;
  let requests = 0;
  let once = 0;
  let sluggy = 0;
  const counts = new Map<string, number>();
  for (const [word, under] of words) {
    const count = requestsUnder(tree, under);
    counts.set(word, count);
    requests += count;
    if (count <= 1) once++;
    if (word.length > 24 || /[-_.\d]/.test(word)) sluggy++;
  }
  const full = words.length >= tree.limits.words;
  if (!full && requests < MIN_REQUESTS) return;
  const chance = once / Math.max(1, requests);
  const needed = sluggy * 2 > words.length ? NEW_WORD_CHANCE_SLUGGY : NEW_WORD_CHANCE;
  if (!full && chance < needed) return;

  const merged = words.filter(([word]) => {
    if (RESERVED.has(word.toLowerCase())) return false;
    return (counts.get(word) ?? 0) < Math.max(2, requests * HEAVY_SHARE);
  });
  if (merged.length < MIN_WORDS / 2) return;
  const target = child(node.children, SLUG);
  const template = [...path, SLUG];
  for (const [word, under] of merged) {
    node.children.delete(word);
    mergeInto(tree, under, target, template, onMerge);
  }
  node.merge = {
    template: `/${template.join("/")}`,
    words: merged.length,
    requests,
    newWordChance: chance,
    examples: merged.slice(0, EXAMPLES).map(([word]) => word),
  };
}

function mergeInto(tree: RouteTree, from: Node, to: Node, path: readonly string[], onMerge: OnMerge): void {
  const { endpoints } = tree;
  for (const [method, id] of from.endpoints) {
    const source = endpoints[id];
    if (source === undefined) continue;
    const existing = to.endpoints.get(method);
    if (existing === undefined) {
      source.template = `/${path.join("/")}`;
      to.endpoints.set(method, id);
      continue;
    }
    const target = endpoints[resolveRoute(tree, existing)];
    if (target === undefined || target.id === id) continue;
    target.requests += source.requests;
    source.alias = target.id;
    onMerge(id, target.id);
  }
  for (const [name, under] of from.children) {
    mergeInto(tree, under, child(to.children, name), [...path, name], onMerge);
  }
}

function requestsUnder(tree: RouteTree, node: Node): number {
  let sum = 0;
  for (const id of node.endpoints.values()) sum += tree.endpoints[id]?.requests ?? 0;
  for (const under of node.children.values()) sum += requestsUnder(tree, under);
  return sum;
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const under of node.children.values()) yield* nodesOf(under);
}

function child(children: Map<string, Node>, name: string): Node {
  let node = children.get(name);
  if (node === undefined) {
    node = { children: new Map(), endpoints: new Map(), merge: undefined, fixed: false };
    children.set(unshared(name), node);
  }
  return node;
}

function wordsOf(node: Node): [string, Node][] {
  return [...node.children].filter(([name]) => !name.startsWith("{"));
}
