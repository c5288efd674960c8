/** What a bulk call says of each of its tickets, and what it sends and reads to be able to say it. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { Failure, type Outcome } from '../../../src/base/failure.ts';
import { secrets } from '../../../src/respond/redact-token.ts';
import { Accepted } from '../../../src/toado-api/answers/accepted-without-row.ts';
import { keepExtraFields } from '../../../src/toado-api/answers/extra-fields.ts';
import type { BulkAnswer } from '../../../src/toado-api/routes/answer-forms.ts';
import type { ToolCall } from '../../../src/tool-kit/definition/define-tool.ts';
import { inChunks } from '../../../src/tool-kit/writes/bulk.ts';
import { groupedResults, type Result } from '../../../src/tool-kit/writes/bulk-groups.ts';

type Ticket = { id?: string; project_id?: string; column_id?: string };

const ids = (count: number) => Array.from({ length: count }, (_, at) => `t-${String(at).padStart(6, '0')}`);
const allDone = (of: string[]): BulkAnswer => ({ results: of.map((ticket_id) => ({ ticket_id, ok: true })) });
const failure = (outcome: Outcome, status?: number) =>
  new Failure('unreachable', 'Away.', 'Wait.', { outcome, ...(status && { status }) });

/** A call whose looks see these tickets; and what it read and told. */
function callThat(sees: Ticket[] = [], more: Record<string, unknown> = {}) {
  const reads: string[] = [];
  const told: number[] = [];
  const api = {
    getTicket: async ({ ticket_id }: { ticket_id: string }) => {
      reads.push(ticket_id);
      const ticket = sees.find(({ id }) => id === ticket_id);
      if (!ticket) throw failure('rejected', 404);
      return ticket;
    },
    listTickets: async ({ project_id, column_id }: Ticket) => {
      reads.push(`${project_id}/${column_id}`);
      return { items: sees };
    },
  };
  const call = {
    api,
    confirmApi: () => api,
    apiIfTokenReplaced: () => undefined,
    session: { shownAs: 'me' },
    progress: (at: number) => void told.push(at),
    ...more,
  };
  return { call: call as unknown as ToolCall<unknown>, reads, told };
}

const inDone = {
  isDone: ({ column_id }: { column_id?: string | null }) => column_id === 'col_done',
  asked: { column_id: 'col_done' },
};

/** What is said of each ticket, in the fullest words. */
function groupsOf({ lists }: Awaited<ReturnType<typeof inChunks>>) {
  return lists!.results!.forms![0]!() as Record<string, unknown>[];
}

describe('more than a hundred', () => {
  test('go out in hundreds, one after another, and how far it is is told', async () => {
    const sent: number[] = [];
    let isSending = false;
    const { call, told, reads } = callThat();
    const answer = await inChunks(
      call,
      ids(250),
      async (some) => {
        expect(isSending).toBe(false);
        isSending = true;
        await new Promise((resolve) => setTimeout(resolve, 1));
        isSending = false;
        sent.push(some.length);
        return allDone(some);
      },
      inDone,
    );
    expect([sent, told, reads]).toEqual([[100, 100, 50], [100, 200, 250], []]);
    expect(answer).toMatchObject({
      notes: ['250 of 250 done.'],
      omitFromText: ['results'],
      data: { shown_as: 'me' },
    });
    expect(answer.failed).toBeUndefined();
    expect(groupsOf(answer)).toEqual([{ ok: true, tickets: 250, all_others: true }]);
  });

  test('a hundred are one call, of which no progress is told', async () => {
    const { call, told } = callThat();
    await inChunks(call, ids(100), async (some) => allDone(some), inDone);
    expect(told).toEqual([]);
  });

  test('nothing follows a call that failed, and that is said of each', async () => {
    const sent: number[] = [];
    const { call } = callThat();
    const answer = await inChunks(
      call,
      ids(250),
      async (some) => {
        sent.push(some.length);
        if (sent.length === 2) throw failure('rejected', 403);
        return allDone(some);
      },
      inDone,
    );
    expect(sent).toEqual([100, 100]);
    expect(groupsOf(answer)).toMatchObject([
      { ok: true, tickets: 100, all_others: true },
      { ok: false, tickets: 100, error: { code: 'unreachable', outcome: 'rejected' } },
      { ok: false, tickets: 50, error: { code: 'not_sent', outcome: 'not_sent' } },
    ]);
    expect(answer.notes).toEqual([
      '100 of 250 done; see error of the others.',
      'unreachable (rejected): Away. Wait.',
    ]);
    expect(answer.failed).toBeUndefined();
  });

  test('where the first of them failed and nothing was done, the call failed', async () => {
    for (const count of [3, 150]) {
      const { call } = callThat();
      const no = failure('rejected', 403);
      await expect(inChunks(call, ids(count), () => Promise.reject(no), inDone)).rejects.toBe(no);
    }
  });
});

