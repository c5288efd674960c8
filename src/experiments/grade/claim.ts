/** The last line of an answer: what the agent claims. */
export interface Claim {
  result: 'done' | 'could not';
  reason: string;
}

const LINE =
  /^[\s>*_`#-]*RESULT\s*:\s*[*_`]*\s*(done|could\s*(?:not|n[’']t))\b[\s*_`]*[:.,—–-]*\s*(.*?)[\s*_`]*$/i;

/** Markdown around it is forgiven; anything after it is not. Undefined: it says nothing that can be read. */
export function claimOf(answer: string): Claim | undefined {
  const last = answer
    .trimEnd()
    .split('\n')
    .findLast((line) => line.trim().replaceAll(/[`*_-]/g, '') !== '');
  const found = last === undefined ? undefined : LINE.exec(last);
  if (!found) return undefined;
  const result = /^done$/i.test(found[1]!) ? 'done' : 'could not';
  return { result, reason: found[2]!.trim() };
}
