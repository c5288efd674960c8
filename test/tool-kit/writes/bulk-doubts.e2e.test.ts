/** What a bulk answer really says of each ticket, in the forms in which a yes may be none. Nothing can be looked at here. */
import { describe, expect, test } from 'vitest';
import { type FakeAnswer, startFakeApi } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';

const A = 't-aaaaaa';
const B = 't-bbbbbb';
const yes = (ticket_id: string, more: object = {}) => ({ ticket_id, ok: true, ...more });
const no = (ticket_id: string, more: object = {}) => ({ ticket_id, ok: false, ...more });
/** Failed, done, or not confirmed. */
type Verdict = '-' | '+' | '?';

interface Group {
  ok: boolean;
  ticket_ids: string[];
  error?: { code: string };
}

/** What became of A and of B, and all that was told. */
async function told(tool: string, args: object, ...its: FakeAnswer[]) {
  const { env, requests } = await startFakeApi(({ method, path }) => {
    if (path === '/auth/token-info') return undefined;
    if (method === 'GET') return { status: 404, body: { error: { code: 'ticket_not_found', message: 'x' } } };
    return its.length > 1 ? its.shift() : its[0];
  });
  const program = startInProcess({ ...env, TOADO_STRUCTURED: 'true' });
  const result = await program.call(tool, { ticket_ids: [A, B], ...args });
  const { results = [] } = (result.structuredContent ?? {}) as { results?: Group[] };
  const of = (id: string): Verdict | undefined => {
    const group = results.find(({ ticket_ids }) => ticket_ids?.includes(id));
    if (!group) return undefined;
    return group.ok ? '+' : group.error?.code === 'not_confirmed' ? '?' : '-';
  };
  return {
    verdict: `${of(A)}${of(B)}`,
    text: JSON.stringify(result.content),
    isError: result.isError,
    sent: requests.filter(({ method }) => method === 'POST'),
  };
}

const moved = (body: unknown, status = 200) =>
  told('bulk_move_tickets', { target_column_id: 'col_2' }, { status, body });
const inColumn = (id: string, column_id = 'col_2') => ({ id, title: 'x', column_id });
const rows = (...results: unknown[]) => ({ results });

describe('a row is about the ticket that it names, wherever it names it', () => {
  test.each<[string, (id: string) => object]>([
    ['under an unknown name', (id) => ({ key: id })],
    ['in an object', (id) => ({ resource: { id } })],
    ['in what was sent', (id) => ({ input: { ticket_id: id } })],
    ['beside an id of the row’s own', (id) => ({ id: 'op_1', ticketId: id })],
    ['by its address', (id) => ({ href: `/tickets/${id}` })],
    ['by its place', (id) => ({ index: id === A ? 0 : 1 })],
    ['by its place in words, from 1', (id) => ({ row: id === A ? '1' : '2' })],
  ])('%s', async (_, naming) => {
    const first = { ...naming(B), ok: false, error: 'no' };
    const second = { ...naming(A), ok: true };
    expect((await moved(rows(first, second))).verdict).toBe('+-');
  });

  test.each([
    ['two of one place', [{ index: 0 }, { index: 0 }]],
    ['places that there are not', [{ index: 5 }, { index: 9 }]],
    ['a place of only one', [{ index: 1 }, {}]],
    [
      'two places that differ',
      [
        { index: 0, line: 2 },
        { index: 1, line: 1 },
      ],
    ],
    ['a place in the column, it may be', [{ position: 1 }, { position: 0 }]],
    ['numbers in another order', [{ number: 2 }, { number: 1 }]],
    ['both tickets in one row', [{ key: A, ref: B }, { key: B }]],
  ])('by order only where nothing contradicts: %s', async (_, [one, other]) => {
    const { verdict } = await moved(rows({ ...one, ok: true }, { ...other, ok: true }));
    expect(verdict).toMatch(/^\?/);
  });

  test('rows that say nothing at all are no yes', async () => {
    expect((await moved(rows({}, {}))).verdict).toBe('??');
  });
});