describe('an answer that was lost', () => {
  const lost = () => Promise.reject(failure('outcome_unknown'));

  test('is looked for: one ticket, its project’s list, a few more alone', async () => {
    const [a, b, c] = ids(3) as [string, string, string];
    const { call, reads } = callThat([
      { id: a, project_id: 'proj_1', column_id: 'col_done' },
      { id: b, project_id: 'proj_1', column_id: 'col_todo' },
    ]);
    const answer = await inChunks(call, [a, b, c], lost, inDone);
    expect(reads).toEqual([a, 'proj_1/col_done', b, c]);
    expect(answer.notes![0]).toBe('1 of 3 done; see error of the others.');
    expect(answer.notes!.slice(1).join('\n')).toMatch(
      /^unreachable \(outcome_unknown\): Away\.\n1 of them were found as asked afterwards\. .*\noutcome_unknown: it may have happened/,
    );
    expect(answer.failed).toBeUndefined();
  });

  test('of more than three that the list doesn’t show, none is read alone', async () => {
    const all = ids(5);
    const { call, reads } = callThat([{ id: all[0]!, project_id: 'proj_1', column_id: 'col_done' }]);
    await inChunks(call, all, lost, inDone);
    expect(reads).toEqual([all[0], 'proj_1/col_done']);
  });

  test('where nothing is seen done, it stays unknown', async () => {
    const { call } = callThat();
    await expect(inChunks(call, ids(2), lost, inDone)).rejects.toMatchObject({ outcome: 'outcome_unknown' });
    const answer = await inChunks(callThat().call, ids(150), lost, inDone);
    expect(answer.failed).toEqual({ code: 'none_done', outcome: 'outcome_unknown' });
    expect(groupsOf(answer).map(({ tickets }) => tickets)).toEqual([100, 50]);
  });

  test('another ticket than the one that was asked for tells nothing', async () => {
    for (const count of [1, 2]) {
      let reads = 0;
      const other = {
        getTicket: async () => {
          reads++;
          return { id: 't-other1', column_id: 'col_done' };
        },
        listTickets: async () => ({ items: [] }),
      };
      const { call } = callThat([], { confirmApi: () => other });
      await expect(inChunks(call, ids(count), lost, inDone)).rejects.toMatchObject({
        outcome: 'outcome_unknown',
      });
      expect(reads).toBe(count);
    }
  });

  test('a token in what Toado says of a ticket is taken out before it is cut', async () => {
    secrets.add('tok_of_a_bulk_call');
    onTestFinished(() => secrets.forgetAll());
    const [a, b, c] = ids(3) as [string, string, string];
    const token = 'tok_of_a_bulk_call';
    const error = { code: `${'x'.repeat(50)}-${token}`, message: `${'y '.repeat(95)}${token}` };
    const rows = [
      { ticket_id: a, ok: true },
      { ticket_id: b, ok: false, error },
      { ticket_id: c, ok: null, error },
    ];
    const answer = await inChunks(callThat().call, [a, b, c], async () => ({ results: rows }), inDone);
    const said = JSON.stringify(groupsOf(answer));
    expect(said).not.toContain('tok_');
  });

  test('a bug of ours is none of these', async () => {
    const bug = new TypeError('a bug');
    await expect(inChunks(callThat().call, ids(2), () => Promise.reject(bug), inDone)).rejects.toBe(bug);
  });
});

