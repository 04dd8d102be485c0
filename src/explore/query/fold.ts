/**
 * Letter case. A needle of ASCII compares without regard to the case of A to Z, which is quick and can use an
 * index; a needle with other letters compares in full Unicode lower case.
 */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** A to Z to lower case, everything else as it is. */
export function foldAscii(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

/** How a text is folded before it is compared with a needle. */
export function folderFor(needle: string): (text: string) => string {
  return isAscii(needle) ? foldAscii : (text) => text.toLowerCase();
}
