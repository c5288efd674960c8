/** A row that doesn't show what was asked, beside words or flags that deny it: only a look tells. */
import { describe, expect, test } from 'vitest';
import { startFakeApi } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';

const T = 't-aaaaaa';
const SLIM = { id: T, title: 'Dead button' };

/** What is told of an archiving, and how often the ticket was looked at. */
async function archived(body: object, isDone = false) {
  const { env, requests } = await startFakeApi(({ method, path }) => {
    if (path === '/auth/token-info') return undefined;
    return { body: method === 'GET' ? { ...SLIM, status: isDone ? 'archived' : 'active' } : body };
  });
  const { text, session } = startInProcess(env);
  await session.grant.untilKnown(2_000);
  const said = await text('archive_ticket', { ticket_id: T });
  return { said, looks: requests.filter(({ method, path }) => method === 'GET' && path.includes(T)).length };
}

const DENIALS: object[] = [
  { applied: false },
  { isApplied: false },
  { changed: 'false' },
  { saved: false },
  { rowCount: 0 },
  { skipped: true },
  { result: 'noop' },
  { action: 'none' },
  { pending: true },
  { requires_approval: true },
  { job_status: 'queued' },
  { scheduled_for: new Date(Date.now() + 86_400_000).toISOString() },
  { userErrors: [{ message: 'locked' }] },
  { violations: ['locked'] },
];

describe('a row that does not tell, beside what denies it', () => {
  test.each(DENIALS)('in the row and around it: %j', async (denial) => {
    for (const body of [
      { ...SLIM, ...denial },
      { data: SLIM, ...denial },
    ]) {
      const { said, looks } = await archived(body);
      expect(said).not.toMatch(/^Archived\.$/m);
      expect(said).toContain('the ticket does not show it');
      expect(looks).toBe(1);
    }
    const { said } = await archived({ ...SLIM, ...denial }, true);
    expect(said).toContain('this is the ticket now');
  });
});

test.each([
  {},
  { applied: true, changed: 'true' },
  { message: 'ok' },
  { notifications: { status: 'queued' } },
  { version: 0, position: 0 },
])('a row that does not tell, beside nothing that denies it, is done: %j', async (more) => {
  const { said, looks } = await archived({ ...SLIM, ...more });
  expect(said).toMatch(/^Archived\.$/m);
  expect(looks).toBe(0);
});

test('a row that shows what was asked is believed', async () => {
  const { said, looks } = await archived({ ...SLIM, status: 'archived', pending: true });
  expect(said).toMatch(/^Archived\.$/m);
  expect(looks).toBe(0);
});

test.each([
  null,
  '',
])('a row that shows the ticket in no column (%j) is no move: a look tells', async (column_id) => {
  const { env } = await startFakeApi(({ method, path }) => {
    if (path === '/auth/token-info') return undefined;
    return { body: { ...SLIM, column_id: method === 'GET' ? 'col_1' : column_id } };
  });
  const { text } = startInProcess(env);
  const said = await text('move_ticket', { ticket_id: T, target_column_id: 'col_2' });
  expect(said).not.toMatch(/^Moved\.$/m);
  expect(said).toContain('It is not in that column now.');
});