describe('a token that was replaced', () => {
  const refused = new Failure('unauthorized', 'No.', 'Ask.', { outcome: 'rejected', status: 401 });

  test('sends once more under the new one', async () => {
    let sent = 0;
    const fresh = { fresh: true };
    const { call } = callThat([], { apiIfTokenReplaced: () => fresh });
    const answer = await inChunks(
      call,
      ids(2),
      async (some) => {
        if (++sent === 1) throw refused;
        return allDone(some);
      },
      inDone,
    );
    expect([sent, call.api, answer.notes]).toEqual([2, fresh, ['2 of 2 done.']]);
  });

  test('not where there is none, nor where it may have happened, nor for another refusal', async () => {
    const open = new Failure('x', 'No.', 'Ask.', { outcome: 'outcome_unknown', status: 401 });
    for (const [no, replaced] of [
      [refused, undefined],
      [open, {}],
      [failure('rejected', 403), {}],
    ] as const) {
      let sent = 0;
      const { call } = callThat([], { apiIfTokenReplaced: () => replaced });
      const send = () => {
        sent++;
        return Promise.reject(no);
      };
      await expect(inChunks(call, ids(1), send, inDone)).rejects.toBe(no);
      expect(sent).toBe(1);
    }
  });
});

describe('an accepted call that says little', () => {
  test('is confirmed by one ticket and one list; the rest is not confirmed, and no failure', async () => {
    const all = ids(4);
    const { call, reads } = callThat([
      { id: all[0]!, project_id: 'proj_1', column_id: 'col_done' },
      { id: all[2]!, project_id: 'proj_1', column_id: 'col_done' },
    ]);
    const send = () => Promise.reject(new Accepted(202, undefined, undefined, { message: 'queued' }));
    const answer = await inChunks(call, all, send, inDone);
    expect(reads).toEqual([all[0], 'proj_1/col_done']);
    expect(answer.data.toado_answered).toEqual({ message: 'queued' });
    expect(answer.failed).toBeUndefined();
    expect(answer.notes).toEqual([
      '2 of 4 done; see error of the others.',
      'not_confirmed: Toado accepted the call and did not say that these are done; get_ticket shows each.',
    ]);
  });

  test('and where none is confirmed, that is no failure either', async () => {
    const silent = () => Promise.reject(new Accepted(202, undefined, undefined, {}));
    const [a] = ids(1) as [string];
    const unsaid = async () => ({ results: [{ ticket_id: a, ok: null }] }) as BulkAnswer;
    for (const send of [silent, unsaid]) {
      const answer = await inChunks(callThat().call, [a], send, inDone);
      expect(answer.failed).toBeUndefined();
      expect(groupsOf(answer)).toMatchObject([
        { ok: false, ticket_ids: [a], error: { code: 'not_confirmed', outcome: 'accepted' } },
      ]);
    }
  });

  test('in several projects is looked for in each of them, up to three', async () => {
    const all = ids(8);
    const sees = all.map((id, at) => ({ id, project_id: `proj_${at >> 1}`, assignees: [{ id: 'usr_1' }] }));
    const reads: string[] = [];
    const api = {
      getTicket: async ({ ticket_id }: { ticket_id: string }) => {
        reads.push(ticket_id);
        return sees.find(({ id }) => id === ticket_id)!;
      },
      listTickets: async ({ project_id }: Ticket) => {
        reads.push(project_id!);
        return { items: sees.filter((one) => one.project_id === project_id) };
      },
    };
    const { call } = callThat([], { api, confirmApi: () => api });
    const assigned = {
      isDone: ({ assignees }: { assignees?: { id?: string | null }[] | null }) =>
        assignees?.[0]?.id === 'usr_1',
      asked: { user_id: 'usr_1', isAssigned: true },
    };
    const answer = await inChunks(call, all, async () => ({ results: [] }), assigned);
    expect(reads).toEqual([all[0], 'proj_0', all[2], 'proj_1', all[4], 'proj_2']);
    expect(answer.notes![0]).toBe('6 of 8 done; see error of the others.');
    expect(answer.notes!.join('\n')).not.toContain('casts doubt');
  });

  test.each([
    403, 404, 410,
  ])('of which one is gone, and one in a project without such a column (HTTP %i), is looked for all the same', async (status) => {
    const [gone, elsewhere, a, b] = ids(4) as [string, string, string, string];
    const sees = [
      { id: elsewhere, project_id: 'proj_1', column_id: 'col_1' },
      { id: a, project_id: 'proj_2', column_id: 'col_done' },
      { id: b, project_id: 'proj_2', column_id: 'col_done' },
    ];
    const { call, reads } = callThat(sees);
    const { listTickets } = call.confirmApi();
    call.confirmApi().listTickets = async (args) => {
      const list = await listTickets(args);
      if (args.project_id === 'proj_1') throw failure('rejected', status);
      return list;
    };
    const answer = await inChunks(call, [gone, elsewhere, a, b], async () => ({ results: [] }), inDone);
    expect(reads).toEqual([gone, elsewhere, 'proj_1/col_done', a, 'proj_2/col_done']);
    expect(answer.notes![0]).toBe('2 of 4 done; see error of the others.');
  });

  test('of many that are gone, three are looked at', async () => {
    const { call, reads } = callThat();
    const answer = await inChunks(call, ids(20), async () => ({ results: [] }), inDone);
    expect(reads).toEqual(ids(3));
    expect(answer.notes![0]).toBe('0 of 20 done; see error.');
  });

  test('says of a ticket that it is archived, whether its row or a look shows it', async () => {
    const [a, b, c] = ids(3) as [string, string, string];
    const row = (id: string, status: string) => ({
      ticket_id: id,
      title: 'x',
      project_id: 'proj_1',
      column_id: 'col_done',
      status,
    });
    const send = async () => ({ results: [row(a, 'active'), row(b, 'archived')] }) as BulkAnswer;
    const { call } = callThat([{ ...row(c, 'archived'), id: c }]);
    const answer = await inChunks(call, [a, b, c], send, inDone);
    expect(groupsOf(answer)).toEqual([
      { ok: true, tickets: 1, ticket_ids: [a] },
      { ok: true, tickets: 2, ticket_ids: [b, c], status: 'archived' },
    ]);
  });

  test('a long reason is cut between two characters', async () => {
    const message = `${'x'.repeat(199)}😀 and more`;
    const code = `${'x'.repeat(59)}😀`;
    const [a, b] = ids(2) as [string, string];
    const results = [
      { ticket_id: a, ok: false, error: { code, message } },
      { ticket_id: b, ok: null, error: { message } },
    ];
    const answer = await inChunks(callThat().call, [a, b], async () => ({ results }) as BulkAnswer, inDone);
    const errors = groupsOf(answer).map(({ error }) => error as { code: string; message: string });
    for (const text of errors.flatMap((one) => [one.code, one.message])) expect(text).not.toMatch(/\p{Cs}/u);
    expect(errors[0]!.message).toBe(`${'x'.repeat(199)}…`);
  });

  test('what a row calls its own outcome is not what became of the call', async () => {
    const [a, b] = ids(2) as [string, string];
    const error = { code: 'forbidden', outcome: 'outcome_unknown' };
    const results = [
      { ticket_id: a, ok: true },
      { ticket_id: b, ok: false, error },
    ];
    const answer = await inChunks(callThat().call, [a, b], async () => ({ results }), inDone);
    expect(groupsOf(answer)[1]).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(JSON.stringify([groupsOf(answer), answer.notes])).not.toContain('outcome_unknown');
  });

  test('rows that name no ticket stand for those that were sent, where there are as many', async () => {
    const [a, b] = ids(2) as [string, string];
    const send = async (): Promise<BulkAnswer> => ({
      results: [{ ok: true }, { ok: false, error: { code: 'forbidden' } }],
    });
    const answer = await inChunks(callThat().call, [a, b], send, inDone);
    expect(groupsOf(answer)).toMatchObject([
      { ok: true, ticket_ids: [a] },
      { ok: false, ticket_ids: [b], error: { code: 'forbidden' } },
    ]);
    const one = async (): Promise<BulkAnswer> => ({ results: [{ ok: true }] });
    const left = await inChunks(callThat().call, [a, b], one, inDone);
    expect(groupsOf(left)).toMatchObject([{ ok: false, tickets: 2, error: { code: 'not_confirmed' } }]);
  });

  test('a row may name its ticket by the address of its page, in any order', async () => {
    const [a, b] = ids(2) as [string, string];
    const at = (id: string) => `https://app.toado.dev/tickets/${id}`;
    const no = { ok: false, error: { code: 'forbidden' } };
    for (const results of [
      [
        { ticket_id: at(b), ...no },
        { ticket_id: `/api/v1/tickets/${a}`, ok: true },
      ],
      [
        { url: at(b), ...no },
        { href: at(a), ok: true },
      ],
    ]) {
      const answer = await inChunks(callThat().call, [a, b], async () => ({ results }), inDone);
      expect(groupsOf(answer)).toMatchObject([
        { ok: true, ticket_ids: [a] },
        { ok: false, ticket_ids: [b], error: { code: 'forbidden' } },
      ]);
    }
    // One row with an address is about that ticket, and not about whichever was sent first.
    const only = async (): Promise<BulkAnswer> => ({ results: [{ ok: true, url: at(b) }] as never });
    expect(groupsOf(await inChunks(callThat().call, [a, b], only, inDone))).toMatchObject([
      { ok: false, ticket_ids: [a] },
      { ok: true, ticket_ids: [b] },
    ]);
    // Another ticket's row, wherever its address leads.
    for (const row of [
      { ticket_id: 't-other1', ok: true, url: at(a) },
      { ok: true, url: at('t-other1') },
    ]) {
      const other = async (): Promise<BulkAnswer> => ({ results: [row] as never });
      const told = await inChunks(callThat().call, [a], other, inDone);
      expect(groupsOf(told)).toMatchObject([{ ok: false, error: { code: 'not_confirmed' } }]);
    }
    // An address of something else names none.
    const elsewhere = async (): Promise<BulkAnswer> => ({
      results: [{ ok: true, url: '/columns/col_1' }] as never,
    });
    expect(groupsOf(await inChunks(callThat().call, [a], elsewhere, inDone))).toMatchObject([{ ok: true }]);
  });

  test('rows of none of the tickets are shown where one is unconfirmed, and words beside them', async () => {
    const [a, b] = ids(2) as [string, string];
    const other = { ticket_id: 't-other1', ok: false, error: { message: 'locked' } };
    const told = (results: unknown[], said = {}) => {
      const given = { results } as BulkAnswer;
      keepExtraFields(given, said);
      return inChunks(callThat().call, [a, b], async () => given, inDone);
    };
    const silent = [
      { ticket_id: 't-other2', title: 'A whole ticket', ok: null },
      { ticket_id: 't-other3', ok: true },
      { ticket_id: 't-other4' },
    ];
    const left = await told([other, ...silent], {
      message: 'one is locked',
    });
    expect(left.data).toMatchObject({ other_rows: [other], message: 'one is locked' });
    expect(groupsOf(left)).toMatchObject([{ ok: false, tickets: 2, error: { code: 'not_confirmed' } }]);
    const all = [other, { ticket_id: a, ok: true }, { ticket_id: b, ok: true }];
    expect(Object.keys((await told(all, { message: 'moved' })).data)).not.toEqual(
      expect.arrayContaining([expect.stringMatching('other_rows|message')]),
    );
    const many = await told(Array.from({ length: 500 }, () => other));
    expect(many.data.other_rows).toHaveLength(20);
  });

  test('of two rows for one ticket, the worse one counts, in either order', async () => {
    const [a] = ids(1) as [string];
    const yes = { ticket_id: a, ok: true };
    const no = { ticket_id: a, ok: false, error: { code: 'forbidden', message: `${a} is theirs` } };
    for (const results of [
      [yes, no],
      [no, yes],
    ]) {
      const answer = await inChunks(callThat().call, [a], async () => ({ results }), inDone);
      expect(groupsOf(answer)).toEqual([
        { ok: false, tickets: 1, ticket_ids: [a], error: { code: 'forbidden', message: '<id> is theirs' } },
      ]);
      expect(answer.failed).toEqual({ code: 'forbidden', outcome: 'rejected' });
    }
  });

  test.each<[what: string, rows: Record<string, unknown>[], isDone: boolean]>([
    ['no more', [], true],
    ['a no of no ticket', [{ ok: false, error: { message: 'One is locked.' } }], false],
    ['a yes of no ticket', [{ ok: true }], true],
    ['words of no ticket', [{ message: 'Two were sent.' }], true],
  ])('a yes for each, and %s', async (_, more, isDone) => {
    const sent = ids(2);
    const rows = [...sent.map((ticket_id) => ({ ticket_id, ok: true })), ...more];
    const answer = await inChunks(callThat().call, sent, async () => ({ results: rows }), inDone);
    expect(groupsOf(answer).map(({ ok }) => ok)).toEqual([isDone]);
  });

  test('a row in which nothing stands where the ticket would be is no yes', async () => {
    const [a, b] = ids(2) as [string, string];
    const rows = [{ ticket_id: a, ticket: null }, { ticket_id: b }];
    const answer = await inChunks(callThat().call, [a, b], async () => ({ results: rows }), inDone);
    expect(groupsOf(answer)).toMatchObject([
      { ok: false, ticket_ids: [a] },
      { ok: true, ticket_ids: [b] },
    ]);
  });

  test('a row that is the whole ticket says by its state whether it was done', async () => {
    const [a, b] = ids(2) as [string, string];
    const results = [
      { ticket_id: a, title: 'A', column_id: 'col_done' },
      { ticket_id: b, title: 'B', column_id: 'col_todo' },
    ];
    const answer = await inChunks(callThat().call, [a, b], async () => ({ results }) as BulkAnswer, inDone);
    expect(groupsOf(answer)).toMatchObject([
      { ok: true, ticket_ids: [a] },
      { ok: false, ticket_ids: [b], error: { code: 'not_confirmed', outcome: 'accepted' } },
    ]);
  });
});

