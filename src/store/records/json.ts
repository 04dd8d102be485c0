/** Lists and documents in text columns: written by these files alone, so that what is read is what was written. */
export function readJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

export function writeServices(services: readonly string[] | undefined): string | null {
  return services === undefined ? null : JSON.stringify(services);
}

export function readServices(text: string | null): readonly string[] | undefined {
  return text === null ? undefined : readJson<readonly string[]>(text);
}
