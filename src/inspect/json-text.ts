/** Whether a text is a JSON object or array as a whole. */
const LONGEST = 65_536;

export function isJson(text: string): boolean {
  const first = text.charCodeAt(0);
  if ((first !== 123 && first !== 91) || text.length > LONGEST) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
