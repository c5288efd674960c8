/** What models and hosts write × what it must become. None of it may widen a call. */
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/base/failure.ts';
import { FREE_TEXT_ARGUMENTS, readArguments } from '../../src/tool-kit/arguments.ts';
import { jsonSchema } from '../../src/tool-kit/json-schema.ts';
import { catalogue } from '../../tools/index.ts';

const A = 't-7Kq2Mx';
const B = 't-3dGhZa';
type Args = Record<string, unknown>;

function read(name: string, given: Args, fixed: Args = {}): Args {
  const tool = catalogue.find((one) => one.name === name)!;
  return readArguments(name, tool.parser, jsonSchema(tool.parser, 'input'), given, fixed);
}

function refusal(name: string, given: Args, fixed?: Args): string {
  try {
    return `accepted: ${JSON.stringify(read(name, given, fixed))}`;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return `${error.sentence} Next: ${error.next}`;
  }
}

const panel = { ticket_id: 't-abc123', panel: 'network' };
const board = { project_id: 'Storefront' };

const UNDERSTOOD: [what: string, tool: string, given: Args, becomes: Args][] = [
  // Optional ones that say nothing.
  ['null', 'list_tickets', { ...board, status: null }, board],
  ['empty enum', 'list_tickets', { ...board, status: '' }, board],
  ['"null" for an enum', 'list_tickets', { ...board, status: 'null' }, board],
  ['"undefined" for an id', 'list_tickets', { ...board, column_id: 'undefined' }, board],
  // Something may be called so: who looks names up decides.
  ['"None" for an id', 'list_tickets', { ...board, column_id: 'None' }, { ...board, column_id: 'None' }],
  ['empty id', 'list_tickets', { ...board, column_id: ' ' }, board],
  ['[] for an id', 'list_tickets', { ...board, column_id: [] }, board],
  ['"" for a number', 'list_tickets', { ...board, limit: '' }, board],
  ['"null" for a number', 'list_tickets', { ...board, limit: 'null' }, board],
  ['empty cursor', 'list_tickets', { ...board, cursor: '' }, board],
  ['"None" for a cursor', 'list_tickets', { ...board, cursor: 'None' }, board],
  [
    '"" for a switch',
    'get_devtools',
    { ticket_id: A, panel: 'network', bodies: '' },
    { ticket_id: A, panel: 'network' },
  ],
  ['empty text that filters', 'list_tickets', { ...board, query: '' }, board],
  ['empty list', 'get_ticket', { ticket_id: A, include: '' }, { ticket_id: A }],
  ['empty address', 'create_ticket', { ...board, title: 'x', source_url: '' }, { ...board, title: 'x' }],
  [
    'all at once',
    'search_tickets',
    { query: 'q', company_id: '', project_id: null, limit: '', cursor: 'null' },
    { query: 'q' },
  ],
  // Texts stay what they are.
  ['a search for undefined', 'search_tickets', { query: 'undefined' }, { query: 'undefined' }],
  ['a search for null', 'list_tickets', { ...board, query: 'null' }, { ...board, query: 'null' }],
  [
    'a title in quotes',
    'create_ticket',
    { ...board, title: '"undefined"' },
    { ...board, title: '"undefined"' },
  ],
  [
    'a branch called none',
    'start_work_on_ticket',
    { ticket_ids: [A], branch_name: 'none' },
    { ticket_ids: [A], branch_name: 'none' },
  ],
  [
    'a comment that is a list',
    'add_comment',
    { ticket_id: A, body: '["a"]' },
    { ticket_id: A, body: '["a"]' },
  ],
  ['a number as a text', 'search_tickets', { query: 404 }, { query: '404' }],
  // Enums, numbers, switches.
  ['enum in capitals', 'list_tickets', { ...board, status: 'Active' }, { ...board, status: 'active' }],
  ['enum in quotes', 'list_tickets', { ...board, status: '"ALL"' }, { ...board, status: 'all' }],
  ['enum in a list', 'list_tickets', { ...board, status: ['archived'] }, { ...board, status: 'archived' }],
  [
    'enums in any case',
    'get_ticket',
    { ticket_id: A, include: ['Capture', 'DEVTOOLS'] },
    { ticket_id: A, include: ['capture', 'devtools'] },
  ],
  ['number in quotes', 'list_tickets', { ...board, limit: ' 20 ' }, { ...board, limit: 20 }],
  ['number as decimal', 'list_tickets', { ...board, limit: '20.0' }, { ...board, limit: 20 }],
  ['switch as word', 'update_ticket', { ticket_id: A, resolved: 'Yes' }, { ticket_id: A, resolved: true }],
  ['switch as number', 'update_ticket', { ticket_id: A, resolved: 0 }, { ticket_id: A, resolved: false }],
  ['switch as text', 'update_ticket', { ticket_id: A, resolved: 'False' }, { ticket_id: A, resolved: false }],
  // Names of arguments.
  ['camelCase', 'get_ticket', { ticketId: A }, { ticket_id: A }],
  ['camelCase, capital ID', 'get_ticket', { ticketID: A }, { ticket_id: A }],
  ['kebab-case', 'get_ticket', { 'ticket-id': A }, { ticket_id: A }],
  [
    'camelCase list',
    'bulk_assign_tickets',
    { ticketIds: [A], userId: 'usr_mia' },
    { ticket_ids: [A], user_id: 'usr_mia' },
  ],
  ['both spellings, the same', 'get_ticket', { ticketId: A, ticket_id: A }, { ticket_id: A }],
  // Lists.
  [
    'one where a list is asked',
    'get_ticket',
    { ticket_id: A, include: 'devtools' },
    { ticket_id: A, include: ['devtools'] },
  ],
  [
    'comma text',
    'bulk_assign_tickets',
    { ticket_ids: `${A}, ${B}`, user_id: 'me' },
    { ticket_ids: [A, B], user_id: 'me' },
  ],
  [
    'lines',
    'bulk_assign_tickets',
    { ticket_ids: `- ${A}\n- ${B}\n`, user_id: 'me' },
    { ticket_ids: [A, B], user_id: 'me' },
  ],
  [
    'JSON text',
    'bulk_assign_tickets',
    { ticket_ids: `["${A}","${B}"]`, user_id: 'me' },
    { ticket_ids: [A, B], user_id: 'me' },
  ],
  [
    'quoted like Python',
    'bulk_assign_tickets',
    { ticket_ids: `['${A}', '${B}']`, user_id: 'me' },
    { ticket_ids: [A, B], user_id: 'me' },
  ],
  [
    'comma text in a list',
    'bulk_assign_tickets',
    { ticket_ids: [`${A},${B}`], user_id: 'me' },
    { ticket_ids: [A, B], user_id: 'me' },
  ],
  [
    'an empty one at the end',
    'bulk_assign_tickets',
    { ticket_ids: [A, ''], user_id: 'me' },
    { ticket_ids: [A], user_id: 'me' },
  ],
  [
    'twice the same',
    'bulk_assign_tickets',
    { ticket_ids: [A, `#${A}`], user_id: 'me' },
    { ticket_ids: [A], user_id: 'me' },
  ],
  [
    'links with commas in them',
    'bulk_assign_tickets',
    { ticket_ids: `[Pay, now](https://app.toado.dev/tickets/${A}), ${B}`, user_id: 'me' },
    { ticket_ids: [A, B], user_id: 'me' },
  ],
];