describe('groups', () => {
  const result = (at: number, error?: Result['error']): Result => ({
    ticket_id: `t-${at}`,
    ok: !error,
    ...(error && { error }),
  });
  const many = [
    ...Array.from({ length: 11 }, (_, at) => result(at)),
    result(11, { code: 'forbidden', outcome: 'rejected', message: 'theirs' }),
    result(12),
    result(13, { code: 'forbidden', outcome: 'rejected', message: 'also theirs' }),
    result(14, { code: 'conflict', outcome: 'rejected' }),
  ];
  const inWords = () => groupedResults(many).map((form) => form());

  test('the largest names its tickets up to ten, wherever it stands', () => {
    const [full] = inWords();
    expect(groupedResults(many.toReversed())[0]!()).toContainEqual({
      ok: true,
      tickets: 12,
      all_others: true,
    });
    expect(full![0]).toEqual({ ok: true, tickets: 12, all_others: true });
    const ten = groupedResults(many.slice(0, 10))[0]!();
    expect(ten).toEqual([
      { ok: true, tickets: 10, ticket_ids: many.slice(0, 10).map((one) => one.ticket_id) },
    ]);
  });

  test('in ever fewer words', () => {
    const [full, byCode, byOutcome, byPlace] = inWords();
    expect(full).toHaveLength(4);
    expect(byCode).toEqual([
      { ok: true, tickets: 12, all_others: true },
      {
        ok: false,
        tickets: 2,
        ticket_ids: ['t-11', 't-13'],
        error: { code: 'forbidden', outcome: 'rejected' },
        for_example: 'theirs',
      },
      { ok: false, tickets: 1, ticket_ids: ['t-14'], error: { code: 'conflict', outcome: 'rejected' } },
    ]);
    expect(byOutcome![1]).toEqual({
      ok: false,
      tickets: 3,
      outcome: 'rejected',
      ticket_ids: ['t-11', 't-13', 't-14'],
    });
    expect(byPlace).toEqual([
      { ok: true, tickets: 12, all_others: true },
      { ok: false, tickets: 3, positions: '12, 14-15' },
    ]);
  });
});
