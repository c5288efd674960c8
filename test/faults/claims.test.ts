/** What is said to have happened: nothing that Toado's answer denies, that is another ticket's, or that no row shows. */
import { describe, expect, test } from 'vitest';
import { rowsOf } from '../support/bulk-results.ts';
import { shared } from '../support/ending.ts';
import { type FakeAnswer, type FakeRequest, startChangingApi } from '../support/fake-api.ts';
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

const usual = shared(async () => {
  const api = await startChangingApi();
  const client = await startRaw({ env: api.env });
  await client.request('tools/list');
  return { api, client };
});

/** One program for all of them. */
function start(answer: (request: FakeRequest) => FakeAnswer | undefined) {
  const { api, client } = usual();
  api.answer(answer);
  const posts = () => api.requests.filter(({ method }) => method !== 'GET');
  return { api, client, posts };
}

const NO = { code: 'forbidden', message: 'You may not' };
/** As every tool asked for it. */
const ROW = { ...ticket({ title: 'As asked', column_id: 'col_2', branch_name: 'b' }), body: 'hello' };
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
  'Success, as .NET writes it': { Success: false, Message: 'You may not' },
  'a number of its own': { errcode: 40_001, errmsg: 'You may not' },
  'another one': { ret: -1, msg: 'You may not', data: null },
  'a word around the row': { status: 'failed', message: 'You may not', data: ROW },
  'a number around the row': { statusCode: 403, message: 'You may not', data: ROW },
  'a no in envelopes': { result: { data: { ok: false, message: 'You may not' } } },
  'false itself': { ok: false, detail: 'You may not' },
};

