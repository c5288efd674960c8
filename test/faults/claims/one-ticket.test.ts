/** What a write's own answer says to have happened: nothing that it denies, that is another ticket's, or that no row shows. */
import { describe, expect, test } from 'vitest';
import { errorOf } from '../../support/raw-client.ts';
import { textOf } from '../../support/sdk-client.ts';
import { A, ACTS, B, BY, LONG_AGO, NO, ticket, useSession, WRITES } from './claiming.ts';

const start = useSession();

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
  const created_at = new Date().toISOString();
  const made = () => ticket({ id: `t-MADE0${rowsMade++}`, title: 'New', column_id: 'col_2', created_at });
  const rows: unknown[] = [
    { ...made(), error: null, errors: [], code: 0, message: 'ok' },
    { code: 200, status: 'success', data: made() },
    { ok: true, ticket: made(), error: '' },
    { data: made(), warnings: ['slow'], errors: [{ message: 'a remark' }] },
    { ...made(), error: 'somebody named a field so' },
    { isSuccess: true, isFailure: false, error: { code: '', message: '' }, value: made() },
    { data: made(), errors: { title: [] }, lock_version: 4 },
    { data: { ticketCreate: { success: true, lastSyncId: 1, ticket: made(), userErrors: [] } } },
  ];
  let body: unknown;
  const { client } = start(({ method, path }) => {
    if (method !== 'GET') return { status: 201, body };
    // One beside which an error stands is looked at.
    return path.startsWith('/tickets/t-MADE')
      ? { body: ticket({ id: path.slice(9), title: 'New', created_at }) }
      : undefined;
  });
  for (const row of rows) {
    body = row;
    const result = await client.call('create_ticket', { project_id: 'proj_1', title: 'New' });
    expect(textOf(result)).toContain('Created.');
  }
});

test('a title in a sentence is none of the answer’s own words', async () => {
  const title = 'Cannot save: it already exists';
  for (const [at, message] of [
    `Ticket '${title}' created`,
    `Ticket \`${title}\` was created`,
    `Ticket created: ${title}`,
    `"${title}" was created.`,
  ].entries()) {
    const made = ticket({ id: `t-NEW01${at}`, title, created_at: new Date().toISOString() });
    const { client } = start(({ method }) =>
      method === 'GET' ? undefined : { status: 201, body: { message, ticket: made } },
    );
    const said = textOf(await client.call('create_ticket', { project_id: 'proj_1', title }));
    expect(said, message).toContain('Created.');
  }
});

