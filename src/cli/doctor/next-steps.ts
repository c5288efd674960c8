/** What the person at the terminal can do about a failure; what it says itself is meant for an agent. */

import type { Failure } from '../../base/failure.ts';
import { TOKENS_PAGE } from '../../base/tokens-page.ts';

const AGAIN = 'then run doctor again.';

export function nextForPerson({ code, details: { status, retryAfter } }: Failure): string {
  switch (code) {
    case 'unauthorized':
      return `Make a new token in Toado under ${TOKENS_PAGE}, put it where the old one is, ${AGAIN}`;
    case 'forbidden':
    case 'insufficient_scope':
      return `Make a token with more scopes or fewer limits in Toado under ${TOKENS_PAGE}.`;
    case 'rate_limited':
      return `Something else uses this token. Wait ${retryAfter ?? 60} s, ${AGAIN}`;
    case 'timeout':
    case 'unreachable':
      return `Check the network, the proxy and TOADO_API_URL, ${AGAIN}`;
    case 'internal_error':
      return `Toado itself is in trouble. Wait a little, ${AGAIN}`;
    default:
      return status !== undefined && status >= 500
        ? `Wait a little, ${AGAIN}`
        : `Check that TOADO_API_URL is the address of Toado’s REST API, with /api/v1 at its end, ${AGAIN}`;
  }
}
