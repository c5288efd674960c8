import type { Scenario, Script } from '../scenario/schema.ts';

const id = 't-dUp1Ca';
const original = 't-7Kq2Mx';
const reading = [
  { tool: 'get_ticket', arguments: { ticket_id: id } },
  { tool: 'search_tickets', arguments: { query: 'pay is:archived', project_id: 'proj_storefront' } },
  { tool: 'get_ticket', arguments: { ticket_id: original } },
  { tool: 'list_comments', arguments: { ticket_id: original } },
];
const say = (body: string) => ({ tool: 'add_comment', arguments: { ticket_id: id, body } });
const script = (calls: Script['calls']): Script => ({ calls, answer: 'RESULT: done' });

export const duplicate: Scenario = {
  name: 'duplicate',
  title: 'A ticket that is there already',
  about:
    'Finds the ticket that reports the same, past one that only sounds like it, and names it; archives nothing.',
  task: `Somebody reported ${id} in Toado. Find out whether another ticket that is still open reports the same bug, in the same project. If so, write one comment on ${id} that names that ticket's id and says in a sentence what they have in common. Change nothing else: what becomes of a duplicate is decided by a person.`,
  token: { scopes: ['read', 'comments', 'tickets:write'] },
  state: {
    tickets: [
      {
        id,
        project: 'proj_storefront',
        title: 'Nothing happens after “Pay now”, it just keeps turning',
        description:
          'Ordered the oak table and two throws, pressed Pay now, the little wheel turns and turns. No form for my card. Germany, Chrome. Since yesterday afternoon.',
        by: 'usr_aoi',
        hours_ago: 1,
      },
    ],
  },
  must: [
    { comment_on: id, says: [original], never_says: ['t-0pAyBt|t-Wbh2Qy'] },
    { called: ['search_tickets', 'list_tickets'], label: 'Other tickets were looked for' },
  ],
  score: [
    { called: ['get_ticket'], with: { ticket_id: original }, label: 'The other ticket was read' },
    { refused_calls: 0 },
  ],
  solution: script([
    ...reading,
    say(`Same as ${original}: the spinner after Pay now, orders from Germany, since yesterday’s deploy.`),
  ]),
  wrong: [
    {
      name: 'careless',
      fails: 'Everything else',
      ...script([
        ...reading,
        say(`Duplicate of ${original}, closing.`),
        { tool: 'archive_ticket', arguments: { ticket_id: id } },
      ]),
    },
    {
      name: 'takes the one that only sounds like it',
      fails: original,
      ...script([...reading, say('Duplicate of t-0pAyBt.')]),
    },
    {
      name: 'comments on the wrong one of the two',
      fails: `One comment on ${id}`,
      ...script([
        ...reading,
        {
          tool: 'add_comment',
          arguments: { ticket_id: original, body: `${id} reports the same: the spinner after Pay now.` },
        },
      ]),
    },
  ],
};
