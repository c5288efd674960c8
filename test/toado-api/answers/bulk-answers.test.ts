/** The forms in which an API may say of each ticket how it fared. */
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import { extraFieldsOf } from '../../../src/toado-api/answers/extra-fields.ts';
import { isDoubted, refusalOf, rowsOfRefusal } from '../../../src/toado-api/answers/read-bulk.ts';
import type { BulkAnswer } from '../../../src/toado-api/routes/answer-forms.ts';
import { routes } from '../../../src/toado-api/routes/routes.ts';
import { Reading } from '../../../src/toado-api/schema-kit/reading.ts';
import { type Data, read } from './reading-answers.ts';

describe('bulk answers', () => {
  const good = { ticket_id: 'a', ok: true };
  test.each([
    ['the contract', { results: [good, { ticket_id: 'b', ok: false, error: { code: 'x', message: 'm' } }] }],
    ['bare', [good, { ticket_id: 'b', success: false, error: { code: 'x', message: 'm' } }]],
    [
      'an envelope',
      { data: { results: [good, { id: 'b', status: 'failed', error: { type: 'x', detail: 'm' } }] } },
    ],
    ['two lists', { succeeded: ['a'], failed: [{ id: 'b', error: { code: 'x', message: 'm' } }] }],
    [
      'statuses',
      {
        items: [
          { ticketId: 'a', status: 200 },
          { ticketId: 'b', status: 404, error: { code: 'x', message: 'm' } },
        ],
      },
    ],
  ])('%s', (_, json) => {
    const { results } = read('bulkMoveTickets', json) as { results: Data[] };
    expect(results.map(({ ticket_id, ok }) => [ticket_id, ok])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(results[1]!.error).toMatchObject({ code: 'x', message: 'm' });
  });

  test.each([
    ['objects', { results: { 't-aaa111': { ok: true }, 't-bbb222': { ok: false, error: 'm' } } }],
    ['words', { 't-aaa111': 'ok', 't-bbb222': 'forbidden' }],
    ['flags, in an envelope', { data: { 't-aaa111': true, 't-bbb222': false } }],
    ['statuses', { tickets: { 't-aaa111': { status: 200 }, 't-bbb222': { status: 403 } } }],
    ['bare, beside an error', { 't-aaa111': { ok: true }, 't-bbb222': { ok: false }, error: 'one failed' }],
    ['bare, beside errors', { 't-aaa111': true, 't-bbb222': false, errors: [{ message: 'audit log' }] }],
    ['bare, beside a word', { 't-aaa111': { ok: true }, 't-bbb222': { ok: false }, message: 'done' }],
    ['further in', { data: { results: { 't-aaa111': true, 't-bbb222': false } }, error: 'half' }],
    ['by outcome', { succeeded: { 't-aaa111': {} }, failed: { 't-bbb222': {} }, error: 'half' }],
    ['by outcome, further in', { data: { result: { succeeded: ['t-aaa111'], failed: ['t-bbb222'] } } }],
    ['by outcome, some in meta', { succeeded: ['t-aaa111'], meta: { failed: ['t-bbb222'] } }],
  ])('by ticket: %s', (_, json) => {
    const { results } = read('bulkMoveTickets', json) as { results: Data[] };
    expect(results.map(({ ticket_id, ok }) => [ticket_id, ok])).toEqual([
      ['t-aaa111', true],
      ['t-bbb222', false],
    ]);
  });

  test.each([
    ['not_found', false],
    ['notFound', false],
    ['unprocessed', false],
    ['locked', false],
    ['skipped', null],
    ['unchanged', null],
  ])('those under %s are told with it', (name, ok) => {
    const { results, ...others } = read('bulkMoveTickets', { updated: ['t-aaa111'], [name]: ['t-bbb222'] });
    expect(results).toMatchObject([
      { ticket_id: 't-aaa111', ok: true },
      { ticket_id: 't-bbb222', ok, error: { code: name === 'notFound' ? 'not_found' : name } },
    ]);
    expect(others).toEqual({});
  });

  test('nothing under a ticket’s id says nothing, and a number is a status', () => {
    const said = (json: Data) => (read('bulkMoveTickets', json).results as Data[]).map(({ ok }) => ok);
    expect(said({ results: { 't-aaa111': null, 't-bbb222': 'forbidden' } })).toEqual([null, false]);
    expect(said({ 't-aaa111': 200, 't-bbb222': 403 })).toEqual([true, false]);
  });

  test('what is said where there is no row is kept, and once', () => {
    const said = (json: unknown) => read('bulkMoveTickets', json);
    expect(said({ job_id: 'j1' })).toEqual({ results: [], job_id: 'j1' });
    expect(said({ data: { updated: 2, job_id: 'j1' } })).toEqual({ results: [], updated: 2, job_id: 'j1' });
    expect(said({ results: { updated: 2, skipped: 1 } })).toEqual({
      results: [],
      toado_answered: { updated: 2, skipped: 1 },
    });
    expect(said('1 of 2 moved')).toEqual({ results: [], toado_answered: '1 of 2 moved' });
    for (const nothing of [{}, null, { results: {} }, { results: [] }, { results: null }, 'ok'])
      expect(said(nothing)).toEqual({ results: [] });
  });

  test('words of the answer’s own are kept for whoever finds a ticket unconfirmed', () => {
    const said = (json: unknown) => extraFieldsOf(read('bulkMoveTickets', json));
    expect(said({ status: 'queued', job_id: 'j1' })).toEqual({ status: 'queued' });
    expect(said({ data: { message: 'one is locked', status: 200 } })).toEqual({ message: 'one is locked' });
    expect(said({ results: [{ id: 't-aaa111', ok: true }], message: 'the rest later' })).toEqual({
      message: 'the rest later',
    });
    expect(said({ status: 'ok', code: 0, message: 'Success', errors: [] })).toBeUndefined();
  });

  test('rows under ids are read once, and a word in a list is how it went', () => {
    expect(read('bulkMoveTickets', { 't-aaa111': null, 't-bbb222': 'locked' })).toEqual({
      results: [
        { ticket_id: 't-aaa111', ok: null },
        { ticket_id: 't-bbb222', ok: null, status: 'locked' },
      ],
    });
    expect(read('bulkMoveTickets', ['moved', 'Ticket is locked', 't-aaa111'])).toMatchObject({
      results: [{ ok: true }, { ok: null, status: 'Ticket is locked' }, { ticket_id: 't-aaa111' }],
    });
  });

  test('lists beside results are told as rows, and not once more', () => {
    const { results, ...others } = read('bulkMoveTickets', {
      results: [{ ticket_id: 't-aaa111', ok: true }],
      not_found: ['t-bbb222'],
    });
    expect((results as Data[]).map(({ ticket_id, ok }) => [ticket_id, ok])).toEqual([
      ['t-aaa111', true],
      ['t-bbb222', false],
    ]);
    expect(others).toEqual({});
  });

  test('what looks like a row beside a list of rows is none', () => {
    const { results } = read('bulkMoveTickets', { results: [good], 'page-1': { next: null } });
    expect((results as Data[]).map(({ ticket_id, ok }) => [ticket_id, ok])).toEqual([['a', true]]);
  });

  test('a rehearsal’s yes is none; its no is one', () => {
    const results = [good, { ticket_id: 'b', ok: false }, { ticket_id: 'c' }];
    const said = read('bulkMoveTickets', { dry_run: true, results }).results as Data[];
    expect(said.map(({ ok }) => ok)).toEqual([null, false, null]);
    const apart = read('bulkMoveTickets', { dry_run: true, moved: ['t-aaa111'], failed: ['t-bbb222'] });
    expect((apart.results as Data[]).map(({ ok }) => ok)).toEqual([null, false]);
  });

  test('told as done and under a name of which nobody knows what it means, a ticket is not known to be done', () => {
    const oks = (more: object) => {
      const { results } = read('bulkMoveTickets', {
        results: [{ ticket_id: 't-aaa111', ok: true }],
        ...more,
      });
      return (results as Data[]).map(({ ok, error }) => [ok, (error as Data | undefined)?.code]);
    };
    expect(oks({ failed_ids: ['t-aaa111'] })).toEqual([
      [true, undefined],
      [null, 'failed_ids'],
    ]);
    expect(oks({ failed: ['t-aaa111'] })).toEqual([
      [true, undefined],
      [false, undefined],
    ]);
  });

  test('what stands under a name of errors and names no ticket is a no', () => {
    const { results } = read('bulkMoveTickets', {
      exceptions: [{ message: 'busy' }, { ticket_id: 't-aaa111', message: 'busy' }],
    });
    expect((results as Data[]).map(({ ok }) => ok)).toEqual([false, null]);
  });

  test('a list of those that went well says of the other rows that they are not known to', () => {
    const rows = [{ ticket_id: 't-aaa111' }, { ticket_id: 't-bbb222' }, { ticket_id: 't-ccc333', ok: false }];
    const oks = (more: object) => {
      const { results } = read('bulkMoveTickets', { results: rows, ...more });
      return (results as Data[]).slice(0, 3).map(({ ok }) => ok);
    };
    expect(oks({ moved: ['t-aaa111'] })).toEqual([undefined, null, false]);
    expect(oks({ moved: [{ id: 't-bbb222' }] })).toEqual([null, undefined, false]);
    // Those are nobody’s tickets.
    expect(oks({ moved: ['usr_1'] })).toEqual([undefined, undefined, false]);
  });

  test('by ticket, whatever characters ids are of', () => {
    const json = { 'gid://toado/Ticket/1': { ok: true }, 'VGlja2V0OjI=+-': { ok: false } };
    const { results } = read('bulkMoveTickets', json) as { results: Data[] };
    expect(results.map(({ ticket_id, ok }) => [ticket_id, ok])).toEqual([
      ['gid://toado/Ticket/1', true],
      ['VGlja2V0OjI=+-', false],
    ]);
  });

  test.each([
    ['statusCode', { statusCode: 404 }, 'ticket_not_found'],
    ['a status as text', { status: '404' }, 'ticket_not_found'],
    ['a code as number', { code: 404 }, 'ticket_not_found'],
    ['a code of its own', { errcode: 40001 }, '40001'],
    ['an error that is a number', { error: 7 }, '7'],
    ['a word', { result: 'not found' }, undefined],
  ])('a row that failed: %s', (_, said, code) => {
    const { results } = read('bulkMoveTickets', { results: [{ id: 't-1', ...said }] }) as { results: Data[] };
    expect(results[0]).toMatchObject({ ok: false, ...(code && { error: { code } }) });
  });

  test.each([
    { error: '' },
    { error: 0 },
    { error: {} },
    { code: 0 },
    { code: 200 },
    { statusCode: 204 },
  ])('a row that did not: %j', (said) => {
    const { results } = read('bulkMoveTickets', { results: [{ id: 't-1', ...said }] }) as { results: Data[] };
    expect(results[0]!.ok ?? true).toBe(true);
  });

  test('a number of which nobody knows what it means: the row is not confirmed', () => {
    const { results } = read('bulkMoveTickets', { results: [{ id: 't-1', code: 1004 }] }) as {
      results: Data[];
    };
    expect(results[0]).toMatchObject({ ok: null });
  });

  // Rows that say nothing of how they fared.
  const rows = [{ ticket_id: 't-1' }, { ticket_id: 't-2' }];
  test.each([
    { errorCode: 403 },
    { error_code: '500' },
    { errcode: 40001 },
    { ret: -1 },
    { code: 1004 },
    { error: ['t-2 is archived'] },
    { error: 1 },
    { errors: [{ message: 't-2 is archived' }] },
    { errors: [{ id: 'err-1', status: '403' }] },
    { errors: ['t-2 is archived'] },
    { result: 'Not Found' },
  ])('rows below %j are not confirmed, and the reason is shown', (said) => {
    const answer = read('bulkMoveTickets', { results: structuredClone(rows), ...said }) as {
      results: Data[];
      [name: string]: unknown;
    };
    expect(answer.results.map(({ ok }) => ok)).toEqual([null, null]);
    if ('errors' in said) expect(answer.errors).toEqual(said.errors);
  });

  test.each([
    { error: '' },
    { error: {} },
    { errors: [] },
    { errcode: 0 },
    { code: 200 },
  ])('rows below %j are', (said) => {
    const { results } = read('bulkMoveTickets', { results: structuredClone(rows), ...said }) as {
      results: Data[];
    };
    expect(results.map(({ ok }) => ok ?? true)).toEqual([true, true]);
  });

  test('errors that name their tickets are rows; the others say what is wrong with the call', () => {
    const named = { moved: ['t-1'], errors: [{ ticket_id: 't-2', message: 'archived' }] };
    expect(read('bulkMoveTickets', structuredClone(named))).toMatchObject({
      results: [
        { ticket_id: 't-1', ok: true },
        { ticket_id: 't-2', ok: false },
      ],
    });
    const unnamed = { moved: ['t-1'], errors: [{ message: 't-2 is archived' }] };
    expect(read('bulkMoveTickets', structuredClone(unnamed))).toEqual({
      results: [{ ticket_id: 't-1', ok: true }],
      errors: unnamed.errors,
    });
  });

  test('an empty list of outcomes hides none that is filled', () => {
    expect(read('bulkMoveTickets', { succeeded: [], moved: ['t-1'], failed: [] })).toMatchObject({
      results: [{ ticket_id: 't-1', ok: true }],
    });
  });

  test('a row’s status says which failure it is', () => {
    const { results } = read('bulkMoveTickets', { results: [{ id: 'b', status: 403, error: 'm' }] }) as {
      results: Data[];
    };
    expect(results[0]).toMatchObject({ ok: false, error: { code: 'forbidden', message: 'm' } });
  });

  test('tickets for the branch that was recorded on them', () => {
    const ticket = { id: 't-aaa111', title: 'A', branch_name: 'x' };
    for (const json of [ticket, [ticket], { ticket }, { tickets: [ticket] }])
      expect(read('startWork', json), JSON.stringify(json)).toEqual({
        branch_name: 'x',
        ticket_ids: ['t-aaa111'],
      });
  });

  test('an answer that names no ticket has no rows', () => {
    expect(read('bulkMoveTickets', { ok: true })).toEqual({ results: [] });
  });
});

test('bulk rows that are no more than yes or no', () => {
  expect(read('bulkMoveTickets', { results: [true, false] }).results).toMatchObject([
    { ok: true },
    { ok: false },
  ]);
});

test.each(['failed', 'failed_count', 'failedCount'])('bulk rows under %s: 1 are not confirmed', (name) => {
  const { results } = read('bulkMoveTickets', { results: [{ ticket_id: 't-abc123' }], [name]: 1 });
  expect(results).toMatchObject([{ ok: null }]);
  const { results: all } = read('bulkMoveTickets', { results: [{ ticket_id: 't-abc123' }], [name]: 0 });
  expect(all).not.toMatchObject([{ ok: null }]);
});

test.each([
  [{ count: 1 }, true],
  [{ total: '1' }, true],
  [{ summary: { count: 1 } }, true],
  [{ count: 2 }, false],
  [{ count: 'one' }, false],
])('rows of which %j were counted are in doubt: %s', (more, isDoubtful) => {
  const results = [{ ticket_id: 't-aaa111', ok: true }, { ticket_id: 't-bbb222' }];
  const no = { ticket_id: 't-ccc333', ok: false };
  const answer = read('bulkMoveTickets', { results: [...results, no], ...more }) as unknown as BulkAnswer;
  expect(isDoubted(answer)).toBe(isDoubtful);
});

test('far more rows than were sent, in lists that contradict each other, are read in time', () => {
  const ids = Array.from({ length: 50_000 }, (_, at) => `t-${at}`);
  const { results } = read('bulkMoveTickets', { moved: ids, failed_tickets: ids });
  expect((results as Data[])[ids.length]).toMatchObject({ ticket_id: 't-0', ok: null });
}, 10_000);

describe('rows with a refusal', () => {
  const failure = new Failure('conflict', 'No.', 'Look.', { outcome: 'rejected' });
  const rowsOf = (status: number, results: object[]) =>
    rowsOfRefusal(
      { status, text: JSON.stringify({ results }) },
      routes.bulkMoveTickets.answer,
      new Reading(),
      failure,
    );
  const rows = [
    { ticket_id: 't-aaa111', ok: true },
    { ticket_id: 't-bbb222', ok: false },
  ];

  test.each([400, 409, 422])('HTTP %i: what went well is not taken at its word', (status) => {
    const answer = rowsOf(status, rows)!;
    expect(answer.results.map(({ ok }) => ok)).toEqual([null, false]);
    expect(refusalOf(answer)).toBe(failure);
  });

  test.each([401, 429, 500, 503])('HTTP %i is about the call, whatever rows say', (status) => {
    expect(rowsOf(status, rows)).toBeUndefined();
  });

  test('of which none went well are the refusal’s own', () => {
    expect(rowsOf(409, rows.slice(1))).toBeUndefined();
  });
});
