import { type Redactor, secrets } from '../respond/redact-token.ts';

/** Each is looked for in every text that leaves: a file full of them would make that slow. */
const MAX_EACH = 50;

/** Has whatever looks like a token in this text, which is no place for one, taken out of all that is ever said. */
export function hideTokensIn(text: string, from: Redactor = secrets): void {
  const tokens = new Set<string>();
  for (const [token] of text.matchAll(/tok_[!-~]+/g)) {
    tokens.add(token);
    // Where punctuation follows, it may not be the token's.
    tokens.add(/^[\w-]+/.exec(token)![0]);
  }
  if (tokens.size > MAX_EACH) from.addAllAlike();
  else for (const token of tokens) from.add(token);
}