describe('a yes that shows something else', () => {
  test.each([
    { columnId: 'col_1' },
    { column: { id: 'col_1' } },
    { ticket: { id: A, title: 'x', column_id: 'col_1' } },
    { data: { column_id: 'col_1' } },
    { to: 'col_1' },
    { target_column_id: 'col_9' },
    { moved: false },
    { changed: 0 },
    { state: 'failed' },
    { message: 'could not be moved' },
    { error_message: 'boom' },
    { warnings: ['not moved'] },
    { httpStatus: 403 },
    { skipped: true },
    { pending: true },
    { stage_id: 'col_1' },
    { title: 'A', message: 'not moved: the limit is reached' },
    { action: 'skipped' },
  ])('moved: %j', async (said) => {
    const { verdict, text } = await moved(rows(yes(A, said), yes(B, { column_id: 'col_2' })));
    expect(verdict).toBe('?+');
    expect(text).toContain('1 of 2 done');
  });

  // In whatever form a deed is denied, put off, or made to wait for something.
  const soon = new Date(Date.now() + 86_400_000).toISOString();
  const denials: object[] = [
    { moved: 'false' },
    { changed: 'no' },
    { is_moved: false },
    { wasApplied: false },
    { persisted: false },
    { completed: false },
    { rowCount: 0 },
    { updated_rows: 0 },
    { number_of_moved_tickets: 0 },
    { user_errors: [{ message: 'frozen' }] },
    { violations: ['frozen'] },
    { requires_approval: true },
    { confirmation_required: true },
    { awaiting_review: 'true' },
    { scheduled_for: soon },
    { retry_after: 30 },
    { job_status: 'queued' },
    { approval: { status: 'pending' } },
    { issues: ['frozen'] },
    { err: { code: 'frozen' } },
    { moved: null },
    { applied: null },
    { percent: 0 },
    { progress: '40%' },
    { wasSuccessful: false },
    { OK: false },
    { pending: 1 },
    { queued: '2' },
    { dryRun: 1 },
    { frozen: true },
    { eta: soon },
    { message: 'Nicht verschoben: die Spalte ist gesperrt' },
    { message: 'Le ticket n’a pas été déplacé' },
    { message: 'Would be moved to Done' },
    { warnings: [{ code: 'wip_limit', message: 'It stays in Backlog' }] },
    { status: 202 },
    { status: 'accepted' },
  ];
  test.each(denials)('of a row: %j', async (said) => {
    expect((await moved(rows(yes(A, said), yes(B)))).verdict).toBe('?+');
  });
  test.each(denials.slice(4, -2))('beside the rows: %j', async (beside) => {
    expect((await moved({ ...beside, ...rows(yes(A), yes(B)) })).verdict).toBe('??');
  });
  test.each([
    { job_id: 'job_1', tickets: [{ id: A }, { id: B }] },
    { operation: { id: 'op_1' }, tickets: [A, B] },
    { status_url: '/jobs/1', data: [{ id: A }, { id: B }] },
    { message: 'Moved 1 ticket', ...rows(yes(A), yes(B)) },
  ])('a job’s tickets, and a smaller number: %j', async (body) => {
    expect((await moved(body)).verdict).toBe('??');
  });
  test.each([
    ...[{ code: 'forbidden' }, { code: 'RATE_LIMITED' }, { message: 'All but one moved' }],
    ...[{ failures: [{ message: 'frozen' }] }, { conflicts: [{ rule: 'wip' }] }],
    { flash: { alert: 'You are not allowed to move these.' } },
  ])('beside the rows, where no ticket is named: %j', async (beside) => {
    expect((await moved({ ...beside, ...rows(yes(A), yes(B)) })).verdict).toBe('??');
    expect((await moved({ ...beside, moved: [A, B] })).verdict).toBe('??');
  });
  test.each([
    { userErrors: [{ message: 'frozen', field: ['column'] }] },
    { violations: [{ rule: 'wip' }] },
    { problems: [{ text: 'frozen' }] },
  ])('a list of what is wrong, beside one of those that went well: %j', async (beside) => {
    expect((await moved({ moved: [A, B], ...beside })).verdict).toBe('??');
  });
  test.each([
    ...[{ writes_left: 57 }, { requests_left: 12 }, { lock_version: 3 }, { queue_length: 2 }],
    ...[{ quota: { left: 5, limit: 60 } }, { rateLimit: { writes_left: 4 } }],
    { message: 'Tickets archived. You can restore them later.' },
  ])('what is left of a budget, and other measures, beside the rows: %j', async (beside) => {
    expect((await moved({ ...beside, ...rows(yes(A), yes(B)) })).verdict).toBe('++');
  });
  test('a row whose operation is not done', async () => {
    const { verdict } = await moved(rows(yes(A, { operation: { name: 'op_1', done: false } }), yes(B)));
    expect(verdict).toBe('?+');
  });
  test.each([
    { persisted: true, completed: true, rowCount: 1, scheduled_for: null, retry_after: 0 },
    { effective_at: new Date(Date.now() - 60_000).toISOString(), requires_approval: false },
    { job_status: 'completed', is_moved: true, user_errors: [], violations: [] },
    { issues: [], percent: 100, progress: 1, dry_run: 0, pending: 0, was_successful: 'yes' },
    { archived: false, deleted: false, created: false, due_at: soon, status: '200 OK' },
    { message: 'Moved "Cannot log in" to Done' },
    { message: 'Ticket “Error on save” moved to Not started.' },
    { message: 'Moved 2 tickets to Blocked, none failed' },
    { message: 'Moved as requested. Keine Fehler.' },
    { blocked_by: 7, writes_left: 57, retries: 1 },
    { message: "'Can't log in: not found' moved", error: { code: '', message: '' } },
    { message: 'Ticket `Error 500 on save` was moved' },
    { message: 'Moved from Not started to In Progress' },
    { message: 'Failed: 0, succeeded: 2' },
    { message: 'Nothing failed. No tickets were skipped.' },
    { message: 'Moved. This cannot be undone.' },
    { title: 'Not saved', message: 'Moved Not saved', error: { code: 0, message: null } },
  ])('and in which it is none: %j', async (said) => {
    expect((await moved(rows(yes(A, said), yes(B, said)))).verdict).toBe('++');
  });

  test.each([
    { assignees: [] },
    { assignee_ids: ['usr_1'] },
    { user_id: 'usr_9' },
    { assigned_to: 'usr_9' },
    { assignee: null },
    { is_assigned: false },
    { is_assigned: null },
    { unassigned: true },
    { ticket: { id: A, title: 'x', assignees: [{ id: 'usr_9' }] } },
  ])('assigned: %j', async (said) => {
    const body = rows(yes(A, said), yes(B, { assignees: [{ id: 'usr_2' }], user_id: 'usr_2' }));
    expect((await told('bulk_assign_tickets', { user_id: 'usr_2' }, { body })).verdict).toBe('?+');
  });

  test('unassigned, and assigned still', async () => {
    const body = rows(yes(A, { assignees: [{ id: 'usr_2' }] }), yes(B, { assignees: [] }));
    expect((await told('bulk_unassign_tickets', { user_id: 'usr_2' }, { body })).verdict).toBe('?+');
  });

  test('another act’s list', async () => {
    const { verdict } = await told(
      'bulk_assign_tickets',
      { user_id: 'usr_2' },
      { body: { unassigned: [A], assigned: [B] } },
    );
    expect(verdict).toBe('?+');
  });

  test.each([
    { updated: [{ id: A, error: 'x' }, { id: B }] },
    { success: [no(A, { error: 'x' }), { ticket_id: B }] },
  ])('a no in a list of successes: %j', async (body) => {
    const { verdict, text } = await moved(body);
    expect(verdict).toBe('?+');
    expect(text).toContain('x');
  });

  test.each([
    { from: 'col_1', to: 'col_2' },
    { previous_column_id: 'col_1', column: { id: 'col_2', name: 'Done' } },
    { rank: '5', position: 3, updated_at: '2026-01-01T00:00:00Z', title: 'A', status: 'active' },
    { moved: true, message: 'Ticket moved to Done', assignees: [], note: 'was there already' },
    { is_error: false, skipped: false, notified: false, column: 'Done', ticket_code: 1042 },
    { from: { column_id: 'col_1' }, to: { column_id: 'col_2' }, operation: 'move', user_id: 'usr_1' },
    { ticket: { id: A, column_id: 'col_2', is_archived: false } },
    { ticket: { id: A, title: 'x', column_id: 'col_2', resolved: false, capture: { console_errors: 3 } } },
  ])('but what agrees, or says nothing of it, takes no yes away: %j', async (said) => {
    expect((await moved(rows(yes(A, said), yes(B)))).verdict).toBe('++');
  });
});