describe('a 2xx with a row and words beside it', () => {
  const BARE = { id: A, title: 'As it was' };
  const { description: _, ...untold } = ticket();
  const describes = { ticket_id: A, description: 'new' };
  const made = ticket({ id: 't-NEW001', title: 'New' });
  const UNSAID: [tool: string, args: Record<string, unknown>, row: object, beside: object][] = [
    ['assign_ticket', { ticket_id: A, user_id: 'usr_x' }, BARE, { error: 'not in the project' }],
    ['archive_ticket', { ticket_id: A }, BARE, { message: 'cannot archive' }],
    ['update_ticket', describes, untold, { errors: { description: ['too long'] } }],
    ['update_ticket', describes, untold, { warnings: ['description ignored'] }],
    ['update_ticket', describes, untold, { partial: true }],
    ['create_ticket', { project_id: 'proj_1', title: 'New' }, made, { error: 'not saved' }],
    [
      'add_comment',
      { ticket_id: A, body: 'hello' },
      { id: 'cmt_unsaid', body: 'hello' },
      { error: 'not delivered' },
    ],
  ];
  test.each(UNSAID)('%s %j %j beside %j: a look decides', async (tool, args, row, beside) => {
    for (const body of [
      { ...row, ...beside },
      { data: row, ...beside },
    ]) {
      let gets = 0;
      const { client } = start(({ method, path }) => {
        if (method !== 'GET') return { body };
        gets++;
        if (path.endsWith('/comments') || path.endsWith('/tickets')) return { body: { items: [] } };
        return path === `/tickets/${A}` ? { body: ticket() } : undefined;
      });
      const said = textOf(await client.call(tool, args));
      expect(said).not.toMatch(ACTS);
      expect(said).toMatch(/look before doing it again|this is the ticket now/);
      expect(said).toContain('toado_answered');
      expect(gets).toBeGreaterThan(0);
    }
  });

  const shown: [tool: string, args: Record<string, unknown>, row: object][] = [
    ['move_ticket', { ticket_id: A, target_column_id: 'col_2' }, ticket({ column_id: 'col_2' })],
    ['archive_ticket', { ticket_id: A }, ticket({ status: 'archived' })],
    ['update_ticket', { ticket_id: A, title: 'As asked' }, ticket({ title: 'As asked' })],
  ];
  test.each(shown)('%s: what was refused may be shown as it would have been', async (tool, args, row) => {
    for (const beside of [
      { errors: { base: ['Column is locked'] } },
      { error: true, message: 'Column is locked' },
      { message: 'Something went wrong. Please try again.' },
      { message: 'Draft saved. The ticket was not updated.' },
      { message: 'Quota exceeded' },
      { message: 'Could not be saved: the board is read-only.' },
      { message: 'Request submitted for approval' },
      { message: 'It needs admin approval first.' },
      { message: 'Operation aborted' },
      { message: 'Update discarded: somebody else is editing.' },
      { reason: 'locked' },
      { saved: false },
      { ignored: true },
      { warnings: ['Changes were not saved.'] },
    ]) {
      const { client } = start(({ method, path }) =>
        method === 'GET'
          ? path === `/tickets/${A}`
            ? { body: ticket() }
            : undefined
          : { body: { ticket: row, ...beside } },
      );
      expect(textOf(await client.call(tool, args)), JSON.stringify(beside)).not.toMatch(ACTS);
    }
    for (const beside of [
      { message: 'Ticket updated. Guests cannot see it.', errors: { title: null } },
      { message: 'The ticket was updated; the search index updates later.' },
      { message: 'It has been updated and no further action is required.' },
      { message: 'Ticket archived. You can restore it later.' },
      {
        message: 'Ticket updated. You can undo this.',
        ticket: { ...row, completed: false, is_blocked: true },
      },
      {
        error: { code: '', message: '' },
        warnings: ['"status" is deprecated. It will not be returned in v2.'],
      },
    ]) {
      const { client } = start(({ method }) =>
        method === 'GET' ? undefined : { body: { ticket: row, ...beside } },
      );
      expect(textOf(await client.call(tool, args)), JSON.stringify(beside)).toMatch(ACTS);
    }
  });

  /** In a row, these may be states of the ticket's own. */
  const AROUND = [
    ...['queued', 'pending_approval', 'canceled', 'rolled_back', 'PERMISSION_DENIED', 'dry_run'].map(
      (word) => ({
        status: word,
      }),
    ),
    ...['pending', 'denied', 'requires_approval', 'locked'].map((name) => ({ [name]: true })),
    ...[{ done: false }, { updated: false }, { failed: 1 }, { error_code: 17 }, { errno: 13 }],
    ...[{ status: { code: 7, message: 'denied' } }, { operation: { status: 'pending' } }, { ret: -1 }],
    ...[{ code: 'FORBIDDEN' }, { failure: 'locked' }, { error_description: 'locked' }, { _error: 'locked' }],
    ...[{ approved: false }, { skipped: [A] }, { failed: [{ id: A }] }, { errorMessage: 'locked' }],
  ];
  const ENVELOPES: ((row: object, said: object) => unknown)[] = [
    (row, said) => ({ ...said, ticket: row }),
    (row, said) => ({ ...said, data: row }),
    (row, said) => ({ data: { ...said, ticket: row } }),
    (row, said) => ({ data: row, meta: said }),
  ];
  test.each(shown)('%s: what stands around a row is said of the call', async (tool, args, row) => {
    let body: unknown;
    const { client } = start(({ method, path }) =>
      method !== 'GET' ? { body } : path === `/tickets/${A}` ? { body: ticket() } : undefined,
    );
    for (const beside of AROUND) {
      for (const put of ENVELOPES) {
        body = put(row, beside);
        expect(textOf(await client.call(tool, args)), JSON.stringify(body)).not.toMatch(ACTS);
      }
    }
    for (const beside of [
      ...['moved', 'restored', 'saved', 'applied', 'active'].map((word) => ({ status: word })),
      ...[{ operation: 'move' }, { status: { code: 0, message: '' } }, { error_code: 0 }, { count: 1 }],
      ...[{ writes_left: 59 }, { dry_run: false }, { is_error: false }, { notifications: { queued: 2 } }],
      ...[{ code: 'TICKET_UPDATED' }, { permissions: { can_delete: false } }],
    ]) {
      for (const put of ENVELOPES) {
        body = put(row, beside);
        expect(textOf(await client.call(tool, args)), JSON.stringify(body)).toMatch(ACTS);
      }
    }
    for (const its of [
      { statusCode: 409 },
      { http_status: '403' },
      { error_message: 'locked' },
      { errno: 13 },
    ]) {
      body = { ...row, ...its };
      expect(textOf(await client.call(tool, args)), JSON.stringify(body)).not.toMatch(ACTS);
    }
    for (const its of [{ pending: true }, { locked: true }, { done: false }, { failed: 1 }]) {
      body = { ...row, ...its };
      expect(textOf(await client.call(tool, args)), JSON.stringify(body)).toMatch(ACTS);
    }
  });

  test('a row that shows nothing of what was asked, in an envelope that denies it or names a job', async () => {
    let body: unknown;
    const { client } = start(({ method, path }) =>
      method !== 'GET' ? { body } : path === `/tickets/${A}` ? { body: ticket() } : undefined,
    );
    for (const said of [{ allowed: false }, { valid: false }, { job_id: 'j1' }, { statusUrl: '/jobs/j1' }]) {
      for (const [tool, args] of shown) {
        body = { ...said, data: BARE };
        if (tool === 'update_ticket') body = { ...said, data: { id: A, column_id: 'col_1' } };
        expect(textOf(await client.call(tool, args)), JSON.stringify(body)).not.toMatch(ACTS);
      }
    }
  });

  test('what has no id and shows nothing of what was asked is no ticket', async () => {
    let body: unknown;
    const { client } = start(({ method, path }) =>
      method !== 'GET'
        ? { body }
        : path.endsWith('/tickets')
          ? { body: { items: [] } }
          : path === `/tickets/${A}`
            ? { body: ticket() }
            : undefined,
    );
    for (body of [{ description: 'You may not' }, { text: 'You may not' }]) {
      for (const [tool, args] of [...shown, WRITES.find(([tool]) => tool === 'create_ticket')!]) {
        const said = textOf(await client.call(tool, args));
        expect(said, tool).not.toMatch(ACTS);
        expect(said, tool).toContain('You may not');
      }
    }
    body = { status: 'archived' };
    expect(textOf(await client.call('archive_ticket', { ticket_id: A }))).toContain('Archived.');
  });

  test('202: a row may show what the ticket will be, and a look tells what it is', async () => {
    let body: unknown;
    const { client } = start(({ method, path }) =>
      method !== 'GET' ? { status: 202, body } : path === `/tickets/${A}` ? { body: ticket() } : undefined,
    );
    for (const [tool, args, row] of shown) {
      for (body of [row, BARE, { data: row }]) {
        const said = textOf(await client.call(tool, args));
        expect(said, tool).toContain('It may take a moment until it shows.');
        expect(said, tool).toMatch(/is not .* now\./);
        expect(said, tool).not.toMatch(/Moved\.|Archived\.|Updated\./);
      }
    }
  });

  test('a denial that ends in a full stop is one', async () => {
    const made = { ...ticket({ id: 't-NEW020', title: 'New' }), created_at: new Date().toISOString() };
    const { client } = start(({ method, path }) =>
      method !== 'GET'
        ? { status: 201, body: { ticket: made, message: 'The ticket could not be filed.' } }
        : path.endsWith('/tickets')
          ? { body: { items: [] } }
          : undefined,
    );
    expect(textOf(await client.call('create_ticket', { project_id: 'proj_1', title: 'New' }))).not.toMatch(
      ACTS,
    );
  });

  test.each([
    ['archive_ticket', 'open'],
    ['archive_ticket', 'archiving'],
    ['restore_ticket', 'deleted'],
  ])('%s and the status %s: a look decides', async (tool, status) => {
    const { client } = start(({ method, path }) =>
      method !== 'GET' || path === `/tickets/${A}` ? { body: ticket({ status }) } : undefined,
    );
    const said = textOf(await client.call(tool, { ticket_id: A }));
    expect(said).not.toMatch(ACTS);
    expect(said).toMatch(/not archived now|neither active nor archived/);
  });

  test('another ticket than was asked for is said', async () => {
    const { client } = start(() => ({ body: { related: ticket({ id: B }), message: 'not found' } }));
    expect(textOf(await client.call('get_ticket', { ticket_id: A }))).toMatch(
      /another id than was asked for/,
    );
  });

  test('another place than was asked for is said', async () => {
    const { client } = start(({ method }) =>
      method === 'GET' ? undefined : { body: ticket({ column_id: 'col_2', position: 5 }) },
    );
    const move = { ticket_id: A, target_column_id: 'col_2' };
    const toPlace = async (position: number) =>
      textOf(await client.call('move_ticket', { ...move, position }));
    expect(await toPlace(0)).toMatch(/position that Toado shows is not/);
    expect(await toPlace(5)).not.toMatch(/position that/);
  });
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
      // Of a ticket that was to be made, the one that Toado answered with is named as that.
      if (tool === 'create_ticket' && which === 'another ticket’s')
        expect(textOf(result)).toMatch(/id=t-OTHER1, [\s\S]*answered with an older one/);
      else expect(textOf(result), tool).not.toContain('t-OTHER1');
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

  test('what denies it in words is not accepted, and a look tells', async () => {
    const client = await startSaying();
    for (const said of [
      { detail: 'You do not have permission to perform this action.' },
      { Message: 'Authorization has been denied for this request.' },
      { message: 'Nothing was changed.' },
      // Why it was not: a state, and no deed.
      { message: 'This ticket has been archived. It can’t be edited.' },
      { message: 'This ticket was archived. Members cannot edit it.' },
      { message: 'The ticket is assigned to Bob. You cannot edit it.' },
      { status: 'skipped', reason: 'locked' },
      { non_field_errors: ['Column is locked.'] },
      { errorMessages: ['locked'], errors: {} },
      { failed: [A] },
      { id: A, error_message: 'E 17' },
      { data: { ticketUpdate: { ticket: null, userErrors: [{ message: 'is locked' }] } } },
      { data: { issueUpdate: { success: false, issue: null } } },
      { data: { update_tickets: { affected_rows: 0, returning: [] } } },
      { requires_approval: true, approval_id: 'a' },
      'Permission denied',
    ]) {
      body = said;
      for (const [tool, args] of WRITES) {
        const text = textOf(await client.call(tool, args));
        const where = `${tool} ${JSON.stringify(said)}: ${text}`;
        expect(text, where).not.toMatch(ACTS);
        expect(text, where).toMatch(/look before doing it again|rejected/i);
      }
    }
  });

  test('a sentence about the call is no comment’s text', async () => {
    const client = await startSaying();
    for (const said of [
      { message: 'Comment added successfully.' },
      { success: true, data: null, message: 'Comment added.' },
      { status: 200, message: 'OK' },
      { message: 'Comment added. Changes will be visible shortly.' },
      'Comment added.',
    ]) {
      body = said;
      const text = textOf(await client.call('add_comment', { ticket_id: A, body: 'hello' }));
      expect(text).toContain('Toado accepted it');
      expect(text).not.toMatch(/^body:/m);
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
    expect(textOf(await client.call('start_work_on_ticket', { ticket_ids: [A], branch_name: 'b' }))).toMatch(
      /did not show it.*look before doing it again/,
    );
  });
});

test('a comment whose row has an HTTP status of failure is not posted', async () => {
  const { client } = start(({ method }) =>
    method === 'GET'
      ? undefined
      : { body: { id: 'cmt_409', ticket_id: A, body: 'hello', created: BY, status: 409 } },
  );
  const text = textOf(await client.call('add_comment', { ticket_id: A, body: 'hello' }));
  expect(text).not.toMatch(ACTS);
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
