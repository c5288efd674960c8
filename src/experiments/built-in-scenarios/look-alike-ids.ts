import type { Scenario, Script } from '../scenario/schema.ts';

const right = 't-aB3xYz';
const other = 't-Ab3xYz';
const say = (ticket_id: string) => ({
  tool: 'add_comment',
  arguments: { ticket_id, body: 'A client in Honolulu sees it, too: dated one day early.' },
});
const script = (calls: Script['calls']): Script => ({ calls, answer: 'RESULT: done' });

export const lookAlikeIds: Scenario = {
  name: 'look-alike-ids',
  title: 'Two ids that differ in their capitals',
  about: 'Writes on the right one of t-aB3xYz and t-Ab3xYz.',
  task: `A client in Honolulu says that their invoices are dated one day early. There is a Toado ticket about it already, ${right} or ${other}. Write one comment on the right one that says that a client in Honolulu sees it, too.`,
  token: { scopes: ['read', 'comments'] },
  must: [
    { comment_on: right, says: ['Honolulu'] },
    { called: ['get_ticket', 'search_tickets', 'list_tickets'], label: 'It looked which one' },
  ],
  score: [{ refused_calls: 0 }, { calls: { max: 8 } }],
  solution: script([
    { tool: 'get_ticket', arguments: { ticket_id: right } },
    { tool: 'list_comments', arguments: { ticket_id: right } },
    say(right),
  ]),
  wrong: [
    {
      name: 'careless',
      fails: `One comment on ${right}`,
      ...script([{ tool: 'get_ticket', arguments: { ticket_id: other } }, say(other)]),
    },
    {
      name: 'writes on both',
      fails: 'Everything else',
      ...script([{ tool: 'get_ticket', arguments: { ticket_id: right } }, say(right), say(other)]),
    },
    { name: 'does not look', fails: 'It looked which one', ...script([say(right)]) },
  ],
};