describe('what stands beside the rows', () => {
  test.each([
    { failed_ids: [B] },
    { rejectedIds: [B] },
    { blocked: [{ ticket_id: B, why: 'locked' }] },
    { not_moved: { [B]: 'locked' } },
    { message: `${B} was not moved` },
    { meta: { skipped: [B] } },
  ])('of one ticket: %j', async (beside) => {
    for (const those of [rows(yes(A), yes(B)), { updated: [A, B] }]) {
      const { verdict, text } = await moved({ ...those, ...beside });
      expect(verdict).toBe('+?');
      expect(text).toMatch(new RegExp(`locked|${Object.keys(beside)[0]}`));
    }
  });

  test.each([
    { summary: { failed: 1, succeeded: 1 } },
    { meta: { failed: 1 } },
    { moved: 1 },
    { succeeded_count: 1 },
    { warnings: ['not all were moved'] },
    { state: 'queued', job: 'j1' },
    { rolled_back: true },
    { committed: false },
    { isDryRun: true },
    { mode: 'dry-run' },
    { target_column_id: 'col_9' },
    { message: 'Nothing was moved: the board is frozen' },
    { message: '1 of 2 moved' },
    { message: '1/2 moved' },
    { message: 'Moving them in the background' },
    { err: 'frozen' },
    { percent: 50 },
    { moved_count: '1' },
    { notices: ['1 not moved'] },
    { complete: false },
    { transaction: 'rolled_back' },
    { total_moved: 1 },
  ])('of all: %j', async (beside) => {
    const { verdict, text } = await moved({ ...rows(yes(A), yes(B)), ...beside });
    expect(verdict).toBe('??');
    expect(text).toContain(Object.keys(beside)[0]);
  });

  test.each([
    { ...rows(yes(A), yes(B)), moved: [B] },
    { ...rows(yes(A), yes(B)), success_ids: [B] },
    { moved: [B], not_moved: [{ ticket_id: A }] },
    { moved: [B], pending: [{ ticket_id: A }] },
  ])('a list of those that went well is all of them: %j', async (body) => {
    expect((await moved(body)).verdict).toBe('?+');
  });

  test.each([
    { movedIds: [B], failedIds: [A] },
    { moved: [B], failed_tickets: [{ ticket_id: A }] },
    { successful: [B], unsuccessful: [A] },
    { completed: [{ id: B }], failed: [{ id: A, reason: 'locked' }] },
    { results: { succeeded: [B], failed: [A] } },
    rows({ id: A, status: 'HTTP/1.1 403 Forbidden' }, { id: B, status: '200 OK' }),
    rows({ id: A, status: 'rejected', reason: 'locked' }, { id: B, status: 'fulfilled' }),
  ])('what failed and what went well, in lists of their own or in words: %j', async (body) => {
    expect((await moved(body)).verdict).toBe('-+');
  });

  test.each<[string, string, object]>([
    [
      'a whole ticket in a row',
      '++',
      rows(...[A, B].map((id) => ({ id, error: null, ticket: inColumn(id) }))),
    ],
    [
      'and another that was not moved',
      '+?',
      rows({ id: A, ticket: inColumn(A) }, { id: B, ticket: inColumn(B, 'col_1') }),
    ],
    ['and none', '+?', rows({ id: A, ticket: inColumn(A) }, { id: B, ticket: null })],
    [
      'and a word against it',
      '+?',
      rows({ id: A, ticket: inColumn(A) }, { id: B, ticket: inColumn(B), note: 'not moved' }),
    ],
    [
      'an operation’s tickets',
      '++',
      { data: { bulkMove: { success: true, tickets: [inColumn(A), inColumn(B)], userErrors: [] } } },
    ],
    [
      'an operation’s errors',
      '??',
      { data: { bulkMove: { tickets: [{ id: A }, { id: B }], userErrors: [{ message: 'locked' }] } } },
    ],
    ['errors: true', '??', { ...rows(yes(A), yes(B)), errors: true }],
    ['all_succeeded: false', '??', { ...rows(yes(A), yes(B)), all_succeeded: false }],
  ])('%s: %s', async (_, expected, body) => {
    expect((await moved(body)).verdict).toBe(expected);
  });

  test('ids of people under such a name are no tickets', async () => {
    const body = { ...rows(yes(A), yes(B)), assigned_ids: ['usr_2'] };
    expect((await told('bulk_assign_tickets', { user_id: 'usr_2' }, { body })).verdict).toBe('++');
  });

  test('and who was removed is unassigned', async () => {
    const body = { removed: [B], failed: [A] };
    expect((await told('bulk_unassign_tickets', { user_id: 'usr_2' }, { body })).verdict).toBe('-+');
  });

  test.each([
    { tickets: [A, B], moved: [] },
    { ...rows({ id: A }, { id: B }), movedIds: [] },
  ])('where that list is empty, none went well: %j', async (body) => {
    expect((await moved(body)).verdict).toBe('??');
  });

  test('a list under a name that nobody knows is none of those', async () => {
    expect((await moved({ queued: [{ ticket_id: A }, { ticket_id: B }] })).verdict).toBe('??');
  });

  test('what was rolled back was not done, whatever else failed', async () => {
    expect((await moved({ ...rows(yes(A), no(B)), rolled_back: true })).verdict).toBe('?-');
  });

  test.each([
    { summary: { failed: 0, succeeded: 2 }, total: 2 },
    { moved: 2, ticket_ids: [A, B], target_column_id: 'col_2' },
    { requested_ids: [A, B], request_id: 'r1', success: 1, took: 12 },
    { remaining: 57, rate_limit: { remaining: 57 }, previous_columns: { [A]: 'col_1' } },
    { events: [{ type: 'ticket.moved', ticket_id: A }], undo: { ticket_ids: [A, B] }, state: 'complete' },
    { message: `Moved ${A}, ${B} to Done`, column: { id: 'col_2', ticket_ids: [A, B] } },
    { message: '2 of 2 moved', affected_ids: [A, B] },
    { message: '2/2 moved', err: 'none', problem: '' },
    { updated_ids: [A, B], warnings: [], message: 'Both were moved.', status: 'completed' },
  ])('but no more than a yes and the tickets takes none away: %j', async (beside) => {
    expect((await moved({ ...rows(yes(A), yes(B)), ...beside })).verdict).toBe('++');
  });
});

