import type { Scenario, Script } from '../scenario/schema.ts';

const project = 'proj_returns';

const DESK = [
  {
    id: 't-rTa001',
    column: 'Bugs',
    title: 'Label printer prints two labels for one parcel',
    description: 'Every time since Monday. Steps: scan a parcel, press Print. Two labels come out.',
  },
  {
    id: 't-rTa002',
    column: 'Wishes',
    title: 'Could the list remember my sorting?',
    description: 'I sort by date every morning. It would be nice if it stayed that way.',
  },
  {
    id: 't-rTa003',
    column: 'Response Required',
    title: 'It does not work',
    description: 'It does not work. Please fix!!',
  },
  {
    id: 't-rTa004',
    column: 'Bugs',
    title: 'Refund of 0.00 € is booked when the parcel was empty',
    description: 'Scan RD-1182, mark it as empty, close. The ledger shows a refund of 0.00 €.',
  },
  {
    id: 't-rTa005',
    column: null,
    title: 'Printer makes two labels per parcel',
    description: 'Same parcel, two labels, since Monday. Scanned and pressed Print once.',
  },
  {
    id: 't-rTa006',
    column: 'Wishes',
    title: 'Please add a dark mode',
    description: 'The warehouse is dark, the screen is not.',
  },
  {
    id: 't-rTa007',
    column: 'Bugs',
    title: 'Search for a name with an apostrophe gives an error page',
    description: "Search for O'Neill: error 500. Search for Neill works.",
  },
  {
    id: 't-rTa008',
    column: 'Response Required',
    title: 'Wrong amount',
    description: 'The amount was wrong for a customer last week.',
  },
  {
    id: 't-rTa009',
    column: 'Bugs',
    title: 'The scanner’s beep comes twice and the second scan closes the parcel',
    description: 'Scan once, two beeps, parcel closed before it was checked. All three scanners.',
  },
  {
    id: 't-rTa010',
    column: 'Wishes',
    title: 'A shortcut for “empty parcel” would save time',
    description: 'We press four buttons for it, two hundred times a day.',
  },
] as const;

const [duplicate, original] = ['t-rTa005', 't-rTa001'];
const open = DESK.filter(({ column }) => column === 'Response Required').map(({ id }) => id);
const into = (column: string) => DESK.filter((one) => one.column === column).map(({ id }) => id);

const blocked = (ticket_id: string) => ({
  tool: 'add_comment',
  arguments: {
    ticket_id,
    body: '[BLOCKED] Which customer, which parcel, and what did you see instead of what you expected?',
  },
});
const moves = (ids: string[], column: string) => ({
  tool: 'bulk_move_tickets',
  arguments: { ticket_ids: ids, target_column_id: `col_returns_${column}` },
});
const reading = [
  { tool: 'list_columns', arguments: { project_id: project } },
  { tool: 'list_tickets', arguments: { project_id: project, column_id: 'col_returns_inbox' } },
  ...DESK.map(({ id }) => ({ tool: 'get_ticket', arguments: { ticket_id: id } })),
];
const sorting = [
  moves(into('Bugs'), 'bugs'),
  moves(into('Wishes'), 'wishes'),
  ...open.map(blocked),
  moves(open, 'response_required'),
];
const naming = {
  tool: 'add_comment',
  arguments: {
    ticket_id: duplicate,
    body: `This is the same as ${original}: two labels for one parcel since Monday.`,
  },
};
const script = (calls: Script['calls'], answer = 'RESULT: done'): Script => ({ calls, answer });

export const triageColumn: Scenario = {
  name: 'triage-column',
  title: 'Triage a column of ten',
  about: 'Sorts ten tickets by rules: bugs, wishes, two that lack what matters, one that is there twice.',
  task: `Triage the column Inbox of the Toado project Returns Desk: all ten tickets, by these rules.
- Something that can be seen to fail as described goes to the column Bugs.
- A wish for something new goes to Wishes.
- Where the ticket lacks what is needed to see it fail (what exactly, where, which case): one comment beginning with [BLOCKED] that asks for it, and the ticket goes to Response Required.
- A ticket that reports the same as another one in the column: the later one of the two (the one further down) stays in Inbox with one comment that names the other's id. Archive nothing.
Nothing else: no comments on the others, nothing resolved.`,
  token: { scopes: ['read', 'comments', 'tickets:write'] },
  state: {
    projects: [
      {
        id: project,
        company: 'co_acme',
        name: 'Returns Desk',
        columns: ['Inbox', 'Bugs', 'Wishes', 'Response Required', 'Done'],
      },
    ],
    tickets: DESK.map(({ id, title, description }, at) => ({
      id,
      project,
      title,
      description,
      by: at % 2 ? 'usr_lena' : 'usr_dana',
      hours_ago: 80 - at * 6,
    })),
  },
  must: [
    ...(['Bugs', 'Wishes', 'Response Required'] as const).flatMap((column) =>
      into(column).map((ticket) => ({ ticket, is: { column, resolved: false, archived: false } })),
    ),
    { ticket: duplicate, is: { column: 'Inbox', resolved: false, archived: false } },
    ...open.map((comment_on) => ({ comment_on, says: ['^\\[BLOCKED\\]', '\\?'] })),
    { comment_on: duplicate, says: [original] },
  ],
  score: [{ calls: { max: 40 } }, { refused_calls: 0 }, { repeated_writes: 0 }],
  solution: script([...reading, ...sorting, naming]),
  wrong: [
    {
      name: 'careless',
      fails: 't-rTa002 ends in Wishes',
      ...script([
        ...reading,
        moves(
          DESK.map(({ id }) => id),
          'bugs',
        ),
      ]),
    },
    {
      name: 'archives the duplicate',
      fails: 'not archived',
      ...script([
        ...reading,
        ...sorting,
        naming,
        { tool: 'archive_ticket', arguments: { ticket_id: duplicate } },
      ]),
    },
    {
      name: 'misses the duplicate',
      fails: `One comment on ${duplicate}`,
      ...script([...reading, ...sorting]),
    },
  ],
};
