/**
 * How made-up traffic is told from received traffic. Its batches come from a source of this name, which stands in
 * their events as `log.file.path` (files that are followed have absolute paths, and senders cannot set it), and their
 * keys begin with it, which is what the journal keeps (a sender's key begins with the id of its ingest key).
 */
export const SAMPLE_SOURCE = "sample";

export function sampleKey(name: string): string {
  return `${SAMPLE_SOURCE} ${name}`;
}

export function isSampleKey(key: string): boolean {
  return key.startsWith(`${SAMPLE_SOURCE} `);
}
