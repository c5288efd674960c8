/** A write whose answer was lost: when a look decides, when it is sent again, and what is told. */
import { expect, test } from 'vitest';
import { Failure, type FailureDetails, type Outcome } from '../../../src/base/failure.ts';
import { Accepted } from '../../../src/toado-api/answers/accepted-without-row.ts';
import { ServerClock } from '../../../src/toado-api/client/clock.ts';
import type { Arguments } from '../../../src/tool-kit/arguments/read-arguments.ts';
import type { Confirmation, Tool, ToolCall } from '../../../src/tool-kit/definition/define-tool.ts';
import { CreateTracker } from '../../../src/tool-kit/unconfirmed-writes/create-tracker.ts';
import {
  runConfirmed,
  sentWriteOf,
  type TrackedWrite,
} from '../../../src/tool-kit/unconfirmed-writes/run-confirmed.ts';

const NONE_SEEN = () => ({ kinds: new Set<string>(), times: new Map<string, string>() });

const failed = (outcome: Outcome, more: Partial<FailureDetails> & { code?: string } = {}) => {
  const { code = 'unreachable', ...details } = more;
  return new Failure(code, 'Away.', 'Wait.', { outcome, retryAfter: 0.001, ...details });
};
const LOST = failed('outcome_unknown');
const UNCHANGED: Confirmation = { seen: 'It is as it was.', isUnchanged: true };
const DONE = { data: { id: 't-1' } };

const NOTHING: TrackedWrite = {
  isSince: () => undefined,
  isUntouched: () => false,
  isTaken: () => false,
  others: () => 0,
  isDaysOld: () => false,
  answered: () => {},
  setsUpdatedAt: () => true,
};

interface Case {
  effect?: 'update' | 'add';
  /** What each attempt comes to; those after them the last. */
  runs: (typeof DONE | Error)[];
  look?: Confirmation | Error | undefined | (() => Confirmation);
  sent?: Partial<TrackedWrite>;
  leftMs?: number;
  signal?: AbortSignal;
}

async function outcome({ effect = 'update', runs, look, sent, leftMs = 5_000, signal }: Case) {
  let attempts = 0;
  let looks = 0;
  const tool = {
    effect,
    async run() {
      const end = runs[Math.min(attempts++, runs.length - 1)]!;
      if (end instanceof Error) throw end;
      return end;
    },
    async row() {
      return { data: { read: true } };
    },
    async confirmWrite() {
      looks++;
      if (look instanceof Error) throw look;
      return typeof look === 'function' ? look() : look;
    },
  } as unknown as Tool;
  const call = {
    input: { ticket_id: 't-1' },
    session: {},
    signal: signal ?? new AbortController().signal,
  } as unknown as ToolCall<Arguments>;
  const end = await runConfirmed(
    tool,
    call,
    () => call,
    { ...NOTHING, ...sent },
    performance.now() + leftMs,
  ).then(
    (answer) => ({ answer }),
    (error: Failure) => ({ error }),
  );
  return { attempts, looks, ...end };
}

test('what was answered needs no look', async () => {
  expect(await outcome({ runs: [DONE] })).toEqual({ attempts: 1, looks: 0, answer: DONE });
  const no = failed('rejected');
  expect(await outcome({ runs: [no] })).toEqual({ attempts: 1, looks: 0, error: no });
  const bug = new TypeError('a bug');
  expect(await outcome({ runs: [bug] })).toEqual({ attempts: 1, looks: 0, error: bug });
});

test('a look that shows it is the answer', async () => {
  const answer = { data: { id: 't-1', seen: true } };
  expect(await outcome({ runs: [LOST], look: { seen: 'There.', answer } })).toEqual({
    attempts: 1,
    looks: 1,
    answer,
  });
});

test('the ticket is as it was: it is sent again, twice, and what was seen is told', async () => {
  expect(await outcome({ runs: [LOST, DONE], look: UNCHANGED })).toEqual({
    attempts: 2,
    looks: 1,
    answer: DONE,
  });
  const { attempts, looks, error } = (await outcome({ runs: [LOST], look: UNCHANGED })) as {
    attempts: number;
    looks: number;
    error: Failure;
  };
  expect([attempts, looks]).toEqual([3, 3]);
  expect(error).toMatchObject({
    outcome: 'outcome_unknown',
    sentence: 'Away. It is as it was.',
    next: 'Wait.',
  });
});

