import { secrets } from '../respond/redact.ts';

/** Has whatever looks like a token in this text, which is no place for one, taken out of all that is ever said. */
export function hideTokensIn(text: string): void {
  for (const [token] of text.matchAll(/tok_[!-~]+/g)) {
    secrets.add(token);
    // Where punctuation follows, it may not be the token's.
    secrets.add(/^[\w-]+/.exec(token)![0]);
  }
}
