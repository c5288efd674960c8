/** Answers that were lost: what a look afterwards says is a state, never an act, and never another call's row. */
import { describe, expect, test } from 'vitest';
import { world } from '../../src/sandbox/seed/tickets/index.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { openDatabase } from '../support/database.ts';
import { shared } from '../support/ending.ts';
import { startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { fault, startFaultProxy } from '../support/fault-proxy.ts';
import { errorOf } from '../support/raw-client.ts';
import { type CallResult, textOf } from '../support/sdk-client.ts';
import { startToado, type Toado } from '../support/toado.ts';

const TICKET = 't-vP4sTe';
const ARCHIVED = 't-bK6fLt';
const ACTS = /\b(Moved|Archived|Restored|Assigned|Unassigned|Updated|Recorded|Created|Posted)\./;

/** Many writes are tried in vain here, and each counts. */
const companies = world.companies.map((one) => ({ ...one, limits: { reads: 100_000, writes: 100_000 } }));

async function start(toado?: Toado) {
  const real = toado ?? (await startToado({ features: [], world: { ...world, companies } }));
  const proxy = await startFaultProxy(real.apiUrl);
  const client = await startRawInProcess({ env: { ...real.env(), TOADO_API_URL: proxy.apiUrl } });
  await client.request('tools/list');
  return { toado: real, proxy, client, db: openDatabase(real.db) };
}

type Started = Awaited<ReturnType<typeof start>>;
/** One for all: what a test writes has words of its own, so that nothing of another's is like it. */
const first = shared(() => start());
const second = shared(() => start(first().toado));
function started(): Started {
  const it = first();
  it.proxy.plan = () => undefined;
  it.proxy.seen.length = 0;
  return it;
}
const lose = ({ proxy }: Started, when: 'reset_before' | 'reset_after') => {
  proxy.plan = ({ method }) => (method === 'GET' ? undefined : fault(when));
};
const columnOf = ({ db }: Started, id: string) =>
  String(db.one('SELECT column_id FROM tickets WHERE id = ?', id)!.column_id);
const inColumn = ({ db }: Started, column: string) =>
  db
    .all(
      'SELECT id FROM tickets WHERE column_id = ? AND archived_at IS NULL AND is_draft = 0 ORDER BY rank, seq',
      column,
    )
    .map(({ id }) => String(id));
const idOf = (result: CallResult) => (errorOf(result) ? undefined : String(result.structuredContent!.id));

describe('a state is told, never the act', () => {
  test('a move to the bottom of its own column that never happened', async () => {
    const it = started();
    const column = columnOf(it, TICKET);
    const others = inColumn(it, column);
    const [top] = others.filter((id) => id !== others.at(-1));
    lose(it, 'reset_before');
    const move = { ticket_id: top, target_column_id: column };
    const result = await it.client.call('move_ticket', move);
    expect(errorOf(result)).toMatchObject({ outcome: 'outcome_unknown' });
    expect(textOf(result)).toMatch(/in that column now, but not at its bottom/);
    // Where it is there already, that is said, and no more.
    const last = await it.client.call('move_ticket', { ...move, ticket_id: others.at(-1) });
    expect(textOf(last)).toMatch(/at the bottom of that column now.*whether by this call is not known/);
    expect(textOf(last)).not.toMatch(ACTS);
    expect(it.proxy.seen.findIndex(({ method }) => method === 'POST')).toBeLessThan(
      it.proxy.seen.findIndex(
        ({ target }) => target.startsWith(`/tickets/${top}`) && !target.includes('move'),
      ),
    );
  });

  test.each<[tool: string, args: Record<string, unknown>]>([
    ['move_ticket', { target_column_id: 'col_store_review' }],
    ['move_ticket', { target_column_id: 'col_store_review', position: 0 }],
    ['archive_ticket', {}],
    ['assign_ticket', { user_id: 'usr_tomasz' }],
    ['unassign_ticket', { user_id: 'usr_tomasz' }],
    ['update_ticket', { title: 'Another title', resolved: true }],
    ['start_work_on_ticket', { branch_name: 'a-branch' }],
    ['start_work_on_ticket', {}],
  ])('%s %o, carried out and its answers lost', async (tool, args) => {
    const it = started();
    const made = await it.toado.request('POST', '/projects/proj_storefront/tickets', {
      title: 'Of this test',
    });
    const { id } = made.body as { id: string };
    lose(it, 'reset_after');
    const named = tool.startsWith('start') ? { ticket_ids: [id] } : { ticket_id: id };
    const result = await it.client.call(tool, { ...named, ...args });
    expect(errorOf(result)).toBeUndefined();
    expect(textOf(result)).toContain('whether by this call is not known');
    expect(textOf(result)).not.toMatch(ACTS);
  });

  test('archived before, and the call lost: what is there is said', async () => {
    const it = started();
    await it.toado.request('POST', `/tickets/${ARCHIVED}/archive`);
    lose(it, 'reset_before');
    const result = await it.client.call('archive_ticket', { ticket_id: ARCHIVED });
    expect(textOf(result)).toMatch(/It is archived now\..*whether by this call is not known/);
    const restored = await it.client.call('restore_ticket', { ticket_id: ARCHIVED });
    expect(errorOf(restored)).toMatchObject({ outcome: 'outcome_unknown' });
    expect(textOf(restored)).toContain('It is archived still.');
  });
});

describe('a look never takes another call’s row', () => {
  const ticket = (title: string, description: string, project_id = 'proj_storefront') => ({
    project_id,
    title,
    description,
  });

  test('six tickets at once with one title, three of them lost', async () => {
    const it = started();
    let posts = 0;
    it.proxy.plan = ({ method }) =>
      method === 'POST' ? (++posts % 2 ? fault('reset_before') : undefined) : undefined;
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        it.client.call('create_ticket', ticket('Six, half of them lost', `Description ${at}`)),
      ),
    );
    const rows = it.db.all(`SELECT id, description FROM tickets WHERE title = 'Six, half of them lost'`);
    expect(rows).toHaveLength(3);
    const claimed = results.map(idOf);
    expect(claimed.filter((id) => id !== undefined)).toHaveLength(3);
    for (const [at, id] of claimed.entries())
      if (id) expect(rows.find((row) => row.id === id)!.description).toBe(`Description ${at}`);
  });

  test('six at once, each carried out and its answer lost: every call finds its own', async () => {
    const it = started();
    lose(it, 'reset_after');
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        it.client.call('create_ticket', ticket('Six, each answer lost', `Description ${at}`)),
      ),
    );
    expect(new Set(results.map(idOf)).size).toBe(6);
    for (const [at, result] of results.entries()) {
      const row = it.db.one('SELECT description FROM tickets WHERE id = ?', idOf(result)!);
      expect(row).toEqual({ description: `Description ${at}` });
      expect(textOf(result)).toContain('another program');
      expect(textOf(result)).not.toMatch(ACTS);
    }
  });

  test('one after another, the project by name and by id', async () => {
    const it = started();
    const first = await it.client.call('create_ticket', ticket('One after another', 'Equal', 'Storefront'));
    expect(errorOf(first)).toBeUndefined();
    lose(it, 'reset_before');
    const second = await it.client.call('create_ticket', ticket('One after another', 'Equal'));
    expect(errorOf(second)).toMatchObject({ outcome: 'outcome_unknown' });
  });

  test.each([
    'add_comment',
    'create_ticket',
  ])('%s: two lost, one of them carried out: neither claims it', async (tool) => {
    const it = started();
    let posts = 0;
    it.proxy.plan = ({ method }) =>
      method === 'POST' ? fault(++posts === 1 ? 'reset_after' : 'reset_before') : undefined;
    const args =
      tool === 'add_comment' ? { ticket_id: TICKET, body: 'Two lost' } : ticket('Two lost', 'Equal');
    const results = await Promise.all([it.client.call(tool, args), it.client.call(tool, args)]);
    for (const result of results) {
      expect(errorOf(result)).toMatchObject({ outcome: 'outcome_unknown' });
      expect(textOf(result)).toMatch(/nothing tells them apart[\s\S]*made at 20/);
    }
    // Also later: the lost one may have been carried out only now.
    lose(it, 'reset_before');
    expect(errorOf(await it.client.call(tool, args))).toMatchObject({ outcome: 'outcome_unknown' });
  });

  test.each([
    'add_comment',
    'create_ticket',
  ])('%s of two servers: the row’s id and time, and whose it may be', async (tool) => {
    const one = started();
    const other = second();
    lose(one, 'reset_before');
    const args =
      tool === 'add_comment'
        ? { ticket_id: TICKET, body: 'Of two servers' }
        : ticket('Of two servers', 'Equal');
    const [lost, done] = await Promise.all([one.client.call(tool, args), other.client.call(tool, args)]);
    expect(errorOf(done)).toBeUndefined();
    if (errorOf(lost)) {
      expect(errorOf(lost)).toMatchObject({ outcome: 'outcome_unknown' });
      return;
    }
    expect(idOf(lost)).toBe(idOf(done));
    expect(textOf(lost)).toMatch(/made at 20\d\d-.*another program.*may be that one’s/);
    expect(textOf(lost)).not.toMatch(ACTS);
  });
});

