/** "Did you mean …?" */

/** @returns the candidate closest to what was written, or undefined when none is close */
export function closest(written: string, candidates: Iterable<string>): string | undefined {
  const word = written.toLowerCase().slice(0, 80);
  let best: string | undefined;
  let bestDistance = (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))) + 1;
  for (const candidate of candidates) {
    const distance = distanceTo(word, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A sentence to put behind what is unknown; empty when nothing is close. */
export function didYouMean(written: string, candidates: Iterable<string>): string {
  const candidate = closest(written, candidates);
  return candidate === undefined ? "" : ` Did you mean ${candidate}?`;
}

/** Edit distance; a name that ends with the word written (".address") is one step away. */
function distanceTo(word: string, candidate: string): number {
  if (word === candidate) return 0;
  if (word.length > 2 && (candidate.endsWith(`.${word}`) || candidate.startsWith(`${word}.`))) return 1;
  let row = Array.from({ length: candidate.length + 1 }, (_, i) => i);
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    for (let j = 1; j <= candidate.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (word[i - 1] === candidate[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[candidate.length] ?? 0;
}
