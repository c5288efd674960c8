/** What a 2xx says: the row, no more than that it was accepted, or nothing that can be believed. */
import { expect, test } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import { Accepted } from '../../../src/toado-api/answers/accepted-without-row.ts';
import { envelopeFieldsOf } from '../../../src/toado-api/answers/extra-fields.ts';
import { readSuccess } from '../../../src/toado-api/answers/read-success.ts';

import type { BulkAnswer } from '../../../src/toado-api/routes/answer-forms.ts';
import { type Route, type RouteName, routes } from '../../../src/toado-api/routes/routes.ts';
import { Reading } from '../../../src/toado-api/schema-kit/reading.ts';

interface Given {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** The value; what was accepted, without what is not said; or a failure's code and outcome. */
async function said(name: RouteName, { status = 200, headers = {}, body }: Given): Promise<unknown> {
  const route: Route = routes[name];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = { status, headers, text };
  return readSuccess(answer, { route, host: 'toado.test' }, route.answer, new Reading()).catch((error) => {
    if (error instanceof Failure) return [error.code, error.outcome];
    if (!(error instanceof Accepted)) throw error;
    return new Map(Object.entries({ ...error }).filter(([key, value]) => key !== 'name' && value));
  });
}

const accepted = (of: object) => new Map(Object.entries(of));
const ROW = { id: 't-abc123', title: 'A' };

test('a page is no answer, whatever was asked', async () => {
  const headers = { 'content-type': 'text/html' };
  const page = { headers, body: '<html><body>Sign in</body></html>' };
  expect(await said('archiveTicket', page)).toEqual(['bad_answer', 'outcome_unknown']);
  expect(await said('getTicket', page)).toEqual(['bad_answer', 'no_answer']);
});

test('with 202, a row may show what it will be: only that it was accepted is taken from it', async () => {
  expect(await said('archiveTicket', { body: ROW })).toEqual(ROW);
  for (const body of [ROW, { ticket: ROW }])
    expect(await said('archiveTicket', { status: 202, body })).toEqual(
      accepted({ status: 202, id: 't-abc123' }),
    );
});

test('with 202, no ticket of many is done yet, and what was refused is', async () => {
  const rows = ['t-abc123', 't-def456'].map((ticket_id, at) => ({ ticket_id, ok: at === 0 }));
  const oks = async (status: number) => {
    const { results } = (await said('bulkMoveTickets', { status, body: { results: rows } })) as BulkAnswer;
    return results.map(({ ok }) => ok);
  };
  expect([await oks(200), await oks(202)]).toEqual([
    [true, false],
    [null, false],
  ]);
});

test('what was only tried out has no row, and what was denied none without its id', async () => {
  for (const body of [
    { dry_run: true, ticket: ROW },
    { archived: false, title: 'A', description: 'b' },
  ]) {
    const told = (await said('archiveTicket', { body })) as Map<string, unknown>;
    expect([...told.keys()], JSON.stringify(body)).toEqual(['said']);
  }
});

test.each<[what: string, status: number, location: string, id: string | undefined]>([
  ['of a new row', 201, '/api/v1/tickets/t-abc123/comments/cmt_9', 'cmt_9'],
  ['with a host', 201, 'https://x.example/comments/cmt_9/', 'cmt_9'],
  ['of what it was added to', 201, '/tickets/t-abc123', undefined],
  ['of no new row', 200, '/tickets/t-abc123/comments/cmt_9', undefined],
  ['that is none', 201, 'http://[', undefined],
])('an address %s names the row only where it is one of its kind', async (_, status, location, id) => {
  const told = await said('addComment', { status, headers: { location }, body: '' });
  expect(told).toEqual(accepted({ status, ...(id && { id }) }));
});

test('what stands in the row is not around it', async () => {
  const meta = { note: 'by a rule' };
  const around = async (body: object) => envelopeFieldsOf((await said('archiveTicket', { body })) as object);
  expect(await around({ data: ROW, meta })).toEqual(meta);
  expect(await around({ data: { ...ROW, meta } })).toEqual({});
});

test('no more is kept of what is said than anybody reads', async () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`remark_${at}`, 'one more']));
  const told = (await said('archiveTicket', { body: { ok: true, ...many } })) as Map<string, object>;
  expect(Object.keys(told.get('said')!)).toHaveLength(20);
});

test('rows one a line: what the first says is not said of the call', async () => {
  const [no, yes] = [
    { ticket_id: 't-abc123', ok: false, error: { code: 'forbidden', message: 'No.' } },
    { ticket_id: 't-def456', ok: true },
  ];
  const body = `${JSON.stringify(no)}\n${JSON.stringify(yes)}`;
  expect(await said('bulkMoveTickets', { body })).toEqual(accepted({ status: 200, isUnread: true }));
  const refusal = '{"ok":false,"error":{"code":"forbidden","message":"No."}}\n{}';
  expect(await said('bulkMoveTickets', { body: refusal })).toEqual(['forbidden', 'rejected']);
});
