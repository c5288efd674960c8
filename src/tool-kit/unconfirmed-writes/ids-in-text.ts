/** Which tickets an answer names, and how far it is read for them. */

/** Rows are shallow; nothing is looked for further in. */
export const MAX_DEPTH = 6;

/** Words of a text that are ids of these. */
export function idsIn(text: string, sent: ReadonlySet<string>): string[] {
  if (sent.has(text)) return [text];
  return text
    .slice(0, MAX_TEXT)
    .split(/[^\w-]+/)
    .filter((word) => sent.has(word));
}

/** Longer texts are read so far. */
export const MAX_TEXT = 10_000;
