/** What models and hosts write and nothing understands: none of it may widen a call. */
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import { FREE_TEXT_ARGUMENTS, readArguments } from '../../../src/tool-kit/arguments/read-arguments.ts';
import { jsonSchema } from '../../../src/tool-kit/definition/json-schema.ts';
import { tools } from '../../../tools/index.ts';
import { A, type Args, B, board, panel, refusal } from './read-here.ts';

const REFUSED: [what: string, tool: string, given: Args, says: RegExp][] = [
  ['required and null', 'get_ticket', { ticket_id: null }, /ticket_id is missing\. Next: Call again with/],
  ['required and not there', 'list_tickets', {}, /^list_tickets: project_id is missing\. Next/],
  ['required and empty', 'get_ticket', { ticket_id: '' }, /is neither a ticket id/],
  ['required text, null', 'search_tickets', { query: null }, /query is missing/],
  [
    'required list, empty',
    'bulk_assign_tickets',
    { ticket_ids: [], user_id: 'me' },
    /needs at least one ticket/,
  ],
  [
    'an enum’s near word',
    'list_tickets',
    { ...board, status: 'open' },
    /status: "open" is not one of active, archived, all\./,
  ],
  ['a word for a number', 'list_tickets', { ...board, limit: 'ten' }, /limit: "ten" is not a whole number/],
  ['a half', 'list_tickets', { ...board, limit: 1.5 }, /limit: "1\.5" is not a whole number/],
  ['a maybe', 'update_ticket', { ticket_id: A, resolved: 'maybe' }, /"maybe" is neither true nor false/],
  ['two for one', 'list_tickets', { ...board, column_id: ['a', 'b'] }, /column_id: .* is not a text/],
  ['an object for an id', 'list_tickets', { ...board, column_id: {} }, /column_id: "\{\}" is not a text/],
  [
    'one of two is no part',
    'get_ticket',
    { ticket_id: A, include: 'capture, everything' },
    /include\.1: "everything" is not one of/,
  ],
  [
    'words between ids',
    'bulk_assign_tickets',
    { ticket_ids: `${A} but not ${B}`, user_id: 'me' },
    /"but" is neither a ticket id/,
  ],
  [
    'a link with two ids',
    'get_ticket',
    { ticket_id: `[${A}](https://app.toado.dev/tickets/${B})` },
    /is neither a ticket id/,
  ],
  ['two spellings that differ', 'get_ticket', { ticketId: A, ticket_id: B }, /ticket_id is given twice/],
  [
    'lower case without a sign of camelCase',
    'get_ticket',
    { ticketid: A },
    /Did you mean ticket_id\? Next: It takes: /,
  ],
  [
    'an unknown one',
    'create_ticket',
    { ...board, title: 'x', priority: 'high' },
    /no argument "priority"\. Next: It takes: /,
  ],
  [
    'an unknown one that says nothing',
    'create_ticket',
    { ...board, title: 'x', labels: null },
    /no argument "labels"/,
  ],
  ['a list for a text', 'add_comment', { ticket_id: A, body: ['a'] }, /body: .* is not a text/],
];

const NOT_FURTHER: typeof REFUSED = [
  [
    'two kinds of one id that differ',
    'list_tickets',
    { ...board, project: 'other' },
    /project_id is given twice/,
  ],
  [
    'tickets where one is asked',
    'get_ticket',
    { ticket_ids: [A, B] },
    /no argument "ticket_ids"\. Did you mean ticket_id\?/,
  ],
  [
    'an id of what it doesn’t take',
    'move_ticket',
    { ticket_id: A, project_id: 'x', target_column_id: 'y' },
    /no argument "project_id"/,
  ],
  ['a title that says no', 'get_ticket', { ticket_id: `not ${A}` }, /is neither a ticket id/],
  ['two in a line', 'get_ticket', { ticket_id: `${A} or ${B}` }, /is neither a ticket id/],
  ['an id alone', 'get_ticket', { id: A }, /no argument "id"\. Did you mean ticket_id\?/],
  [
    'a comment’s text',
    'add_comment',
    { ticket_id: A, comment: 'x' },
    /no argument "comment"\. Did you mean body\?/,
  ],
  ['q', 'search_tickets', { q: 'x' }, /no argument "q"\. Did you mean query\?/],
  [
    'a body for a description',
    'create_ticket',
    { ...board, title: 'x', body: 'y' },
    /Did you mean description\?/,
  ],
  ['a name for a title', 'create_ticket', { ...board, name: 'x' }, /Did you mean title\?/],
  ['an assignee', 'assign_ticket', { ticket_id: A, assignee: 'me' }, /Did you mean user_id\?/],
  ['a branch', 'start_work_on_ticket', { ticket_ids: [A], branch: 'x' }, /Did you mean branch_name\?/],
  ['a status of one request', 'get_devtools', { ...panel, status: 404 }, /Did you mean min_status\?/],
  [
    'a place in words',
    'move_ticket',
    { ticket_id: A, target_column_id: 'x', position: 'middle' },
    /is not a whole number\. Next: Give another value, or leave it out\.$/,
  ],
  ['an unfinished class', 'get_devtools', { ...panel, min_status: '6xx' }, /is not a whole number/],
  ['minutes', 'get_devtools', { ...panel, window: '2 minutes' }, /is not a number/],
  [
    'a choice that is missing',
    'get_devtools',
    { ticket_id: A },
    /panel is missing \(console, network, errors, performance, timeline\)/,
  ],
  ['a required id that is wrong', 'get_ticket', { ticket_id: 'x y' }, /Next: Give another value\.$/],
];

