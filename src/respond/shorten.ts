/** Shortens a text, in the middle or at its end. */

/**
 * Keeps the beginning and the end, and says how much is gone and which call goes on.
 * @param from where the text starts, for tools that take `text_from`; undefined for those that don't. Texts that fit
 *   whole are never begun in the middle.
 */
export function shorten(text: string, longest: number, from?: number): string {
  if (text.length <= longest) return text;
  const start = from ? boundary(text, Math.min(from, text.length)) : 0;
  const rest = text.slice(start);
  const lead = start > 0 ? `[… ${start} characters before this …]` : '';
  if (rest.length <= longest) return lead + rest;
  const head = boundary(rest, Math.floor(longest * 0.75));
  const tail = boundary(rest, rest.length - Math.floor(longest * 0.2));
  const on = from === undefined ? '' : `; text_from ${start + head} goes on`;
  const gone = `[… ${tail - head} of ${text.length} characters left out here${on} …]`;
  return `${lead}${rest.slice(0, head)}\n${gone}\n${rest.slice(tail)}`;
}

/** The beginning of a text. Half a character at its end would be no Unicode, and strict readers of JSON drop such a line. */
export function beginning(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, boundary(text, longest))}…` : text;
}

/** Never between the two halves of a character. */
function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