const IDS: [what: string, written: string][] = [
  ['a number sign', `#${A}`],
  ['quotes', `"${A}"`],
  ['single quotes', `'${A}'`],
  ['backticks', `\`${A}\``],
  ['brackets', `[${A}]`],
  ['angle brackets', `<${A}>`],
  ['parentheses', `(${A})`],
  ['bold', `**${A}**`],
  ['white space', `  ${A}\n`],
  ['a full stop', `${A}.`],
  ['its page', `https://app.toado.dev/tickets/${A}`],
  ['its page with more', `https://app.toado.dev/tickets/${A}?from=mail#comments`],
  ['its page without https', `app.toado.dev/tickets/${A}`],
  ['its path', `/tickets/${A}`],
  ['its page in angle brackets', `<https://app.toado.dev/tickets/${A}>`],
  ['the sandbox’s page', `http://127.0.0.1:4000/tickets/${A}/`],
  ['a link on a title', `[Checkout is broken](https://app.toado.dev/tickets/${A})`],
  ['a link on the id', `[${A}](https://app.toado.dev/tickets/${A})`],
  ['a link to the id', `[Checkout](${A})`],
];

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

/** The same names in other words, numbers with units, ids with what stands around them. */
const FURTHER: typeof UNDERSTOOD = [
  ['an id without its ending', 'get_ticket', { ticket: A }, { ticket_id: A }],
  ['by its name', 'list_tickets', { project: 'Shop' }, { project_id: 'Shop' }],
  ['called a name', 'list_tickets', { project_name: 'Shop' }, { project_id: 'Shop' }],
  ['called a name, camelCase', 'list_tickets', { projectName: 'Shop' }, { project_id: 'Shop' }],
  ['a column', 'list_tickets', { ...board, column: 'todo' }, { ...board, column_id: 'todo' }],
  [
    'the column to move to',
    'move_ticket',
    { ticket_id: A, column: 'x' },
    { ticket_id: A, target_column_id: 'x' },
  ],
  ['its id', 'move_ticket', { ticket_id: A, column_id: 'x' }, { ticket_id: A, target_column_id: 'x' }],
  [
    'the target',
    'move_ticket',
    { ticket_id: A, target_column: 'x' },
    { ticket_id: A, target_column_id: 'x' },
  ],
  ['a user', 'assign_ticket', { ticket_id: A, user: 'me' }, { ticket_id: A, user_id: 'me' }],
  ['users, one', 'assign_ticket', { ticket_id: A, user_ids: ['me'] }, { ticket_id: A, user_id: 'me' }],
  ['one ticket of many', 'start_work_on_ticket', { ticket_id: A }, { ticket_ids: [A] }],
  [
    'one ticket of many, bulk',
    'bulk_assign_tickets',
    { ticket: A, user_id: 'me' },
    { ticket_ids: [A], user_id: 'me' },
  ],
  [
    'tickets',
    'bulk_assign_tickets',
    { tickets: [A, B], user_id: 'me' },
    { ticket_ids: [A, B], user_id: 'me' },
  ],
  ['a list of one ticket', 'get_ticket', { ticket_ids: [A] }, { ticket_id: A }],
  ['the ticket’s link', 'get_ticket', { ticket_url: `https://app.toado.dev/tickets/${A}` }, { ticket_id: A }],
  ['a company', 'list_projects', { company: 'Acme' }, { company_id: 'Acme' }],
  ['both, the same', 'list_tickets', { ...board, project: 'Storefront' }, board],
  ['a capital T', 'get_ticket', { ticket_id: `T${A.slice(1)}` }, { ticket_id: A }],
  ['the word before it', 'get_ticket', { ticket_id: `ticket ${A}` }, { ticket_id: A }],
  ['the word and a sign', 'get_ticket', { ticket_id: `Ticket #${A}` }, { ticket_id: A }],
  ['the title behind it', 'get_ticket', { ticket_id: `${A}: Checkout is broken` }, { ticket_id: A }],
  ['the title behind a dash', 'get_ticket', { ticket_id: `${A} – Checkout is broken` }, { ticket_id: A }],
  ['seconds', 'get_devtools', { ...panel, window: '2s' }, { ...panel, window: 2 }],
  ['seconds in words', 'get_devtools', { ...panel, window: '1.5 seconds' }, { ...panel, window: 1.5 }],
  ['milliseconds', 'get_devtools', { ...panel, window: '500 ms' }, { ...panel, window: 0.5 }],
  ['a class of statuses', 'get_devtools', { ...panel, min_status: '4xx' }, { ...panel, min_status: 400 }],
  ['its capitals', 'get_devtools', { ...panel, min_status: '5XX' }, { ...panel, min_status: 500 }],
  [
    'the top',
    'move_ticket',
    { ticket_id: A, target_column_id: 'x', position: 'top' },
    { ticket_id: A, target_column_id: 'x', position: 0 },
  ],
  ['a warning', 'get_devtools', { ...panel, level: 'warning' }, { ...panel, level: 'warn' }],
  ['errors', 'get_devtools', { ...panel, level: 'Errors' }, { ...panel, level: 'error' }],
  ['an address', 'get_capture_asset', { ticket_id: A, as: 'url' }, { ticket_id: A, as: 'link' }],
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

describe('understood', () => {
  test.each([...UNDERSTOOD, ...FURTHER])('%s: %s', (_what, tool, given, becomes) => {
    expect(read(tool, given)).toEqual(becomes);
  });

  test.each(IDS)('an id with %s around it', (_what, written) => {
    expect(read('get_ticket', { ticket_id: written })).toEqual({ ticket_id: A });
    expect(read('bulk_assign_tickets', { ticket_ids: [written, B], user_id: 'me' }).ticket_ids).toEqual([
      A,
      B,
    ]);
  });
});

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
  for (const tool of catalogue) {
    const { properties = {}, required = [] } = jsonSchema(tool.parser, 'input');
    const needed = Object.fromEntries(required.map((name) => [name, VALID[name]]));
    for (const name of Object.keys(properties)) {
      if (required.includes(name)) continue;
      for (const value of odd) {
        let read: Args | undefined;
        try {
          read = readArguments(tool.name, tool.parser, jsonSchema(tool.parser, 'input'), {
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
  const tool = catalogue.find(({ name }) => name === 'list_tickets')!;
  const { project_id: _, ...properties } = jsonSchema(tool.parser, 'input').properties!;
  const wire = { ...jsonSchema(tool.parser, 'input'), properties, required: [] };
  const run = (given: Args) => readArguments('list_tickets', tool.parser, wire, given, fixed);
  expect(() => run({ project_id: 'x' })).toThrow(/is fixed for this server/);
  expect(() => run({ projectId: 'x' })).toThrow(/is fixed for this server/);
  expect(run({ project_id: null })).toEqual(fixed);
  expect(run({ project_id: '' })).toEqual(fixed);
});

test('every text of the catalogue is known to be one', () => {
  const texts = new Set<string>();
  for (const tool of catalogue) {
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
