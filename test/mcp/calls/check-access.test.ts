/** What nothing is sent for: it isn't known yet what the token may do, or it isn't accepted. */
import { expect, test } from 'vitest';
import type { GrantState } from '../../../src/access/grant.ts';
import { Failure } from '../../../src/base/failure.ts';
import { checkAccess } from '../../../src/mcp/calls/check-access.ts';
import type { Session } from '../../../src/session/session.ts';

function checked(state: GrantState) {
  const session = {
    grant: { untilGranted: async () => state },
    settings: { apiUrl: 'https://toado.example' },
    access: { pinProblem: () => undefined },
    views: { webOrigin: 'https://toado.example' },
  } as unknown as Session;
  const access = () => ({ offered: ['get_ticket'], withheld: [] });
  return checkAccess(session, 'get_ticket', access, new AbortController().signal);
}
const failure = new Failure('unauthorized', 'No.', 'Ask.', { outcome: 'rejected', status: 401 });

test('not yet: it is said, and to call again', async () => {
  await expect(checked({ state: 'asking' })).rejects.toMatchObject({
    code: 'unreachable',
    outcome: 'not_sent',
    sentence: expect.stringContaining('(https://toado.example) has not said yet what this token may do'),
  });
});

test.each([
  'refused',
  'unreachable',
  'misconfigured',
] as const)('%s: why, and that nothing was sent', async (state) => {
  await expect(checked({ state, failure })).rejects.toMatchObject({
    code: 'unauthorized',
    outcome: 'not_sent',
    next: 'Ask.',
  });
});