describe('the API’s clock', () => {
  const HOUR = 3_600_000;
  const old = new Date(Date.now() - HOUR);
  const comment = {
    id: 'cmt_old',
    ticket_id: TICKET,
    body: 'Deployed.',
    created: {
      user: TOKEN_INFO.user,
      token: { id: TOKEN_INFO.id, label: TOKEN_INFO.label },
      via: 'mcp',
      at: new Date(old.getTime() + 60_000).toISOString(),
    },
  };

  test.each<[why: string, headers: Record<string, string>]>([
    ['out of a cache, by its age', { date: old.toUTCString(), age: '3600' }],
    ['out of a cache that says so', { date: old.toUTCString(), 'x-cache': 'HIT' }],
    ['that contradicts the others', { date: old.toUTCString() }],
  ])('an old Date %s doesn’t make an old comment this call’s', async (_, headers) => {
    const api = await startFakeApi(({ method, path }) => {
      if (path === '/companies') return { headers, body: [] };
      if (!path.endsWith('/comments')) return undefined;
      return method === 'POST'
        ? { status: 500, body: { error: { code: 'internal_error', message: 'No.' } } }
        : { headers, body: { items: [comment] } };
    });
    const client = await startRawInProcess({ env: api.env });
    await client.request('tools/list');
    await client.call('list_projects');
    for (let call = 0; call < 5; call++) await client.call('list_companies');
    const result = await client.call('add_comment', { ticket_id: TICKET, body: comment.body });
    expect(errorOf(result)).toMatchObject({ outcome: 'outcome_unknown' });
    expect(textOf(result)).not.toContain('shows it:');
  });

  test('where no answer tells the time, a comment of these words is shown, and not taken for this call’s', async () => {
    const headers = { date: 'today' };
    const now = { ...comment, created: { ...comment.created, at: new Date().toISOString() } };
    const api = await startFakeApi(({ method, path }) => {
      if (path === '/auth/token-info') return { headers, body: TOKEN_INFO };
      if (!path.endsWith('/comments')) return { headers, body: [] };
      return method === 'POST'
        ? { headers, status: 500, body: { error: { code: 'internal_error', message: 'No.' } } }
        : { headers, body: { items: [now] } };
    });
    const client = await startRawInProcess({ env: api.env });
    const result = await client.call('add_comment', { ticket_id: TICKET, body: comment.body });
    expect(errorOf(result)).toMatchObject({ outcome: 'outcome_unknown' });
    expect(textOf(result)).toContain('nothing tells them apart');
    expect(textOf(result)).toContain(comment.id);
  });

  test('a comment of these words that is certainly older is none that this call could have made', async () => {
    const api = await startFakeApi(({ method, path }) => {
      if (!path.endsWith('/comments')) return undefined;
      return method === 'POST'
        ? { status: 500, body: { error: { code: 'internal_error', message: 'No.' } } }
        : { body: { items: [comment] } };
    });
    const client = await startRawInProcess({ env: api.env });
    const result = await client.call('add_comment', { ticket_id: TICKET, body: comment.body });
    expect(errorOf(result)).toMatchObject({ outcome: 'outcome_unknown' });
    expect(textOf(result)).toContain('A look afterwards did not find it.');
  });
});
