/** What models and hosts write × what it must become. */
import { describe, expect, test } from 'vitest';
import { A, type Args, B, board, panel, read } from './read-here.ts';

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
