/** The last line of an answer: what the agent claims. */
export interface Claim {
  result: 'done' | 'could not';
  reason: string;
}

/** No two parts beside each other take the same characters: an agent may print millions of them in a line. */
const LINE = /^[\s>*_`#-]*RESULT\s*:[\s*_`]*(done|could\s*(?:not|n[’']t))\b/i;
const BEFORE_REASON = /^[\s*_`]*[:.,—–-]*\s*/;
const MARKDOWN = /[\s*_`]/;

/** Markdown around it is forgiven; anything after it is not. Undefined: it says nothing that can be read. */
export function claimOf(answer: string): Claim | undefined {
  const last = answer
    .trimEnd()
    .split('\n')
    .findLast((line) => line.trim().replaceAll(/[`*_-]/g, '') !== '');
  const found = last === undefined ? undefined : LINE.exec(last);
  if (!last || !found) return undefined;
  const result = /^done$/i.test(found[1]!) ? 'done' : 'could not';
  return { result, reason: withoutMarkdownAfter(last.slice(found[0].length).replace(BEFORE_REASON, '')) };
}

function withoutMarkdownAfter(text: string): string {
  let end = text.length;
  while (end > 0 && MARKDOWN.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}
