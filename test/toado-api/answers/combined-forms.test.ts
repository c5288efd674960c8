/** Forms in random combinations: what is read is the same, and what differed is told. */
import { expect, test } from 'vitest';
import { camelCase } from '../../../src/base/letter-case.ts';
import { readAnswer } from '../../../src/toado-api/answers/read-answer.ts';
import { routes } from '../../../src/toado-api/routes/routes.ts';
import { Reading } from '../../../src/toado-api/schema-kit/reading.ts';
import { type Data, ROW } from './reading-answers.ts';

const TICKET = {
  ...ROW,
  assignees: [{ id: 'usr_1', name: 'Mia' }],
  is_draft: false,
  created_at: '2026-01-01T00:00:00.000Z',
  created: {
    user: { id: 'usr_1', name: 'Mia' },
    token: { id: 'tkn_1', label: 'laptop' },
    via: 'mcp',
    at: '2026-01-01T00:00:00.000Z',
  },
  capture: { id: 'cap_1', url: 'https://x.example', viewport: { width: 10, height: 20 } },
  devtools: {
    console: [{ level: 'error', args: [{ columnId: 1 }], at: '2026-01-01T00:00:00.000Z' }],
    network: [
      {
        url: '/x',
        status: 500,
        response_headers: { xFoo: 1, x_bar: 2 },
        started_at: '2026-01-01T00:00:00.000Z',
      },
    ],
    errors: [],
    performance: { navigation: { loadEventEnd: 1.5 }, lcp: 3 },
  },
};

/** As another API would write the same, by a series of numbers that a seed makes. */
function spelledOtherwise(seed: number): { json: unknown; how: string[] } {
  let state = seed;
  const chance = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
  const how: string[] = [];
  const maybe = (name: string) => {
    const does = chance() < 0.5;
    if (does) how.push(name);
    return does;
  };
  let ticket: Data = structuredClone(TICKET);
  if (maybe('seconds')) ticket.created_at = Date.parse(TICKET.created_at) / 1000;
  if (maybe('flags as numbers')) ticket.is_draft = 0;
  if (maybe('counts as text')) ticket.comment_count = '2';
  if (maybe('columns as objects')) ticket.column_id = { id: 'col_1', name: 'Review' };
  if (maybe('panels inside')) {
    ticket.capture = { ...(ticket.capture as Data), ...(ticket.devtools as Data) };
    delete ticket.devtools;
  }
  if (maybe('attribution flat')) {
    ticket.created_by = (ticket.created as Data).user;
    // Whom it was made through stays known only in the nested form.
    ticket.created = undefined;
    delete ticket.created;
  }
  if (maybe('camelCase')) ticket = inCamelCase(ticket) as Data;
  let json: unknown = ticket;
  if (maybe('own name')) json = { ticket: json };
  if (maybe('data')) json = { data: json, meta: { took: 1 } };
  return { json, how };
}

/** The contract's own fields, not what the page recorded. */
function inCamelCase(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((one) => inCamelCase(one, depth));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      camelCase(name),
      ['console', 'network', 'errors', 'performance'].includes(name) ? inner : inCamelCase(inner, depth + 1),
    ]),
  );
}

test('random combinations of forms are read as the contract’s own', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const { json, how } = spelledOtherwise(seed);
    const reading = new Reading();
    const read = readAnswer(routes.getTicket.answer, structuredClone(json), {}, reading) as typeof TICKET;
    const what = `seed ${seed}: ${how.join(', ')}`;
    const { created, ...others } = read;
    const { created: its, ...expected } = TICKET;
    expect(others, what).toEqual(expected);
    expect(created.user, what).toEqual(its.user);
    expect(created.at, what).toEqual(its.at);
    if (!how.includes('attribution flat')) expect(created, what).toEqual(its);
    expect(reading.differences.length > 0, what).toBe(how.length > 0);
    expect(
      reading.differences.every(({ understood }) => understood),
      what,
    ).toBe(true);
  }
});

test('a report of what differed holds names and types, never a value', () => {
  const { json } = {
    json: { data: { ...TICKET, id: 77, title: { rich: 'SECRET' }, created_at: 1_767_225_600 } },
  };
  const reading = new Reading();
  readAnswer(routes.getTicket.answer, json, {}, reading);
  expect(reading.differences).toEqual([
    { path: 'data.id', was: 'a number instead of text', understood: true },
    { path: 'data.title', was: "an object that can't be read", understood: false },
    { path: 'data.created_at', was: 'a number instead of a time', understood: true },
    { path: '', was: 'an object under data instead of a bare one', understood: true },
  ]);
});
