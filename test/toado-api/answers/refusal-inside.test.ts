/** A success with an error in it: with a code of Toado's it was none, otherwise it is shown beside the thing. */
import { describe, expect, test } from 'vitest';
import { Accepted } from '../../../src/toado-api/answers/accepted-without-row.ts';
import { readAnswer } from '../../../src/toado-api/answers/read-answer.ts';
import { readSuccess } from '../../../src/toado-api/answers/read-success.ts';
import { refusalIn } from '../../../src/toado-api/answers/refusal-inside.ts';
import { routes } from '../../../src/toado-api/routes/routes.ts';
import { Reading } from '../../../src/toado-api/schema-kit/reading.ts';

const form = routes.updateTicket.answer;
const ticket = { id: 't-abc123', title: 'A' };

test.each([
  ['an object', { code: 'forbidden', message: 'This token may not.' }],
  ['a word', 'forbidden'],
])('beside a ticket, with a code of Toado’s: %s', (_, error) => {
  const body = { error, ticket: { ...ticket } };
  expect(refusalIn(form, body)).toBe(body);
});

test.each([
  ['another word', 'the mail could not be sent'],
  ['another code', { code: 'mail_failed' }],
])('beside a ticket, %s: done, and shown', (_, error) => {
  const body = { error, ticket: { ...ticket } };
  expect(refusalIn(form, body)).toBeUndefined();
  expect(readAnswer(form, body, {}, new Reading())).toMatchObject({ ...ticket, error });
});

test.each([null, '', []])('no error at all: %j', (error) => {
  const body = { error, ticket: { ...ticket } };
  expect(refusalIn(form, body)).toBeUndefined();
  expect(readAnswer(form, body, {}, new Reading())).not.toHaveProperty('error');
});

const NO_RIGHTS = { code: 'forbidden', message: 'This token may not.' };

test.each([
  { ...ticket, error: NO_RIGHTS },
  { ticket: { ...ticket, error: NO_RIGHTS } },
  { data: { ticket, error: NO_RIGHTS } },
  { data: { ticket }, errors: [NO_RIGHTS] },
  { ticket, meta: { status: 'error' } },
  { ticket, meta: { ok: false } },
])('a ticket with a no inside of it is none that was written: %j', (body) => {
  expect(refusalIn(form, body)).toBeDefined();
  // What is only read is shown, with what is said.
  if (!('meta' in body)) expect(refusalIn(form, { ...ticket, error: NO_RIGHTS }, true)).toBeUndefined();
});

test.each([
  { data: false },
  { result: false },
  { STATUS: 'ERROR' },
  { code: 1001, msg: 'no rights' },
  { return_code: 'FAIL' },
  { status: { code: 403, message: 'no rights' } },
  { status: { success: false } },
  { outcome: { ok: false } },
])('a no where a ticket should be: %j', (body) => {
  expect(refusalIn(form, body)).toBeDefined();
});

test.each([
  { code: 0, msg: 'ok' },
  { code: 1, msg: 'success' },
  { code: 200, message: 'Saved' },
  { status: { code: 200 } },
  { ok: true, meta: { count: 1 } },
])('a yes where a ticket should be: %j', (body) => {
  expect(refusalIn(form, body)).toBeUndefined();
});

describe('a yes and an error at once is no refusal of a write, and confirms nothing', () => {
  const ERRORS = [
    'denied',
    { code: 'mail_failed', message: 'no' },
    { code: 'forbidden' },
    ['denied'],
    true,
    7,
  ];
  const bodies = ERRORS.flatMap((error) => [
    { ok: true, error },
    { success: true, ...(Array.isArray(error) ? { errors: error } : { error }) },
    { status: 'ok', error },
    { success: 'yes', data: { error } },
    { data: { result: 'success', error } },
    { ok: true, data: null, meta: { error } },
  ]);
  test.each(bodies)('%j', async (body) => {
    expect(refusalIn(form, body)).toBeUndefined();
    const accepted = await written(body);
    expect(accepted).toBeInstanceOf(Accepted);
    expect(accepted).toMatchObject({ status: undefined });
    expect(JSON.stringify(accepted.said)).toContain('error');
  });

  test.each([null, '', [], {}, false, 0, 'none'])('but not beside %j, which is none', async (error) => {
    const none = error === 'none' ? {} : { error, errors: error };
    expect(await written({ ok: true, ...none })).toMatchObject({ status: 200 });
  });

  test('what was asked for is not there, so a read is refused in Toado’s words', () => {
    expect(refusalIn(routes.getTicket.answer, { status: 'ok', error: 'denied' }, true)).toBeDefined();
  });

  test('a clear no beside it stays one', () => {
    expect(refusalIn(form, { ok: true, data: { ok: false, error: 'denied' } })).toBeDefined();
    expect(refusalIn(form, { ok: true, status: 'failed', error: 'denied' })).toBeDefined();
  });

  async function written(body: object): Promise<Accepted> {
    const route = routes.updateTicket;
    const answer = {
      status: 200,
      text: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    };
    const request = { route, host: 'x', isNextPage: false };
    return readSuccess(answer as never, request as never, form, new Reading()).then(
      () => expect.fail('it is no ticket'),
      (error) => error,
    );
  }
});

test('an error beside rows by id leaves them', () => {
  const rows = { 't-1': ticket, 't-2': ticket };
  expect(refusalIn(routes.listTickets.answer, { items: rows, error: 'half' })).toBeUndefined();
});

describe('of a bulk call', () => {
  const bulk = routes.bulkMoveTickets.answer;
  test.each([
    { ok: ['t-1'], status: 'error' },
    { success: false, errors: [{ ticket_id: 't-1', message: 'archived' }] },
    { success: false, results: { 't-1': { ok: false } } },
    { success: false, data: { moved: [], failed: [{ id: 't-1', message: 'archived' }] } },
    { status: 'failed', tickets: [{ id: 't-1', error: 'archived' }] },
    { 't-1': { ok: true }, error: 'half' },
  ])('rows say more than what is around them: %j', (body) => {
    expect(refusalIn(bulk, body)).toBeUndefined();
    const { results } = readAnswer(bulk, structuredClone(body), {}, new Reading()) as { results: object[] };
    expect(results).toMatchObject([{ ticket_id: 't-1' }]);
  });

  test.each([
    { errors: [{ index: 1, message: 'archived' }] },
    { errors: [{ row: 0, message: 'archived' }] },
    { errors: [null, 'archived'] },
    { errors: { 1: 'archived' } },
    { errors: { 't-abc123': 'archived' } },
    { errors: [{ message: 'archived' }], shifted: [{ id: 't-1' }] },
  ])('errors of some of the tickets, or beside a list of whatever name, are no refusal of all: %j', (body) => {
    expect(refusalIn(bulk, body)).toBeUndefined();
  });

  test('how many succeeded is no refusal, whatever is said beside it', () => {
    expect(refusalIn(bulk, { succeeded: 2, error: 'the mail could not be sent' })).toBeUndefined();
  });

  test.each([
    { success: false, errors: [{ message: 'read-only' }] },
    { errors: [{ id: 'err-1', status: '403', title: 'Forbidden' }] },
    { errors: ['read-only'], results: [] },
    { errors: { ticket_ids: 'too many' } },
    { status: 'error', message: 'read-only', moved: [], failed: [] },
    { errorCode: 403 },
    { error: 7 },
    { result: 'not found' },
  ])('without rows it is a refusal: %j', (body) => {
    expect(refusalIn(bulk, body)).toBeDefined();
  });
});
