/** What a look after a lost answer says of a ticket, by what it reads: it is as asked, it is not, or that is not known. */
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import { NOT_KNOWN, readAgainIfReplaced } from '../../../src/tool-kit/unconfirmed-writes/confirm-write.ts';
import {
  type Around,
  BEFORE,
  by,
  CHANGED_BEFORE,
  CHANGED_SINCE,
  type Data,
  OTHER,
  OWN,
  T,
  ticketIs,
  useLooks,
  verdict,
} from './one-look.ts';

const { look } = useLooks();

describe('a state of one ticket', () => {
  const STATES: [tool: string, input: Data, asAsked: Data, opposite: Data, silent: Data][] = [
    ['archive_ticket', {}, { status: 'archived' }, { status: 'active' }, {}],
    ['restore_ticket', {}, { status: 'active' }, { status: 'archived' }, {}],
    ['archive_ticket', {}, { archived_at: BEFORE }, { status: 'active', archived_at: BEFORE }, {}],
    [
      'assign_ticket',
      { user_id: 'u1' },
      { assignees: [{ id: 'u1' }] },
      { assignees: [{ id: 'u2' }] },
      { assignees: [{ name: 'A' }] },
    ],
    ['assign_ticket', { user_id: 'u1' }, { assignees: ['u2', 'u1'] }, { assignees: [] }, {}],
    [
      'unassign_ticket',
      { user_id: 'u1' },
      { assignees: [] },
      { assignees: [{ id: 'u1' }] },
      { assignees: [{ name: 'A' }] },
    ],
    ['update_ticket', { title: 'New' }, { title: ' New ' }, { title: 'Old' }, { title: undefined }],
    ['update_ticket', { resolved: true }, { resolved: true }, { resolved: false }, {}],
    ['update_ticket', { description: 'a\nb' }, { description: 'a\r\nb\n' }, { description: 'a' }, {}],
    [
      'update_ticket',
      { title: 'New', resolved: true },
      { title: 'New', resolved: true },
      { title: 'New', resolved: false },
      { title: 'New' },
    ],
    [
      'start_work_on_ticket',
      { ticket_ids: [T], branch_name: 'b' },
      { branch_name: 'b' },
      { branch_name: null },
      {},
    ],
  ];

  test.each(STATES)('%s %j', async (tool, given, asAsked, opposite, silent) => {
    const input = { ticket_id: T, ...given };
    const told = async (row: Data, around?: Around) =>
      verdict(await look(tool, input, ticketIs(row), around));
    const shown = await look(tool, input, ticketIs({ ...asAsked, ...CHANGED_BEFORE }));
    expect(verdict(shown)).toBe('as asked');
    expect(shown!.answer!.notes![0]).toContain(NOT_KNOWN);
    expect(await told({ ...asAsked, ...CHANGED_SINCE })).toBe('as asked');
    // The answer of start_work_on_ticket never shows whether it changes a ticket's times.
    const isTold = tool !== 'start_work_on_ticket';
    expect(await told({ ...opposite, ...CHANGED_BEFORE })).toBe(isTold ? 'not, unchanged' : 'not');
    // Who changed it since may have undone it: it is not sent again.
    expect(await told({ ...opposite, ...CHANGED_SINCE })).toBe('not');
    expect(await told(opposite)).toBe('not');
    expect(await told({ ...opposite, ...CHANGED_BEFORE }, { sent: { isUntouched: () => false } })).toBe(
      'not',
    );
    expect(await told(silent)).toBe('not known');
    expect(await told({ ...asAsked, ...CHANGED_SINCE, id: 't-other1' })).toBe('not known');
  });

  test('started work on several tickets is not looked at', async () => {
    const input = { ticket_ids: [T, 't-other1'], branch_name: 'b' };
    expect(verdict(await look('start_work_on_ticket', input, () => undefined))).toBe('no look');
  });

  test.each<[what: string, row: Data, verdict: string]>([
    ['of its own making, by this token, since', { branch_name: `${T}-x`, updated: by(OWN) }, 'as asked'],
    ['by another token', { branch_name: `${T}-x`, updated: by(OTHER) }, 'not'],
    ['before', { branch_name: `${T}-x`, updated: by(OWN, BEFORE) }, 'not'],
    ['another name', { branch_name: 'mine', updated: by(OWN) }, 'not'],
  ])('a branch that Toado names: %s', async (_, row, expected) => {
    expect(verdict(await look('start_work_on_ticket', { ticket_ids: [T] }, ticketIs(row)))).toBe(expected);
  });
});

