/** What state a token's row is in: that decides whether a request is served at all. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { stateOf, type TokenState } from '../../../src/sandbox/auth/token-row.ts';

const NOW = '2026-03-01T10:00:00.000Z';
const [BEFORE, AFTER] = ['2026-03-01T09:59:59.999Z', '2026-03-01T10:00:00.001Z'];

test.each<[what: string, row: Partial<Parameters<typeof stateOf>[0]>, state: TokenState]>([
  ['as it was made', {}, 'live'],
  ['before its end', { expires_at: AFTER }, 'live'],
  ['at its end', { expires_at: NOW }, 'expired'],
  ['after its end', { expires_at: BEFORE }, 'expired'],
  ['revoked', { revoked_at: BEFORE }, 'revoked'],
  ['revoked, and its end is over', { revoked_at: BEFORE, expires_at: BEFORE }, 'revoked'],
  ['reaching no company', { reaches: 0 }, 'powerless'],
  ['reaching none, and its end is over', { reaches: 0, expires_at: BEFORE }, 'expired'],
])('%s', (_, row, state) => {
  vi.useFakeTimers({ now: new Date(NOW), toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  expect(stateOf({ expires_at: null, revoked_at: null, reaches: 1, ...row })).toBe(state);
});
