/** What is said to have happened: nothing that Toado's answer denies, that is another ticket's, or that no row shows. */
import { describe, expect, test } from 'vitest';
import { rowsOf } from '../support/bulk-results.ts';
import { type FakeAnswer, type FakeRequest, startFakeApi } from '../support/fake-api.ts';
import { textOf } from '../support/program.ts';
import { errorOf, type RawClient, startRaw } from '../support/raw-client.ts';

const A = 't-AAAAA1';
const B = 't-BBBBB2';
const BY = { user: { id: 'usr_me', name: 'Jason' }, token: { id: 'tkn_fake', label: 'lab' }, via: 'mcp' };
const LONG_AGO = '2026-01-01T00:00:00.000Z';
const ticket = (more: Record<string, unknown> = {}) => ({
  id: A,
  title: 'As it was',
  project_id: 'proj_1',
  column_id: 'col_1',
  status: 'active',
  resolved: false,
  assignees: [],
  description: 'd',
  branch_name: null,
  created_at: LONG_AGO,
  updated_at: LONG_AGO,
  updated: { ...BY, at: LONG_AGO },
  ...more,
});

const WRITES: [tool: string, args: Record<string, unknown>][] = [
  ['move_ticket', { ticket_id: A, target_column_id: 'col_2' }],
  ['archive_ticket', { ticket_id: A }],
  ['restore_ticket', { ticket_id: A }],
  ['assign_ticket', { ticket_id: A, user_id: 'usr_x' }],
  ['unassign_ticket', { ticket_id: A, user_id: 'usr_x' }],
  ['update_ticket', { ticket_id: A, title: 'As asked' }],
  ['add_comment', { ticket_id: A, body: 'hello' }],
  ['create_ticket', { project_id: 'proj_1', title: 'New' }],
  ['start_work_on_ticket', { ticket_ids: [A], branch_name: 'b' }],
];
const ACTS = /\b(Moved|Archived|Restored|Assigned|Unassigned|Updated|Recorded|Created|Posted)\.|accepted it/;

async function start(answer: (request: FakeRequest) => FakeAnswer | undefined) {
  const api = await startFakeApi(answer);
  const client = await startRaw({ env: api.env });
  await client.request('tools/list');
  const posts = () => api.requests.filter(({ method }) => method !== 'GET');
  return { api, client, posts };
}

const NO = { code: 'forbidden', message: 'You may not' };
const DENIALS: Record<string, unknown> = {
  'problem details': {
    type: 'https://toado/errors/forbidden',
    title: 'Forbidden',
    status: 403,
    detail: 'You may not',
  },
  'a code and a message': NO,
  'a status word': { status: 'failed', message: 'You may not' },
  'a status number': { statusCode: 403, message: 'You may not' },
  'a status number as text': { status: '403', detail: 'You may not' },
  'a code that is a number': { code: 403, message: 'You may not' },
  'success in words': { success: 'false', message: 'You may not' },
  'success: no': { success: 'no', message: 'You may not' },
  'a result word': { result: 'error', message: 'You may not' },
  GraphQL: { data: { ticket: null }, errors: [{ message: 'You may not' }] },
  'an error beside an id': { id: 'req_123', error: NO },
  'an error beside an empty thing': { data: { id: null }, error: NO },
  'an error inside data': { data: { ok: false, error: NO } },
  'an error inside result': { result: { error: NO } },
  'a list of one error': [NO],
  'an error as text': { error: 'You may not' },
  'false itself': { ok: false, detail: 'You may not' },
};

test('an error inside of a 2xx is none of "Moved.", "Created.", "Posted.", in whatever form', async () => {
  let body: unknown;
  const { client } = await start(({ method }) => (method === 'GET' ? undefined : { body }));
  for (const [name, said] of Object.entries(DENIALS)) {
    body = said;
    for (const [tool, args] of WRITES) {
      const result = await client.call(tool, args);
      const where = `${tool}: ${name}: ${textOf(result)}`;
      expect(errorOf(result)?.outcome, where).toBe('rejected');
      expect(textOf(result), where).not.toMatch(ACTS);
      expect(textOf(result), where).toContain('You may not');
    }
  }
});

test('what only looks like an error is the row all the same', async () => {
  const made = ticket({ title: 'New', column_id: 'col_2' });
  const rows: unknown[] = [
    { ...made, error: null, errors: [], code: 0, message: 'ok' },
    { code: 200, status: 'success', data: made },
    { ok: true, ticket: made, error: '' },
    { data: made, warnings: ['slow'], errors: [{ message: 'a remark' }] },
    { ...made, error: 'somebody named a field so' },
  ];
  let body: unknown;
  const { client } = await start(({ method }) => (method === 'GET' ? undefined : { status: 201, body }));
  for (const row of rows) {
    body = row;
    const result = await client.call('create_ticket', { project_id: 'proj_1', title: 'New' });
    expect(textOf(result)).toContain('Created.');
  }
});