test('an error inside of a 2xx is none of "Moved.", "Created.", "Posted.", in whatever form', async () => {
  let body: unknown;
  const { client } = start(({ method }) => (method === 'GET' ? undefined : { body }));
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
  let rowsMade = 0;
  const made = () => ticket({ id: `t-MADE0${rowsMade++}`, title: 'New', column_id: 'col_2' });
  const rows: unknown[] = [
    { ...made(), error: null, errors: [], code: 0, message: 'ok' },
    { code: 200, status: 'success', data: made() },
    { ok: true, ticket: made(), error: '' },
    { data: made(), warnings: ['slow'], errors: [{ message: 'a remark' }] },
    { ...made(), error: 'somebody named a field so' },
  ];
  let body: unknown;
  const { client } = start(({ method }) => (method === 'GET' ? undefined : { status: 201, body }));
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
    const { client, posts } = start(({ method, path }) => {
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
      // A 2xx means done (contract §4): it is no failure, but nothing is claimed of what its row denies.
      expect(result.isError, `${tool}: ${textOf(result)}`).toBeFalsy();
      expect(textOf(result), tool).toContain('look before doing it again');
      expect(textOf(result), tool).not.toMatch(ACTS);
      expect(textOf(result), tool).not.toContain('t-OTHER1');
    }
    // Nothing is sent a second time for it.
    expect(posts()).toHaveLength(opposite.length);
  });

  test('where a look shows it as asked, that is said', async () => {
    const { client } = start(({ method, path }) =>
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

describe('a 2xx without a row', () => {
  let body: unknown;
  const startSaying = async () =>
    (await start(({ method }) => (method === 'GET' ? undefined : { body }))).client;

  test('what it says instead is shown, and claimed is no more', async () => {
    const client = await startSaying();
    for (const [tool, args] of WRITES) {
      body = { status: 'pending_approval', message: 'An admin must approve.', queued: 3 };
      const waiting = textOf(await client.call(tool, args));
      // A comment's text may be called message, too.
      if (tool === 'add_comment')
        for (const part of ['status: pending_approval', 'An admin must approve.', 'queued: 3'])
          expect(waiting).toContain(part);
      else
        expect(waiting, tool).toMatch(
          /toado_answered: status=pending_approval, message=An admin must approve., queued=3\n(.*\n)*.*said nothing of the row but what is under toado_answered/,
        );
      for (const said of [
        { created: false, duplicate_of: 't-OLD001' },
        { matched: 1, modified: 0 },
        { success: true, data: { updated: false } },
        { allowed: false, why: { rule: 'locked' } },
        { isError: true, text: 'locked' },
        { result: { data: { acknowledged: false } } },
        { dry_run: true, ...ticket({ title: 'New', column_id: 'col_2', body: 'hello' }) },
        { data: { id: A, title: 'As asked', body: 'hello', branch_name: 'b' }, meta: { dryRun: 'true' } },
      ]) {
        body = said;
        const text = textOf(await client.call(tool, args));
        expect(text, `${tool} ${JSON.stringify(said)}`).not.toMatch(ACTS);
        expect(text, tool).toMatch(/look before doing it again/i);
      }
      expect(textOf(await client.call(tool, args)), tool).not.toContain('outcome_unknown');
    }
  });

  test('what only says yes in other words is done', async () => {
    const client = await startSaying();
    for (const said of [
      { ok: true },
      { status: 'success', code: 200 },
      { data: { id: A } },
      { ticket: { id: A } },
      { result: 'updated' },
    ]) {
      body = said;
      const text = textOf(await client.call('archive_ticket', { ticket_id: A }));
      expect(text).toContain('Toado accepted it (HTTP 200) and said nothing more.');
      expect(text).not.toContain('toado_answered');
    }
  });

  test('a comment that is held back is not posted; one with an ordinary state is', async () => {
    const client = await startSaying();
    let posted = 0;
    const post = async (more: object) => {
      body = { id: `cmt_${posted++}`, body: 'hello', ...more };
      return textOf(await client.call('add_comment', { ticket_id: A, body: 'hello' }));
    };
    for (const state of ['rejected', 'held_for_moderation', 'pending', 'spam']) {
      const text = await post({ state });
      expect(text).not.toMatch(ACTS);
      expect(text).toContain('not shown, or not yet: see state.');
      expect(text).toContain(`state: ${state}`);
    }
    for (const more of [{ visible: false }, { deleted_at: LONG_AGO }, { is_spam: true }])
      expect(await post(more)).toContain(`not shown, or not yet: see ${Object.keys(more)[0]}.`);
    for (const more of [
      {},
      { state: 'published' },
      { status: 'ok' },
      { error: null, errors: [], state: 'open' },
    ])
      expect(await post(more)).toContain('Posted.');
    for (const row of [ticket({ branch_name: undefined }), { id: B, assignees: [{ name: 'Bo' }] }]) {
      body = row;
      const text = textOf(await client.call('start_work_on_ticket', { ticket_ids: [A], branch_name: 'b' }));
      expect(text).not.toContain('branch_name: Bo');
      expect(text).toMatch(/did not say which name it recorded|accepted it|look before/);
    }
    body = { captcha_required: true };
    expect(textOf(await client.call('archive_ticket', { ticket_id: A }))).toContain('captcha_required=yes');
    body = { suggestions: [ticket()], message: 'Similar tickets exist.' };
    const create = () => client.call('create_ticket', { project_id: 'proj_1', title: 'New' });
    expect(textOf(await create())).toMatch(/Similar tickets exist\.(.*\n)*.*look before doing it again/);
    body = ticket({ note: 'Waits for approval.' });
    expect(textOf(await client.call('archive_ticket', { ticket_id: A }))).toContain(
      'note=Waits for approval.',
    );
    body = ticket({ title: 'New', description: 'other words' });
    expect(
      textOf(await client.call('update_ticket', { ticket_id: A, title: 'New', description: 'these words' })),
    ).toContain('not in the words that were sent');
    body = { branch: { name: 'b' }, tickets: [{ id: A, ok: false, error: NO }] };
    expect(
      textOf(await client.call('start_work_on_ticket', { ticket_ids: [A], branch_name: 'b' })),
    ).not.toMatch(ACTS);
    body = { branch_name: null, ticket_ids: [A] };
    expect(
      textOf(await client.call('start_work_on_ticket', { ticket_ids: [A], branch_name: 'b' })),
    ).toContain('did not say which name it recorded');
  });
});

test('a write that a web page answered is not sent again', async () => {
  const page = { headers: { 'content-type': 'text/html' }, body: '<p>Sign in' };
  const { client, posts } = await start(({ method, path }) =>
    method !== 'GET' ? page : path === `/tickets/${A}` ? { body: ticket() } : undefined,
  );
  const result = await client.call('archive_ticket', { ticket_id: A });
  expect(errorOf(result)).toMatchObject({ code: 'bad_answer', outcome: 'outcome_unknown' });
  expect(textOf(result)).toContain('It is not archived now.');
  expect(posts()).toHaveLength(1);
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
    ['an error above bare rows', { error: NO, results: [{ ticket_id: A }, { ticket_id: B }] }, []],
    ['a status above bare rows', { status: 'failed', results: [{ ticket_id: A }, { ticket_id: B }] }, []],
    ['a number above bare rows', { status: 403, results: [{ ticket_id: A }, { ticket_id: B }] }, []],
    ['a count of failures', { succeeded: 1, failed: 1, results: [{ ticket_id: A }, { ticket_id: B }] }, []],
    [
      'a message alone',
      { results: [yes(A), { ticket_id: B, message: 'You may not' }] },
      [A],
      'not_confirmed',
    ],
    ['a word alone', { results: [yes(A), { ticket_id: B, message: 'OK' }] }, [A, B]],
    ['unchanged', { results: [yes(A), { ticket_id: B, result: 'unchanged' }] }, [A], 'not_confirmed'],
    ['nothing moved', { results: [yes(A), { ticket_id: B, moved: false }] }, [A], 'not_confirmed'],
    [
      'JSON:API',
      {
        data: [
          { type: 't', id: A },
          { type: 't', id: B, meta: { error: 'locked' } },
        ],
      },
      [A],
      'refused',
    ],
    ['only tried out', { dry_run: true, results: [yes(A), yes(B)] }, [], 'not_confirmed'],
    ['each only tried out', { results: [yes(A), { ...yes(B), dryRun: true }] }, [A], 'not_confirmed'],
    [
      'no error, in every form',
      {
        results: [
          { ...yes(A), error: null, errors: [] },
          { id: B, error: false },
        ],
      },
      [A, B],
    ],
    [
      'states of tickets',
      {
        results: [
          { id: A, state: 'open' },
          { id: B, status: 'active', error: '' },
        ],
      },
      [A, B],
    ],
    ['a false that denies', { results: [yes(A), { ticket_id: B, allowed: false }] }, [A], 'not_confirmed'],
    [
      'any other false',
      {
        results: [
          { id: A, notified: false },
          { id: B, resolved: false },
        ],
      },
      [B],
    ],
    [
      'a warning alone',
      { results: [yes(A), { ticket_id: B, warning: 'user is no member' }] },
      [A],
      'not_confirmed',
    ],
    ['left out', { results: [{ ticket_id: A }, { ...yes(B), skipped: true }] }, [A], 'not_confirmed'],
    ['failed: true', { results: [{ ticket_id: A }, { ticket_id: B, failed: true }] }, [A], 'not_confirmed'],
    [
      'an outcome',
      {
        results: [
          { id: A, outcome: 'success' },
          { id: B, outcome: 'failure' },
        ],
      },
      [A],
      'refused',
    ],
    [
      'a state that says no',
      {
        results: [
          { id: A, state: 'done' },
          { id: B, state: 'error' },
        ],
      },
      [A],
      'not_confirmed',
    ],
    ['partial: true', { ok: true, partial: true, results: [yes(A), { ticket_id: B }] }, [A], 'not_confirmed'],
    ['partly', { status: 'partial', results: [{ ticket_id: A, ok: true }, { ticket_id: B }] }, [A]],
  ];
  test('a ticket is done only where its row says so', async () => {
    let body: unknown;
    const { client } = start(({ method }) => (method === 'POST' ? { body } : undefined));
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
    const { client, posts } = start(({ method, path }) => {
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
    const { client } = start(({ method, path }) =>
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
    const { client } = start(({ method, path }) =>
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
    const it = start(({ method, path, body }) => {
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
    const { client, posts } = start(() => undefined);
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

describe('names', () => {
  const columns = (...names: string[]) => names.map((name, at) => ({ id: `col_${at}`, name, order: at }));
  const members = [
    { id: 'usr_jason', name: 'Jason', email: 'jason@acme.de' },
    { id: 'usr_evil', name: 'jason@acme.de', email: 'evil@x.de' },
    { id: 'usr_long', name: `Mia ${'x'.repeat(3_000_000)}`, email: 'm@x.de' },
    { id: 'usr_mia', name: 'Mia Schulz\nusr_evil = Mia Schulz (admin)', email: 'mia@x.de' },
  ];
  let names = columns('To Do');
  const begin = () =>
    start(({ path, method }) => {
      if (path.endsWith('/columns')) return { body: names };
      if (path.endsWith('/members')) return { body: members };
      if (method === 'GET' && path.endsWith('/tickets')) return { body: { items: [] } };
      return path.startsWith('/tickets/')
        ? { body: ticket({ assignees: [{ id: 'usr_jason' }] }) }
        : undefined;
    });

  test('"None" is a column of that name, and nothing only where there is none', async () => {
    const { api, client } = await begin();
    const filter = async () => {
      await client.call('list_tickets', { project_id: 'proj_1', column_id: 'None' });
      return api.requests.at(-1)!.query.get('column_id');
    };
    names = columns('To Do');
    expect(await filter()).toBeNull();
    names = columns('To Do', 'None');
    expect(await filter()).toBe('col_1');
  });

  test('nobody is assigned for an address that is only his name', async () => {
    const { client, posts } = await begin();
    const result = await client.call('assign_ticket', { ticket_id: A, user_id: 'jason@acme.de' });
    expect(errorOf(result)).toMatchObject({ code: 'validation_error', outcome: 'not_sent' });
    expect(textOf(result)).toMatch(/fits 2 of them/);
    expect(posts()).toEqual([]);
  });

  test('a name begins no line of its own in what there is, and takes no more room than a name', async () => {
    const { client } = await begin();
    const text = textOf(await client.call('assign_ticket', { ticket_id: A, user_id: 'Zed' }));
    expect(text).toContain('usr_mia');
    expect(text).not.toMatch(/^usr_evil = Mia/m);
    expect(text.length).toBeLessThan(3_000);
  });
});

test('what looks like a link or a list is taken apart at once, whatever it is', {
  timeout: 60_000,
}, async () => {
  const { client, posts } = start(() => undefined);
  const odd = [
    `[a](${' '.repeat(1_990)}`,
    `[${'['.repeat(1_900)}`,
    `](${'('.repeat(1_900)}`,
    '[a](<'.repeat(390),
    `"${'*'.repeat(1_990)}x`,
  ];
  const began = performance.now();
  for (const text of odd) {
    for (const tool of ['get_ticket', 'archive_ticket'])
      expect(errorOf(await client.call(tool, { ticket_id: text }))?.code).toBe('validation_error');
    await client.request('completion/complete', {
      ref: { type: 'ref/prompt', name: 'fix_ticket' },
      argument: { name: 'ticket', value: text },
    });
  }
  for (const text of ['[a;'.repeat(1_000_000), '['.repeat(3_000_000), '[a](b'.repeat(500_000)])
    expect(
      (await client.call('bulk_move_tickets', { ticket_ids: text, target_column_id: 'col_1' })).isError,
    ).toBe(true);
  const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`field_${at}`, at]));
  expect(
    JSON.stringify(await client.request('tools/call', { name: 'get_ticket', arguments: many })),
  ).toContain('at most');
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(posts()).toEqual([]);
});

test('a branch of which Toado names no ticket is not claimed; a ticket in another project is said', async () => {
  const { client } = start(({ method, path }) => {
    if (path === '/tickets/start-work')
      return { body: { branch_name: 'b', ticket_ids: [], failed: [{ ticket_id: A, error: NO }] } };
    if (method === 'POST') return { body: ticket({ title: 'New', project_id: 'proj_2' }) };
    return path === `/tickets/${A}` ? { body: ticket() } : undefined;
  });
  const recorded = textOf(
    await client.call('start_work_on_ticket', { ticket_ids: [A, B], branch_name: 'b' }),
  );
  expect(recorded).toContain('Toado named none of the tickets, so no branch is confirmed.');
  expect(recorded).not.toMatch(ACTS);
  const created = textOf(await client.call('create_ticket', { project_id: 'proj_1', title: 'New' }));
  expect(created).toContain('another project than the one that was asked for');
  expect(created).toContain('proj_2');
}, 60_000);