describe('what is said of anything else takes no yes away', () => {
  test.each([
    { warnings: ['"ticket_ids" is deprecated; use "ids" instead.'] },
    { warnings: ['This endpoint is deprecated and will not be supported after 2027.'] },
    { message: 'Completed with no errors' },
    { message: '2 moved, 0 failed' },
    { info: 'Watchers will be notified later' },
    { notice: 'You have used 3 of 60 writes this minute' },
    { notifications: { queued: 2, failed: 1 }, emails_queued: 3, webhooks: { pending: 2 } },
    { meta: { lock_held_ms: 12, retries: 1, blocked_ms: 3 } },
    { job_id: 'job_1', state: 'complete' },
    { retry_after: null, scheduled_for: '', count: null, user_errors: null },
  ])('%j', async (beside) => {
    expect((await moved({ ...beside, ...rows(yes(A), yes(B)) })).verdict).toBe('++');
    expect((await moved(rows(yes(A, beside), yes(B)))).verdict).toBe('++');
  });
  test.each([
    { warnings: ['Deprecated.', 'Tickets are frozen.'] },
    { message: 'Watchers were notified. Nothing was moved.' },
    { message: "Could not be moved from Backlog to Done: 'Done' is full" },
    { message: 'Failed: 1, succeeded: 1' },
    { message: 'Tickets moved. Not all of them.' },
    { message: 'Tickets moved. 1 skipped.' },
    { success: 'partial' },
    { notice: 'All changes were reverted: not permitted' },
  ])('but the rest of it counts: %j', async (beside) => {
    expect((await moved({ ...beside, ...rows(yes(A), yes(B)) })).verdict).toBe('??');
  });
});

