/** Columns that text takes on a terminal, and wrapping to them. */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\ud83c-\ud83e][\udc00-\udfff]/g;
const COMBINING = /\p{M}/gu;

export function columns(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count + (text.match(WIDE)?.length ?? 0) - (text.match(COMBINING)?.length ?? 0);
}

/** Breaks at spaces; words longer than a line are cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of text.split(" ")) {
    let rest = word;
    let size = columns(rest);
    if (used > 0 && used + 1 + size > width) {
      lines.push(line);
      line = "";
      used = 0;
    }
    while (size > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
      size = columns(rest);
    }
    line = used === 0 ? rest : `${line} ${rest}`;
    used = used === 0 ? size : used + 1 + size;
  }
  if (used > 0) lines.push(line);
  return lines;
}
