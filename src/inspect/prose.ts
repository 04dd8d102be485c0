/**
 * How much a text reads like natural language. Code and payloads are dense in operators and poor in the small
 * words that hold sentences together; prose is the other way round in every language written with spaces.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * Words that SQL uses too (from, where, and, or, in, not …) are left out, or every query would pass for a sentence.
 * Articles, prepositions, pronouns, auxiliaries: English, Spanish, French, German, Portuguese, Italian, Dutch, Polish.
 */
const SMALL = new Set(
  words(`a an the this that these those of to at for with about over after before through
    are was were be been being am has have had do does did will would can could should may might must no
    i you he she it we they me him her us them my your his its our their who what which why how
    but so because than there here just only very too also please some more most such each own
    el la los las un una de del que y en es por con para su al lo como mas pero sus le ya o este si porque esta
    entre cuando muy sin sobre tambien me hasta hay donde quien desde todo nos durante todos uno les ni contra
    le les des du et est dans pour pas sur au aux avec ce cette il elle je vous nous qui ne se sont plus par mais
    der die das und ist nicht ein eine einen dem den mit zu von auf sich auch es an als bei nach wie ich wir sie
    o os as um uma em do da dos das no na nos nas por mais como mas foi ao ele ela seu sua
    il lo gli di che e non per una sono con del della si da come anche piu ma
    het een van en niet dat op te zijn voor met aan er maar om ook nie sie na jest do to ze jak`),
);

/** White space, and what stands for it in a query or a form that is still encoded. */
export const BETWEEN_WORDS = /(?:\s|\+|%20)+/;

/** Fewer words than this say nothing about language. */
const FEWEST = 7;

/** 0 for code and tokens, towards 1 for sentences. Reads at most the first 2,000 characters. */
export function proseOf(text: string): number {
  let total = 0;
  let small = 0;
  let plain = 0;
  for (const raw of text.slice(0, 2000).toLowerCase().split(BETWEEN_WORDS)) {
    if (raw.length === 0) continue;
    total++;
    const word = bare(raw);
    if (SMALL.has(word)) small++;
    if (isPlainWord(word)) plain++;
  }
  if (total < FEWEST) return 0;
  // Languages whose small words are not listed still show by words of letters alone.
  const share = plain / total;
  return share < 0.6 ? 0 : Math.min(1, (small / total) * 2 + (share - 0.6));
}

const AROUND = new Set("\"'()¿¡«»„“”‘’,.;:!?…");

/** The word without the punctuation around it. */
function bare(word: string): string {
  let from = 0;
  let to = word.length;
  while (from < to && AROUND.has(word.charAt(from))) from++;
  while (to > from && AROUND.has(word.charAt(to - 1))) to--;
  return word.slice(from, to);
}

/** Letters of any script, perhaps with an apostrophe or a hyphen inside. */
function isPlainWord(word: string): boolean {
  if (word.length === 0) return false;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    const letter = (code >= 97 && code <= 122) || code > 0xa0 || code === 0x27 || code === 0x2d;
    if (!letter) return false;
  }
  return true;
}
