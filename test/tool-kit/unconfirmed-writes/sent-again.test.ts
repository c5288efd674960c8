/** Whether a write whose answer was lost leaves once more: not over what a person did since, whatever the clocks say. */
import { expect, test } from 'vitest';
import { type FakeRequest, startFakeApi, TOKEN_INFO } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';

const T = 't-abc123';
const OLD = '2026-01-01T00:00:00.000Z';

interface World {
  /** By how much the API's `Date` is ahead of ours, and the times in its rows. */
  dateMs?: number;
  rowsMs?: number;
  /** Fields of which a change leaves a ticket's times as they are. */
  unstamped?: string[];
}

async function start({ dateMs = 0, rowsMs = 0, unstamped = [] }: World = {}) {
  const row: Record<string, unknown> = {};
  const change = (fields: Record<string, unknown>, token: object | null) => {
    Object.assign(row, fields);
    if (Object.keys(fields).some((name) => unstamped.includes(name))) return;
    const at = new Date(Date.now() + rowsMs).toISOString();
    Object.assign(row, { updated_at: at, updated: { user: { id: 'u', name: 'U' }, token, via: 'web', at } });
  };
  const comments: object[] = [];
  let lose: ((carryOut: () => void) => void) | undefined;
  const carryOut = ({ path, body }: FakeRequest) => {
    const asked = body as Record<string, unknown>;
    if (path.endsWith('/assignees')) change({ assignees: [{ id: asked.user_id, name: 'A' }] }, TOKEN_INFO);
    else change(path.endsWith('/move') ? { column_id: asked.target_column_id } : asked, TOKEN_INFO);
  };
  const api = await startFakeApi((request) => {
    const { method, path } = request;
    const headers = { date: new Date(Date.now() + dateMs).toUTCString() };
    if (path === '/auth/token-info') return { headers, body: TOKEN_INFO };
    if (method === 'GET') {
      if (path.endsWith('/comments')) return { headers, body: { items: comments } };
      return path === `/tickets/${T}` ? { headers, body: row } : undefined;
    }
    const losing = lose;
    lose = undefined;
    if (!losing) {
      carryOut(request);
      return { headers, body: row };
    }
    losing(() => carryOut(request));
    return { headers: { ...headers, 'content-type': 'text/html' }, status: 502, body: 'gone' };
  });
  const { text, session } = startInProcess(api.env);
  await session.grant.untilKnown(2_000);
  const reset = () => {
    for (const name of Object.keys(row)) delete row[name];
    Object.assign(row, { id: T, title: 'A', project_id: 'p', column_id: 'col_1', assignees: [] });
    Object.assign(row, { status: 'active', resolved: false, updated_at: OLD });
    api.requests.length = 0;
  };
  reset();
  return {
    ...{ row, text, reset, comments },
    person: (fields: Record<string, unknown>) => change(fields, null),
    loseNext: (when: (carryOut: () => void) => void) => {
      lose = when;
    },
    writes: () => api.requests.filter(({ method }) => method !== 'GET').length,
  };
}

const MOVE = { ticket_id: T, target_column_id: 'col_2' };

test.each<[what: string, world: World]>([
  ['clocks that agree', {}],
  ['a Date 3 s ahead', { dateMs: 3_000 }],
  ['a Date 60 s ahead', { dateMs: 60_000 }],
  ['rows 3 s behind', { rowsMs: -3_000 }],
  ['rows an hour behind', { rowsMs: -3_600_000 }],
  ['moves that leave the times as they are', { unstamped: ['column_id'] }],
])('%s: a move that a person has undone since is not done again', async (_, world) => {
  const it = await start(world);
  // Also after a write that was answered.
  for (const isFirst of [true, false]) {
    if (!isFirst) expect(await it.text('move_ticket', MOVE)).toContain('Moved.');
    it.reset();
    it.loseNext((carryOut) => {
      carryOut();
      it.person({ column_id: 'col_1' });
    });
    expect(await it.text('move_ticket', MOVE)).toMatch(/outcome_unknown.*not in that column now/);
    expect([it.writes(), it.row.column_id]).toEqual([1, 'col_1']);
  }
});

test('an assignment that leaves no time, undone by a person, is not made again', async () => {
  const it = await start({ unstamped: ['assignees'] });
  const assign = { ticket_id: T, user_id: 'usr_2' };
  expect(await it.text('move_ticket', MOVE)).toContain('Moved.');
  expect(await it.text('assign_ticket', assign)).toContain('Assigned.');
  it.reset();
  it.loseNext((carryOut) => {
    carryOut();
    it.person({ assignees: [] });
  });
  expect(await it.text('assign_ticket', assign)).toContain('outcome_unknown');
  expect([it.writes(), it.row.assignees]).toEqual([1, []]);
});

test('what never arrived is sent again where an answered write of its kind has shown that the times would tell', async () => {
  const it = await start();
  const lost = async (fields: Record<string, unknown>) => {
    it.reset();
    it.loseNext(() => {});
    const said = await it.text('update_ticket', { ticket_id: T, ...fields });
    return [/Updated\./.test(said), it.writes()];
  };
  const updated = () => it.text('update_ticket', { ticket_id: T, title: 'B' });
  expect(await lost({ title: 'B' })).toEqual([false, 1]);
  expect(await updated()).toContain('Updated.');
  expect(await lost({ title: 'B' })).toEqual([true, 2]);
  expect(await lost({ resolved: true })).toEqual([false, 1]);
});

test('what a person changes before the second attempt is not overwritten', async () => {
  const it = await start();
  const update = () => it.text('update_ticket', { ticket_id: T, title: 'B' });
  expect(await update()).toContain('Updated.');
  it.reset();
  it.loseNext(() => void setTimeout(() => it.person({ title: 'theirs' }), 150));
  expect(await update()).toContain('outcome_unknown');
  expect([it.writes(), it.row.title]).toEqual([1, 'theirs']);
});

test('a comment of a minute ago is not this call’s, though the API’s Date is behind', async () => {
  const it = await start({ dateMs: -90_000 });
  const made = (body: string, ms: number) => ({
    id: 'cmt_1',
    ticket_id: T,
    body,
    created: { user: { id: 'u', name: 'U' }, token: TOKEN_INFO, via: 'mcp', at: new Date(Date.now() + ms) },
  });
  it.loseNext(() => void it.comments.push(made('Done', -60_000)));
  expect(await it.text('add_comment', { ticket_id: T, body: 'Done' })).toMatch(/outcome_unknown.*cmt_1/s);
  // One of just now is its own by either clock.
  it.comments.length = 0;
  it.loseNext(() => void it.comments.push(made('Now', 0)));
  expect(await it.text('add_comment', { ticket_id: T, body: 'Now' })).toContain('a look afterwards shows it');
});
