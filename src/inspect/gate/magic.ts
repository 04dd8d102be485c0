/** First characters of serialised objects, in base64 and hexadecimal: bytes that no text begins with. */
const MAGICS = [
  "rO0AB",
  "KztAAU",
  "Cs7QAF",
  "AAEAAAD",
  "aced0005",
  "ACED0005",
  "gASV",
  "gAJj",
  "BAhv",
  "Y29zCn",
  "Tzo",
  "H4sIA",
];

const FIRST: Uint8Array = (() => {
  const table = new Uint8Array(128);
  for (const magic of MAGICS) table[magic.charCodeAt(0)] = 1;
  return table;
})();

export function isMagic(text: string, at: number): boolean {
  if (FIRST[text.charCodeAt(at) & 127] === 0) return false;
  for (const magic of MAGICS) if (text.startsWith(magic, at)) return true;
  return false;
}