describe('refused, in words that say what is wrong', () => {
  test.each([...REFUSED, ...NOT_FURTHER])('%s: %s', (_what, tool, given, says) => {
    expect(refusal(tool, given)).toMatch(says);
    expect(refusal(tool, given)).not.toMatch(/Correct the arguments|Invalid (?:input|option)/);
  });
});

test('no filter that was given and not understood is dropped', () => {
  const odd = [
    'x',
    '0',
    'nil',
    '[]',
    '{}',
    'null,null',
    '*',
    'any',
    'N/A',
    '-',
    7,
    true,
    {},
    ['a', 'b'],
    [[]],
  ];
  for (const tool of tools) {
    const schema = jsonSchema(tool.parser, 'input');
    const { properties = {}, required = [] } = schema;
    const needed = Object.fromEntries(required.map((name) => [name, VALID[name]]));
    for (const name of Object.keys(properties)) {
      if (required.includes(name)) continue;
      for (const value of odd) {
        let read: Args | undefined;
        try {
          read = readArguments(tool.name, tool.parser, schema, {
            ...needed,
            [name]: value,
          });
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
        if (read) expect(read, `${tool.name} ${name} ${JSON.stringify(value)}`).toHaveProperty(name);
      }
    }
  }
});

const VALID: Args = {
  ticket_id: A,
  ticket_ids: [A],
  project_id: 'proj_1',
  target_column_id: 'col_1',
  user_id: 'usr_1',
  query: 'x',
  title: 'x',
  body: 'x',
  panel: 'console',
};

test('what is fixed can’t be given, in any spelling; what says nothing may stand there', () => {
  const fixed = { project_id: 'proj_1' };
  const tool = tools.find(({ name }) => name === 'list_tickets')!;
  const { project_id: _, ...properties } = jsonSchema(tool.parser, 'input').properties!;
  const wire = { ...jsonSchema(tool.parser, 'input'), properties, required: [] };
  const run = (given: Args) => readArguments('list_tickets', tool.parser, wire, given, fixed);
  expect(() => run({ project_id: 'x' })).toThrow(/is fixed for this server/);
  expect(() => run({ projectId: 'x' })).toThrow(/is fixed for this server/);
  expect(run({ project_id: null })).toEqual(fixed);
  expect(run({ project_id: '' })).toEqual(fixed);
});

test('every text of the tools is known to be one', () => {
  const texts = new Set<string>();
  for (const tool of tools) {
    for (const [name, { type, enum: choices }] of Object.entries(
      jsonSchema(tool.parser, 'input').properties!,
    ))
      if (type === 'string' && !choices && !/(?:_id|^cursor|^asset|^method|^around)$/.test(name))
        texts.add(name);
  }
  expect([...texts].sort()).toEqual([...FREE_TEXT_ARGUMENTS].sort());
});

test('huge arguments are refused in no time', () => {
  const began = performance.now();
  for (const huge of ['x', ' ', '[', '(', '"', '.', '#', '[a](', ', ']) {
    const text = huge.repeat(2_000_000 / huge.length);
    for (const [tool, given] of [
      ['get_ticket', { ticket_id: text }],
      ['get_ticket', { ticket_id: A, include: text }],
      ['list_tickets', { ...board, status: text }],
      ['list_tickets', { ...board, limit: text }],
      ['bulk_assign_tickets', { ticket_ids: text, user_id: 'x' }],
    ] as [string, Args][])
      expect(refusal(tool, given).length).toBeLessThan(1_500);
  }
  expect(performance.now() - began).toBeLessThan(15_000);
});
