/** Why something is not offered, in words: for the caller with an old list, for whoami and for doctor. */

import { Failure } from '../base/failure.ts';
import type { Scope } from '../base/scopes.ts';
import { TOKENS_PAGE } from '../base/tokens-page.ts';
import type { Withheld } from './access.ts';

export function reasonInWords({ reason, needs }: Withheld): string {
  switch (reason) {
    case 'token_unknown':
      return 'not known yet what the token may do';
    case 'pin_missing':
      return 'the project or company that this server is fixed to isn’t there, or several have its name';
    case 'scope':
      return `needs scope ${needs}`;
    case 'read_only':
      return 'left out by --read-only';
    case 'not_selected':
      return 'not among --tools';
    case 'excluded':
      return 'left out by --exclude';
    case 'needs_tool':
      return `needs the tool ${needs}`;
  }
}

/** @param origin of the web application, where tokens are made. */
export function refusal(withheld: Withheld, scopes: readonly Scope[], origin: string): Failure {
  const { name, reason, needs } = withheld;
  if (reason !== 'scope')
    return new Failure(
      'not_offered',
      `${name} is not offered here: ${reasonInWords(withheld)}.`,
      'Do without it, or ask the person who started this server.',
      { outcome: 'not_sent' },
    );
  const has = scopes.length > 0 ? scopes.join(', ') : 'no scope';
  return new Failure(
    'insufficient_scope',
    `${name} needs the scope ${needs}; this token has ${has}. Nothing was sent.`,
    `A person can make a token with ${needs} under ${TOKENS_PAGE} (${origin}). Do without it until then.`,
    { outcome: 'not_sent', requiredScope: needs },
  );
}
