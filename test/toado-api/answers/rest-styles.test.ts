/** The styles of well-known REST frameworks and APIs: each says the same, and what is read is the same. */
import { expect, test } from 'vitest';
import {
  AT,
  type Data,
  DOT_NET,
  FACTS,
  FIRESTORE,
  INCLUDED,
  MONGO,
  PLAIN,
  RESOURCE,
  read,
  STRAPI,
} from './styled-answers.ts';

const WHOLE: [style: string, json: unknown][] = [
  ['JSON:API', { data: RESOURCE(7), included: INCLUDED, jsonapi: { version: '1.1' } }],
  ['Strapi', { data: STRAPI(7), meta: {} }],
  ['HAL', { ...PLAIN, _links: { self: { href: '/tickets/7' } } }],
  ['Laravel', { data: PLAIN }],
  ['MongoDB', MONGO('7')],
  ['Firestore', FIRESTORE],
  ['protobuf', { ...PLAIN, created_at: { seconds: String(Date.parse(AT) / 1000), nanos: 0 } }],
  ['.NET', DOT_NET],
  ['a name that nobody foresaw', { Issue: PLAIN, took: 3 }],
  ['whether it is archived, as a word', { ...PLAIN, status: undefined, archived: 'no' }],
  ['when it was archived', { ...PLAIN, status: undefined, archivedAt: null }],
];

test.each(WHOLE)('one ticket: %s', (_, json) => {
  const { id, title, project_id, column_id, status, assignees, created_at } = read('getTicket', json);
  const people = (assignees as Data[]).map(({ id, name }) => ({ id, name }));
  expect({ id, title, project_id, column_id, status, assignees: people, created_at }).toEqual(FACTS);
});

test('what holds a ticket is no field of it, also where its name has a dot', () => {
  expect(read('getTicket', { 'v1.ticket': PLAIN })).toEqual(read('getTicket', PLAIN));
});

test('an envelope’s id is not the ticket’s, which has its own under another name', () => {
  const { id: _id, ...others } = PLAIN;
  const ticket = { ticketId: 7, ...others };
  for (const answer of [{ id: 'req-1', ticket }, { data: { id: 'req-1', ticket } }])
    expect(read('getTicket', answer).id).toBe('7');
});

test('what stands around a ticket goes along with it; who stands on the second level is not its creator', () => {
  const { took, error } = read('getTicket', { data: { ...PLAIN }, took: 3, error: 'none' });
  expect({ took, error }).toEqual({ took: 3, error: undefined });
  const created = { ...PLAIN, created_by: 5 };
  const alone = read('getTicket', { ticket: created });
  expect(read('getTicket', { data: { ticket: created, user: { id: 1 } } })).toEqual(alone);
});

test('JSON:API: things that refer to each other many times are shown as what they are, up to a number', () => {
  const many = Array.from({ length: 400 }, () => ({ type: 'user', id: 'usr_1' }));
  const included = [
    { type: 'user', id: 'usr_1', attributes: { name: 'Ada' }, relationships: { friends: { data: many } } },
  ];
  const relationships = { author: { data: { type: 'user', id: 'usr_1' } } };
  const ticket = read('getTicket', {
    data: { type: 'ticket', id: 't-abc123', attributes: { title: 'A' }, relationships },
    included,
  });
  expect(ticket).toMatchObject({ created: { user: { id: 'usr_1', name: 'Ada' } } });
  expect(JSON.stringify(ticket).split('Ada').length).toBeLessThanOrEqual(50_001);
});