describe('a 2xx with another row', () => {
  test.each(['another ticket’s', 'as it was before'])('%s is not taken for what was asked', async (which) => {
    const other = ticket({
      id: 't-OTHER1',
      title: 'Somebody else’s',
      column_id: 'col_2',
      status: 'archived',
    });
    const before = ticket({ status: 'active', assignees: [{ id: 'usr_x' }] });
    const { client, posts } = await start(({ method, path }) => {
      if (path.endsWith('/comments') && method === 'GET') return { body: { items: [] } };
      if (path.endsWith('/tickets') && method === 'GET') return { body: { items: [] } };
      if (method === 'GET') return path.startsWith('/tickets/') ? { body: before } : undefined;
      return { body: which === 'another ticket’s' ? other : before };
    });
    const opposite = WRITES.filter(
      ([tool]) => !['restore_ticket', 'assign_ticket', 'start_work_on_ticket'].includes(tool),
    );
    for (const [tool, args] of opposite) {
      const result = await client.call(tool, args);
      expect(errorOf(result), `${tool}: ${textOf(result)}`).toMatchObject({ outcome: 'outcome_unknown' });
      expect(textOf(result), tool).not.toMatch(ACTS);
      expect(textOf(result), tool).not.toContain('t-OTHER1');
    }
    // Nothing is sent a second time for it.
    expect(posts()).toHaveLength(opposite.length);
  });

  test('where a look shows it as asked, that is said', async () => {
    const { client } = await start(({ method, path }) =>
      method === 'GET'
        ? path.startsWith('/tickets/')
          ? { body: ticket({ status: 'archived' }) }
          : undefined
        : { body: ticket() },
    );
    const result = await client.call('archive_ticket', { ticket_id: A });
    expect(result.isError).toBeFalsy();
    expect(textOf(result)).toContain('this is the ticket now');
  });
});

describe('bulk', () => {
  const yes = (ticket_id: string) => ({ ticket_id, ok: true });
  const rows: [name: string, body: unknown, done: string[], code?: string][] = [
    ['ok: false above rows', { ok: false, results: [yes(A), { ticket_id: B, ok: false, error: NO }] }, [A]],
    ['an error above rows', { error: 'some failed', results: [yes(A), { ticket_id: B, ok: false }] }, [A]],
    ['success: false above bare ids', { success: false, results: [A, B] }, []],
    [
      'ok: null with an error',
      { results: [yes(A), { ticket_id: B, ok: null, error: NO }] },
      [A],
      'forbidden',
    ],
    [
      'ok in words',
      {
        results: [
          { ticket_id: A, ok: 'yes' },
          { ticket_id: B, ok: 'failed' },
        ],
      },
      [A],
    ],
    [
      'a status word',
      {
        results: [
          { ticket_id: A, status: 'moved' },
          { ticket_id: B, status: 'forbidden' },
        ],
      },
      [A],
    ],
    [
      'a status word that nobody knows',
      { results: [yes(A), { ticket_id: B, status: 'skipped' }] },
      [A],
      'not_confirmed',
    ],
    [
      'a code beside',
      { results: [yes(A), { ticket_id: B, code: 'forbidden', message: 'm' }] },
      [A],
      'forbidden',
    ],
    ['a list of errors', { results: [yes(A), { ticket_id: B, errors: ['forbidden'] }] }, [A]],
    ['an error that is a number', { results: [yes(A), { ticket_id: B, error: 403 }] }, [A]],
    ['ok and an error', { results: [yes(A), { ticket_id: B, ok: true, error: NO }] }, [A], 'not_confirmed'],
    [
      'two rows for one',
      { results: [yes(A), { ticket_id: B, ok: false, error: NO }, yes(B)] },
      [A],
      'forbidden',
    ],
    [
      'two rows for one, the other way round',
      { results: [yes(A), yes(B), { ticket_id: B, ok: false, error: NO }] },
      [A],
    ],
    ['results and an empty list of another name', { results: [yes(A), yes(B)], updated: [] }, [A, B]],
    [
      'results and a list of errors',
      { results: [yes(A)], errors: [{ ticket_id: B, ...NO }] },
      [A],
      'forbidden',
    ],
    ['two lists', { succeeded: [A], failed: [{ id: B, reason: 'no' }] }, [A]],
    ['tickets as they were', { results: [ticket(), ticket({ id: B })] }, []],
    [
      'tickets as asked',
      {
        results: [ticket({ column_id: 'col_2' }), ticket({ id: B, columnId: 'col_2', column_id: undefined })],
      },
      [A, B],
    ],
    ['nothing', { ok: true }, []],
  ];
  test('a ticket is done only where its row says so', async () => {
    let body: unknown;
    const { client } = await start(({ method }) => (method === 'POST' ? { body } : undefined));
    for (const [name, said, done, code] of rows) {
      body = said;
      const result = await client.call('bulk_move_tickets', {
        ticket_ids: [A, B],
        target_column_id: 'col_2',
      });
      expect(result.isError, `${name}: ${textOf(result)}`).toBeFalsy();
      const its = rowsOf(result, [A, B]);
      expect(
        its.filter(({ ok }) => ok).map(({ ticket_id }) => ticket_id),
        name,
      ).toEqual(done);
      if (code) expect(its[1]!.error!.code, name).toBe(code);
    }
    body = { ok: false, error: NO };
    const refused = await client.call('bulk_move_tickets', { ticket_ids: [A, B], target_column_id: 'col_2' });
    expect(errorOf(refused)).toMatchObject({ code: 'forbidden', outcome: 'rejected' });
  });

  test('where the answer is lost, a look tells the state of each, and nothing is sent again', async () => {
    const { client, posts } = await start(({ method, path }) => {
      if (method === 'POST') return { status: 502, body: 'bad gateway' };
      if (path === `/tickets/${A}`) return { body: ticket({ column_id: 'col_2' }) };
      return path.endsWith('/tickets') ? { body: { items: [ticket({ id: B })] } } : undefined;
    });
    const result = await client.call('bulk_move_tickets', { ticket_ids: [A, B], target_column_id: 'col_2' });
    expect(rowsOf(result, [A, B]).map(({ ok, error }) => (ok ? 'done' : error!.outcome))).toEqual([
      'done',
      'outcome_unknown',
    ]);
    expect(textOf(result)).toMatch(
      /1 of them were found as asked afterwards.*whether by this call is not known/,
    );
    expect(posts()).toHaveLength(1);
  });
});

