/** Shortens long texts in the middle: what went wrong often stands last. */

export function shortenTexts(
  value: unknown,
  longest: number,
  from: number | undefined,
): { data: unknown; shortened: boolean } {
  let shortened = false;
  const walk = (inner: unknown): unknown => {
    if (typeof inner === 'string') {
      const short = shorten(inner, longest, from);
      shortened ||= short !== inner;
      return short;
    }
    if (Array.isArray(inner)) return inner.map(walk);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, walk(one)]));
  };
  return { data: walk(value), shortened };
}

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

/** Never between the two halves of a character. */
function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
