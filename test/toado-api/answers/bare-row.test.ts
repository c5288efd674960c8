/** A row and nothing more is read without a look for what it says of the request: as it is read in an envelope. */
import { expect, test } from 'vitest';
import { isBareRow } from '../../../src/toado-api/answers/bare-row.ts';
import { envelopeFieldsOf, extraFieldsOf } from '../../../src/toado-api/answers/extra-fields.ts';
import { readSuccess } from '../../../src/toado-api/answers/read-success.ts';
import { type RouteName, routes } from '../../../src/toado-api/routes/routes.ts';
import { Reading } from '../../../src/toado-api/schema-kit/reading.ts';

const at = '2026-11-26T10:00:00.000Z';
const by = {
  user: { id: 'usr_1', name: 'Jason' },
  token: { id: 'tkn_1', label: 'on a bike' },
  via: 'mcp',
  at,
};
const COMMENT = { id: 'cmt_1', ticket_id: 't-abc123', body: 'already done', created: by };
const TICKET = {
  ...{ id: 't-abc123', title: 'Not created', project_id: 'proj_1', column_id: 'col_1', status: 'active' },
  ...{ resolved: false, assignees: [{ id: 'usr_1', name: 'Jason' }], comment_count: 0, description: null },
  ...{ created_at: at, updated_at: at, created: by, updated: by, archived_at: null },
};

function read(route: RouteName, body: object) {
  const request = { route: routes[route], host: 'toado.example', isNextPage: false };
  const answer = { status: 200, headers: {}, text: JSON.stringify(body) };
  return readSuccess(answer, request, routes[route].answer, new Reading()) as Promise<object>;
}

test.each<[RouteName, object]>([
  ['addComment', COMMENT],
  ['addComment', { id: 'cmt_1', body: 'Failed: error 403' }],
  ['createTicket', TICKET],
  ['archiveTicket', { ...TICKET, status: 'archived', archived_at: at }],
  ['getTicket', { ...TICKET, devtools: { console: [], network: [] } }],
])('%s: %j', async (route, row) => {
  expect(isBareRow(routes[route].answer, row)).toBe(true);
  const bare = await read(route, row);
  expect(bare).toEqual(await read(route, { data: row }));
  expect([extraFieldsOf(bare), envelopeFieldsOf(bare)]).toEqual([undefined, {}]);
});

test.each<[what: string, body: unknown]>([
  ['a field that nobody knows', { ...COMMENT, pending: true }],
  ['something of another type', { ...COMMENT, created: false }],
  ['a list in place of an object', { ...COMMENT, created: [by] }],
  ['a number as a text', { ...COMMENT, id: 1 }],
  ['no id', { ...COMMENT, id: undefined }],
  ['an id alone', { id: 'cmt_1', ticket_id: 't-abc123' }],
  ['an envelope', { comment: COMMENT }],
  ['a list of one', [COMMENT]],
])('no bare row: %s', (_, body) => {
  expect(isBareRow(routes.addComment.answer, JSON.parse(JSON.stringify(body)))).toBe(false);
});

test.each(['failed', 'open', 'Archived', '409'])('a word that may be the request’s: status %s', (status) => {
  expect(isBareRow(routes.moveTicket.answer, { ...TICKET, status })).toBe(false);
});

test('an object by ids in it keeps the order in which it was written', async () => {
  const health = '{"12":{"section":"network","state":"failed"},"3":{"section":"console","state":"ok"}}';
  const text = `{"id":"t-abc123","title":"x","capture":{"health":${health}}}`;
  const reading = new Reading(undefined, true, text);
  const request = { route: routes.getTicket, host: 'toado.example', isNextPage: false };
  const answer = { status: 200, headers: {}, text };
  expect(isBareRow(routes.getTicket.answer, JSON.parse(text))).toBe(true);
  const { capture } = (await readSuccess(answer, request, routes.getTicket.answer, reading)) as {
    capture: { health: { section: string }[] };
  };
  expect(capture.health.map(({ section }) => section)).toEqual(['network', 'console']);
});

test('what lacks a field without which it can’t be read says so', async () => {
  await expect(read('tokenInfo', { id: 'tkn_1', label: 'on a bike' })).rejects.toThrow(
    'scopes should be a list, and nothing was there',
  );
});

test('no bare row: one in which a map calls another field the id', () => {
  const { answer } = routes.addComment;
  expect(isBareRow(answer, COMMENT, { ticket: { id: 'ticket_id' } })).toBe(true);
  expect(isBareRow(answer, COMMENT, { comment: { id: 'ticket_id' } })).toBe(false);
});

test('a page and a bulk answer are no rows', () => {
  expect(isBareRow(routes.listComments.answer, COMMENT)).toBe(false);
  expect(isBareRow(routes.bulkMoveTickets.answer, COMMENT)).toBe(false);
});