test('a later “no” doesn’t tell of the first attempt', async () => {
  const { attempts, error } = (await outcome({ runs: [LOST, failed('rejected')], look: UNCHANGED })) as {
    attempts: number;
    error: Failure;
  };
  expect(attempts).toBe(2);
  expect(error).toMatchObject({ outcome: 'outcome_unknown', sentence: 'Away. It is as it was.' });
});

test.each<[what: string, Case]>([
  ['somebody has changed it', { runs: [LOST], look: { seen: 'It is elsewhere.' } }],
  ['there is nothing to look at', { runs: [LOST], look: undefined }],
  ['the look fails', { runs: [LOST], look: failed('no_answer') }],
  [
    'nothing has shown that such writes change its times',
    { runs: [LOST], look: UNCHANGED, sent: { setsUpdatedAt: () => false } },
  ],
  ['it adds something', { runs: [LOST], look: UNCHANGED, effect: 'add' }],
  ['it was answered with a success', { runs: [failed('outcome_unknown', { status: 200 })], look: UNCHANGED }],
  ['it was redirected', { runs: [failed('outcome_unknown', { status: 302 })], look: UNCHANGED }],
  ['there is no time left', { runs: [LOST], look: UNCHANGED, leftMs: -1 }],
  [
    'the wait is too long',
    { runs: [failed('outcome_unknown', { retryAfter: 5.001 })], look: UNCHANGED, leftMs: 9_000 },
  ],
  [
    'it would be too late',
    { runs: [failed('outcome_unknown', { retryAfter: 2 })], look: UNCHANGED, leftMs: 1_000 },
  ],
  ['nobody wants it any more', { runs: [LOST], look: UNCHANGED, signal: AbortSignal.abort() }],
])('it is not sent again where %s', async (_, given) => {
  const { attempts, looks, error } = (await outcome(given)) as {
    attempts: number;
    looks: number;
    error: Failure;
  };
  expect([attempts, looks]).toEqual([1, 1]);
  expect(error).toMatchObject({ outcome: 'outcome_unknown', next: 'Wait.' });
});

test('what a person changes in the wait before another attempt is seen, and not overwritten', async () => {
  const slow = failed('outcome_unknown', { retryAfter: 0.2 });
  const began = performance.now();
  const look = () => ({ seen: 'Seen.', isUnchanged: performance.now() - began < 100 });
  const { attempts, error } = (await outcome({ runs: [slow, DONE], look })) as {
    attempts: number;
    error: Failure;
  };
  expect(attempts).toBe(1);
  expect(error).toMatchObject({ outcome: 'outcome_unknown', sentence: 'Away. Seen.' });
});

test('a gateway’s 502 is no answer of Toado’s: it is sent again', async () => {
  const gateway = failed('outcome_unknown', { status: 502 });
  expect((await outcome({ runs: [gateway, DONE], look: UNCHANGED })).attempts).toBe(2);
});

test('a cancelled call is not looked at', async () => {
  const cancelled = failed('outcome_unknown', { code: 'cancelled' });
  expect(await outcome({ runs: [cancelled], look: UNCHANGED })).toEqual({
    attempts: 1,
    looks: 0,
    error: cancelled,
  });
});

test('rows that may be its own are listed, and otherwise what there was stays', async () => {
  const lists = { title: 'There is:', text: 'x' };
  const told = async (rows?: string) => {
    const end = await outcome({
      runs: [failed('outcome_unknown', { lists })],
      look: { seen: 'Two.', ...(rows && { rows }) },
    });
    return (end as { error: Failure }).error.details.lists;
  };
  expect(await told('cmt_1')).toEqual({ title: 'Found:', text: 'cmt_1' });
  expect(await told()).toEqual(lists);
});

test('what was accepted without its row is read, and not sent again', async () => {
  const { attempts, looks, ...end } = await outcome({ runs: [new Accepted(204)] });
  expect([attempts, looks, end]).toEqual([1, 0, { answer: { data: { read: true } } }]);
});

test('a row that another call has made is not this one’s', async () => {
  const sent = { isTaken: (id: string) => id === 't-1' };
  expect(await outcome({ runs: [DONE], effect: 'add', sent })).toMatchObject({
    answer: { data: { read: true } },
  });
  expect(await outcome({ runs: [DONE], sent })).toMatchObject({ answer: DONE });
});

