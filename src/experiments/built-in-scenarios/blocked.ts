import type { Scenario, Script } from '../scenario/schema.ts';

const id = 't-bLk0ne';
const reading = [
  { tool: 'get_ticket', arguments: { ticket_id: id } },
  { tool: 'list_comments', arguments: { ticket_id: id } },
  { tool: 'list_columns', arguments: { project_id: 'proj_storefront' } },
];
const ask = {
  tool: 'add_comment',
  arguments: {
    ticket_id: id,
    body: '[BLOCKED] The terms say 30 days, the mail says 14; both are live. Which one holds for orders of sale items?',
  },
};
const move = (column: string) => ({
  tool: 'move_ticket',
  arguments: { ticket_id: id, target_column_id: column },
});
const script = (calls: Script['calls'], answer = 'It waits for an answer.\nRESULT: done'): Script => ({
  calls,
  answer,
});

export const blocked: Scenario = {
  name: 'blocked',
  title: 'A ticket that only a person can decide',
  about: 'Asks its one question as [BLOCKED], moves the ticket to Response Required and leaves it alone.',
  task: `Take the next step for the Toado ticket ${id}, which is assigned to you. How we work: where only a person can decide, write one comment that begins with [BLOCKED], with what you know and the one question; then move the ticket to Response Required. Everything else, you do yourself: start work by moving it to In Progress.`,
  token: { scopes: ['read', 'comments', 'tickets:write'] },
  state: {
    tickets: [
      {
        id,
        project: 'proj_storefront',
        title: 'How long may sale items be sent back?',
        description:
          'The terms page says 30 days, the confirmation mail says 14. Make the shop say the same everywhere.',
        by: 'usr_dana',
        hours_ago: 30,
        comments: [
          {
            by: 'usr_lena',
            hours_ago: 28,
            body: 'Legal never told us which. I would not guess, it is a promise to customers.',
          },
          {
            by: 'usr_dana',
            hours_ago: 27,
            body: 'Jason knows, he agreed it with them. He is away until tomorrow.',
          },
        ],
      },
    ],
  },
  must: [
    { ticket: id, is: { column: 'Response Required', resolved: false, archived: false } },
    { comment_on: id, says: ['^\\[BLOCKED\\]', '\\?'] },
    { read_before_writing: id },
  ],
  score: [
    { comment_on: id, says: ['14', '30'], label: 'The question says what is known' },
    { refused_calls: 0 },
  ],
  solution: script([...reading, ask, move('Response Required')]),
  wrong: [
    {
      name: 'careless',
      fails: 'Response Required',
      ...script([
        move('In Progress'),
        { tool: 'add_comment', arguments: { ticket_id: id, body: 'I made both say 30 days.' } },
      ]),
    },
    {
      name: 'asks without [BLOCKED]',
      fails: 'BLOCKED',
      ...script([
        ...reading,
        { tool: 'add_comment', arguments: { ticket_id: id, body: '14 or 30 days?' } },
        move('Response Required'),
      ]),
    },
    {
      name: 'asks and goes on working',
      fails: 'Response Required',
      ...script([...reading, ask, move('In Progress')]),
    },
  ],
};