describe('a move', () => {
  const input = { ticket_id: T, target_column_id: 'col_2' };
  const IN_IT = { project_id: 'proj_1', column_id: 'col_2' };
  const column = (...ids: string[]) => ({ items: ids.map((id) => ({ id, title: id })) });
  const moved = async (row: Data, tickets: unknown, position?: number) => {
    const has = ticketIs({ ...IN_IT, ...row });
    return look('move_ticket', { ...input, position }, (request) =>
      request.path.endsWith('/projects/proj_1/tickets')
        ? typeof tickets === 'function'
          ? tickets(request.query.get('cursor'))
          : tickets
        : has(request),
    );
  };

  test.each<[what: string, row: Data, tickets: unknown, position: number | undefined, verdict: string]>([
    ['changed by this token since', { updated: by(OWN) }, undefined, undefined, 'as asked'],
    ['at the bottom', CHANGED_BEFORE, column('t-1', T), undefined, 'as asked'],
    ['not at the bottom, and it may have been there', CHANGED_SINCE, column(T, 't-1'), undefined, 'not'],
    [
      'in another column, unchanged',
      { column_id: 'col_1', ...CHANGED_BEFORE },
      undefined,
      undefined,
      'not, unchanged',
    ],
    ['in another column, changed', { column_id: 'col_1', ...CHANGED_SINCE }, undefined, undefined, 'not'],
    ['in a column that it doesn’t say', { column_id: null }, undefined, undefined, 'not known'],
    ['at its place', CHANGED_BEFORE, column('t-1', T, 't-2'), 1, 'as asked'],
    ['at the end, where the place is beyond', CHANGED_BEFORE, column('t-1', T), 9, 'as asked'],
    ['at another place', CHANGED_BEFORE, column(T, 't-1', 't-2'), 1, 'not'],
    ['at the end, where the place is before', CHANGED_BEFORE, column('t-1', T), 0, 'not'],
    ['at another place, by this token since', { updated: by(OWN) }, column(T, 't-1'), 1, 'as asked'],
    ['in a list that lacks it', CHANGED_BEFORE, column('t-1'), 0, 'not'],
    [
      'at the bottom of a list that may not be all',
      CHANGED_BEFORE,
      { ...column('t-1', T), partial: true },
      undefined,
      'not',
    ],
    [
      'at its place in a list that may not be all',
      CHANGED_BEFORE,
      { ...column(T), errors: [{ message: 'x' }] },
      0,
      'not',
    ],
  ])('%s', async (_, row, tickets, position, expected) => {
    expect(verdict(await moved(row, tickets, position))).toBe(expected);
  });

  test('its place is counted over pages', async () => {
    const pages = (cursor: string | null) =>
      cursor === null ? { ...column('t-1', 't-2'), cursor: 'c1' } : column('t-3', T, 't-4');
    expect(verdict(await moved(CHANGED_BEFORE, pages, 3))).toBe('as asked');
    expect(verdict(await moved(CHANGED_BEFORE, pages, 1))).toBe('not');
    const last = (cursor: string | null) =>
      cursor === null ? { ...column('t-1', T), cursor: 'c1' } : column('t-9');
    expect(verdict(await moved(CHANGED_BEFORE, last))).toBe('not');
  });

  test('a column that goes on for ever is not read to its end', async () => {
    let pages = 0;
    const endless = () => ({ ...column(`t-${++pages}`), cursor: `c${pages}` });
    expect(verdict(await moved(CHANGED_BEFORE, endless))).toBe('not');
    expect(pages).toBe(5);
  });
});

describe('a look that is refused', () => {
  const refused = (status: number) => new Failure('unauthorized', 'no', 'x', { status, outcome: 'rejected' });
  const looked = async (status: number, apiIfTokenReplaced?: () => never) => {
    let looks = 0;
    const seen = await readAgainIfReplaced({ apiIfTokenReplaced } as never, async () => {
      if (++looks === 1) throw refused(status);
      return 'seen';
    }).catch((error: Failure) => error.details.status);
    return [seen, looks];
  };

  test('is made once more where the token was replaced meanwhile, and only then', async () => {
    expect(await looked(401, () => ({}) as never)).toEqual(['seen', 2]);
    expect(await looked(401, () => undefined as never)).toEqual([401, 1]);
    expect(await looked(403, () => ({}) as never)).toEqual([403, 1]);
  });
});