test('a row that is days old is not what an addition made, and is named all the same', async () => {
  const sent = { isDaysOld: (at: string) => at < '2026' };
  const answered = (data: object) => outcome({ runs: [{ data } as typeof DONE], effect: 'add', sent });
  expect(await answered({ id: 't-9', created_at: '2026-05-01' })).toMatchObject({
    answer: { data: { id: 't-9' } },
  });
  for (const old of [{ created_at: '2020-05-01' }, { created: { at: '2020-05-01' } }]) {
    const { answer } = (await answered({ id: 't-9', title: 'Old', ...old })) as unknown as {
      answer: typeof DONE;
    };
    expect(answer.data).toEqual({
      read: true,
      toado_answered: { id: 't-9', title: 'Old', created_at: '2020-05-01' },
    });
  }
  const data = { id: 't-9', created_at: '2020-05-01' };
  expect(await outcome({ runs: [{ data } as typeof DONE], sent })).toMatchObject({ answer: { data } });
});

test('a time in whole seconds stands for all of its second', () => {
  const clock = new ServerClock();
  const began = performance.now();
  const second = 1_000 * Math.floor(Date.now() / 1_000);
  clock.learn({ status: 200, headers: { date: new Date(second).toUTCString() } }, began);
  // The call began in the middle of a second of the API's clock.
  const known = { clock, creates: new CreateTracker(), updatedAtWrites: NONE_SEEN() };
  const { isSince } = sentWriteOf(began + 500, known, { name: 'move_ticket' }, {}, undefined);
  const whole = new Date(second).toISOString();
  expect(isSince(whole)).toBe(false);
  expect(isSince(whole.replace('.000', ''))).toBe(true);
  expect([isSince(undefined), isSince(null), isSince('soon')]).toEqual([undefined, undefined, undefined]);
});

test('other calls of the same words count only for what adds something', () => {
  const creates = new CreateTracker();
  const [one] = [creates.begin('add_comment', 'Hi'), creates.begin('add_comment', 'Hi')];
  const known = { clock: new ServerClock(), creates, updatedAtWrites: NONE_SEEN() };
  const sentBy = (pending?: typeof one) => sentWriteOf(0, known, { name: 'add_comment' }, {}, pending);
  expect([sentBy(one).others((input) => input === 'Hi'), sentBy().others(() => true)]).toEqual([1, 0]);
  creates.made(one, 'cmt_1');
  expect([sentBy().isTaken('cmt_1'), sentBy().isTaken('cmt_2')]).toEqual([true, false]);
});

test('a ticket is untouched only where writes of that kind change its time, and that is long ago', () => {
  const clock = new ServerClock();
  const began = performance.now();
  clock.learn({ status: 200, headers: { date: new Date().toUTCString() } }, began);
  const known = { clock, creates: new CreateTracker(), updatedAtWrites: NONE_SEEN() };
  const sent = (name: string, input: Arguments) => sentWriteOf(began, known, { name }, input, undefined);
  const move = sent('move_ticket', { ticket_id: 't-1', target_column_id: 'col_1', position: undefined });
  const ago = (s: number) => new Date(Date.now() - s * 1000).toISOString();
  const at = (s: number) => move.isUntouched({ updated_at: ago(s) });
  expect(at(3_600)).toBe(false);
  const now = ago(0);
  sent('create_ticket', {}).answered({ id: 't-2', updated_at: now });
  for (const row of [{ id: 't-1', updated_at: ago(60) }, { id: 't-1' }, { id: 't-2', updated_at: now }])
    move.answered(row);
  expect([move.setsUpdatedAt(), at(3_600)]).toEqual([false, false]);
  move.answered({ id: 't-1', updated_at: now });
  expect([3_600, 130, 100, 3, 0].map(at)).toEqual([true, true, false, false, false]);
  expect(move.isUntouched({})).toBe(false);
  const by = { user: { id: 'u', name: 'U' }, token: null, via: 'web', at: ago(0) } as const;
  expect(move.isUntouched({ updated_at: ago(3_600), updated: by })).toBe(false);
  const untouched = (name: string, input: Arguments) =>
    sent(name, input).isUntouched({ updated_at: ago(3_600) });
  expect(untouched('move_ticket', { target_column_id: 'col_2', ticket_id: 't-2' })).toBe(true);
  // Other fields, or another tool: those may leave the time as it is.
  expect(untouched('move_ticket', { ticket_id: 't-1', target_column_id: 'col_1', position: 0 })).toBe(false);
  expect(untouched('archive_ticket', { ticket_id: 't-1', target_column_id: 'col_1' })).toBe(false);
});
