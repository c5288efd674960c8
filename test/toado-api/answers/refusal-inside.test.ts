/** A success with an error in it: with a code of Toado's it was none, otherwise it is shown beside the thing. */
import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../../src/toado-api/answers/read-answer.ts';
import { refusalIn } from '../../../src/toado-api/answers/refusal-inside.ts';
import { Reading } from '../../../src/toado-api/fields/reading.ts';
import { routes } from '../../../src/toado-api/routes/routes.ts';

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

describe('of a bulk call', () => {
  const bulk = routes.bulkMoveTickets.answer;
  test.each([
    { ok: ['t-1'], status: 'error' },
    { success: false, errors: [{ ticket_id: 't-1', message: 'archived' }] },
    { success: false, results: { 't-1': { ok: false } } },
    { success: false, data: { moved: [], failed: [{ id: 't-1', message: 'archived' }] } },
    { status: 'failed', tickets: [{ id: 't-1', error: 'archived' }] },
  ])('rows say more than what is around them: %j', (body) => {
    expect(refusalIn(bulk, body)).toBeUndefined();
    const { results } = readAnswer(bulk, structuredClone(body), {}, new Reading()) as { results: object[] };
    expect(results).toMatchObject([{ ticket_id: 't-1' }]);
  });

  test.each([
    { success: false, errors: [{ message: 'read-only' }] },
    { errors: [{ id: 'err-1', status: '403', title: 'Forbidden' }] },
    { errors: ['read-only'], results: [] },
    { status: 'error', message: 'read-only', moved: [], failed: [] },
    { errorCode: 403 },
    { error: 7 },
    { result: 'not found' },
  ])('without rows it is a refusal: %j', (body) => {
    expect(refusalIn(bulk, body)).toBeDefined();
  });
});