test('what was taken by HTTP 202 may be done later, and a no stays one', async () => {
  expect((await moved(rows(yes(A), yes(B)), 202)).verdict).toBe('??');
  expect((await moved(rows(yes(A), no(B)), 202)).verdict).toBe('?-');
  expect((await moved({ moved: [A, B] }, 202)).verdict).toBe('??');
});

describe('a refusal that isn’t one for all', () => {
  test.each<[object, string]>([
    [{ errors: { [A]: null, [B]: 'locked' } }, '?-'],
    [{ errors: { [A]: [], [B]: ['locked'] } }, '??'],
    [{ errors: [null, { message: 'locked' }] }, '??'],
    [{ errors: [null, null] }, '??'],
    [{ errors: { 1: 'locked' } }, '??'],
  ])('errors of some of them: %j', async (body, expected) => {
    const { verdict, isError } = await moved(body);
    expect(verdict).toBe(expected);
    expect(isError).toBeFalsy();
  });

  test.each([400, 403, 422])('%i with rows: none of those done is taken at its word', async (status) => {
    const { verdict } = await moved(rows(yes(A), no(B, { error: { code: 'forbidden' } })), status);
    expect(verdict).toBe('?-');
  });

  test('and it is told as a refusal, after which nothing more is sent', async () => {
    const many = Array.from({ length: 150 }, (_, at) => `t-${String(at).padStart(6, '0')}`);
    const args = { ticket_ids: many, target_column_id: 'col_2' };
    const body = { error: { code: 'forbidden', message: 'no' }, ...rows(yes(many[0]!), no(many[1]!)) };
    const { text, sent } = await told('bulk_move_tickets', args, { status: 403, body });
    expect(sent).toHaveLength(1);
    expect(text).toContain('forbidden (rejected)');
    expect(text).not.toContain('Toado accepted');
  });

  test.each([
    rows(no(A), no(B)),
    { error: { code: 'forbidden', message: 'no' }, 'rate-limit': { remaining: 5 } },
    { error: { code: 'forbidden', message: 'no' }, tickets: [A, B] },
    { message: 'Validation failed', data: [{ field: 'ticket_ids', message: 'bad' }] },
    rows(null, null),
  ])('where no row says yes, the call was refused: %j', async (body) => {
    const { isError, text, sent } = await moved(body, 422);
    expect(isError).toBe(true);
    expect(text).toContain('(rejected)');
    expect(sent).toHaveLength(1);
  });

  test('unassigned is what was asked, and nothing to deny', async () => {
    const unassign = (body: object) => told('bulk_unassign_tickets', { user_id: 'usr_2' }, { body });
    const body = rows(yes(A, { assigned: false, assignee: { id: 'usr_9' } }), yes(B, { assigned: true }));
    expect((await unassign(body)).verdict).toBe('+?');
    const others = rows(yes(A, { unassigned: true }), yes(B, { is_unassigned: false }));
    expect((await unassign(others)).verdict).toBe('+?');
    const counted = rows(yes(A, { removed: 1 }), yes(B, { removed_count: 0 }));
    expect((await unassign(counted)).verdict).toBe('+?');
  });

  test.each([
    [{ errors: { [A]: 'forbidden' } }, '-?'],
    [{ errors: [{ index: 1, message: 'forbidden' }] }, '??'],
  ])('200 with %j', async (body, verdict) => {
    expect((await moved(body)).verdict).toBe(verdict);
  });
});