describe('a look', () => {
  const lost: FakeAnswer = { status: 502, body: 'bad gateway' };
  const looks: [tool: string, args: Record<string, unknown>, row: Record<string, unknown>][] = [
    ['unassign_ticket', { user_id: 'usr_x' }, { assignees: undefined }],
    ['unassign_ticket', { user_id: 'usr_x' }, { assignees: 'Mia' }],
    ['assign_ticket', { user_id: 'usr_x' }, { assignees: undefined }],
    ['assign_ticket', { user_id: 'usr_x' }, { assignees: [{ name: 'Mia' }] }],
    ['update_ticket', { resolved: false }, { resolved: undefined }],
    ['update_ticket', { resolved: true }, { resolved: undefined }],
    ['update_ticket', { description: '' }, { description: undefined }],
    ['archive_ticket', {}, { status: undefined }],
    ['restore_ticket', {}, { status: 'open' }],
    ['restore_ticket', {}, { status: undefined }],
    ['move_ticket', { target_column_id: 'col_2' }, { column_id: undefined }],
    ['archive_ticket', {}, { id: 't-OTHER1', status: 'archived' }],
    ['move_ticket', { target_column_id: 'col_2' }, { id: 't-OTHER1', column_id: 'col_2' }],
    ['start_work_on_ticket', { ticket_ids: [A], branch_name: 'b' }, { branch_name: undefined }],
  ];
  test('that is not told a field knows nothing of it', async () => {
    let row: Record<string, unknown> = {};
    const { client } = await start(({ method, path }) =>
      method !== 'GET' ? lost : path.startsWith('/tickets/') ? { body: ticket(row) } : undefined,
    );
    for (const [tool, args, shown] of looks) {
      row = shown;
      const result = await client.call(tool, 'ticket_ids' in args ? args : { ticket_id: A, ...args });
      const where = `${tool} ${JSON.stringify(shown)}: ${textOf(result)}`;
      expect(errorOf(result), where).toMatchObject({ outcome: 'outcome_unknown' });
      expect(textOf(result), where).toContain('A look afterwards did not tell.');
    }
  });

  test('keeps the remark that an empty description was left', async () => {
    const { client } = await start(({ method, path }) =>
      method !== 'GET' ? lost : path.startsWith('/tickets/') ? { body: ticket({ title: 'x' }) } : undefined,
    );
    const result = await client.call('update_ticket', { ticket_id: A, title: 'x', description: '' });
    expect(textOf(result)).toMatch(/It is as asked now\..*description was left as it is/s);
  });
});