describe('a later hundred that is refused', () => {
  const many = Array.from({ length: 150 }, (_, at) => `t-${String(at).padStart(6, '0')}`);
  const args = { ticket_ids: many, target_column_id: 'col_2' };
  test.each([
    [403, { code: 'forbidden', message: 'no' }],
    [429, { code: 'rate_limited', message: 'slow down' }],
    [401, { code: 'unauthorized', message: 'no' }],
  ])('%i says nothing of the hundred that was accepted', async (status, error) => {
    const refused = { status, body: { error }, headers: { 'retry-after': '90' } };
    const { text, isError, sent } = await told('bulk_move_tickets', args, { status: 204, body: '' }, refused);
    expect(isError).not.toBe(true);
    expect(text).toContain('0 of 150 done');
    expect(text).toContain('not_confirmed');
    expect(text).toContain(error.code);
    expect(sent).toHaveLength(2);
  });
});

describe('what is left of the tickets, or not counted, is not confirmed', () => {
  test.each<[string, object, string]>([
    ['a count of fewer than there are rows', { count: 1, results: [yes(A), yes(B)] }, '??'],
    ['the same of rows that say nothing', { total: '1', tickets: [{ id: A }, { id: B }] }, '??'],
    ['the same in meta', { meta: { count: 0 }, results: [yes(A), yes(B)] }, '??'],
    ['a count of those that were done', { count: 1, results: [yes(A), no(B)] }, '+-'],
    ['a count of all', { count: 2, total: 2, results: [yes(A), yes(B)] }, '++'],
    ['ids that remain', { results: [yes(A), yes(B)], remaining: [B] }, '+?'],
    ['a budget that remains', { results: [yes(A), yes(B)], remaining: 58 }, '++'],
    [
      'no time at which it was moved',
      rows(yes(A, { moved_at: '2026-01-01' }), { id: B, moved_at: null }),
      '+?',
    ],
  ])('%s', async (_, body, expected) => {
    expect((await moved(body)).verdict).toBe(expected);
  });

  test('nobody is assigned since null, as asked', async () => {
    const body = rows(yes(A, { assigned_at: null }), yes(B, { assigned_at: null }));
    const unassigned = await told('bulk_unassign_tickets', { user_id: 'usr_1' }, { body });
    expect(unassigned.verdict).toBe('++');
    expect((await told('bulk_assign_tickets', { user_id: 'usr_1' }, { body })).verdict).toBe('??');
  });

  test('a row a line: a no in the first line is not all of them', async () => {
    const text = `${JSON.stringify(no(A))}\n${JSON.stringify(yes(B))}`;
    const { verdict, text: said } = await moved(text);
    expect(verdict).toBe('??');
    expect(said).not.toContain('rejected');
  });
});