describe('a write whose answer was lost', () => {
  /** Carries the first attempt out, loses its answer, and lets a person change something before the look. */
  async function lostOnce(change: (row: Record<string, unknown>) => void, isDone: boolean) {
    const row: Record<string, unknown> = ticket();
    let writes = 0;
    const it = await start(({ method, path, body }) => {
      if (method === 'GET') return path === `/tickets/${A}` ? { body: row } : undefined;
      writes++;
      const asked = body as Record<string, unknown> | undefined;
      if (writes > 1 || isDone) {
        Object.assign(
          row,
          asked?.title ? { title: asked.title } : path.endsWith('archive') ? { status: 'archived' } : {},
        );
        Object.assign(row, {
          updated_at: new Date().toISOString(),
          updated: { ...BY, at: new Date().toISOString() },
        });
      }
      if (writes > 1) return { body: row };
      change(row);
      return { status: 502, body: 'bad gateway' };
    });
    return { ...it, row };
  }
  const byPerson = (row: Record<string, unknown>) =>
    Object.assign(row, {
      title: 'what a person wrote meanwhile',
      status: 'active',
      updated_at: new Date().toISOString(),
      updated: { user: { id: 'usr_p', name: 'P' }, token: null, via: 'web', at: new Date().toISOString() },
    });

  test.each([
    true,
    false,
  ])('is not sent again over what a person did since (carried out: %s)', async (isDone) => {
    for (const [tool, args] of [
      ['update_ticket', { title: 'by the agent' }],
      ['archive_ticket', {}],
    ] as const) {
      const { client, posts, row } = await lostOnce(byPerson, isDone);
      const result = await client.call(tool, { ticket_id: A, ...args });
      expect(errorOf(result), textOf(result)).toMatchObject({ outcome: 'outcome_unknown' });
      expect(textOf(result)).toContain('somebody may have changed it since');
      expect(posts()).toHaveLength(1);
      expect(row).toMatchObject({ title: 'what a person wrote meanwhile', status: 'active' });
    }
  });

  test('is sent again where a look shows that nothing came of it and nobody was there since', async () => {
    const { client, posts, row } = await lostOnce(() => {}, false);
    const result = await client.call('update_ticket', { ticket_id: A, title: 'by the agent' });
    expect(result.isError, textOf(result)).toBeFalsy();
    expect(textOf(result)).toContain('Updated.');
    expect(posts()).toHaveLength(2);
    expect(row.title).toBe('by the agent');
  });
});

describe('deep nesting', () => {
  const deep = (depth: number, open = '[', close = ']') => `${open.repeat(depth)}${close.repeat(depth)}`;
  const say = async (client: RawClient, id: string, line: string) => {
    client.write(line.replaceAll('ID', JSON.stringify(id)));
    return client.next((message) => message.id === id);
  };
  test('is refused in a sentence, with nothing sent, and is no bug of ours', async () => {
    const { client, posts } = await start(() => undefined);
    const lines: string[] = [];
    for (const depth of [150, 5_000, 200_000]) {
      const list = deep(depth);
      const object = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
      for (const value of [list, object]) {
        lines.push(
          `{"jsonrpc":"2.0","id":ID,"method":"tools/call","params":{"name":"bulk_move_tickets","arguments":{"ticket_ids":${value},"target_column_id":"col_1"}}}`,
          `{"jsonrpc":"2.0","id":ID,"method":"tools/call","params":{"name":"bulk_move_tickets","arguments":{"ticket_ids":${JSON.stringify(value)},"target_column_id":"col_1"}}}`,
          `{"jsonrpc":"2.0","id":ID,"method":"tools/call","params":{"name":"archive_ticket","arguments":${JSON.stringify(`{"ticket_id":${value}}`)}}}`,
          `{"jsonrpc":"2.0","id":ID,"method":"prompts/get","params":{"name":"fix_ticket","arguments":{"ticket":${value}}}}`,
          `{"jsonrpc":"2.0","id":ID,"method":"ping","params":{"_meta":${object}}}`,
        );
      }
    }
    for (const [at, line] of lines.entries()) {
      const answer = JSON.stringify(await say(client, `deep${at}`, line));
      expect(answer, line.slice(0, 150)).toMatch(/-3260[02]|validation_error|"result":\{\}/);
      expect(answer).not.toMatch(/bug of ours|outcome_unknown|call stack/);
    }
    expect(posts()).toEqual([]);
  });
});
