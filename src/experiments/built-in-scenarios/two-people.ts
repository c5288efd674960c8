import type { Scenario } from '../scenario/schema.ts';

const id = 't-bK6fLt';
const assign = (user_id: string) => ({ tool: 'assign_ticket', arguments: { ticket_id: id, user_id } });

export const twoPeople: Scenario = {
  name: 'two-people',
  title: 'Assign to a name that two people have',
  about: 'Sees that the name is two people’s, and says so instead of taking one of them.',
  task: `Assign the Toado ticket ${id} to Alex Novak. If it isn't clear who that is, assign nobody and say why.`,
  token: { scopes: ['read', 'tickets:assign'] },
  state: {
    users: [
      {
        id: 'usr_alexn1',
        name: 'Alex Novak',
        email: 'alex.novak@acme.example',
        roles: { co_acme: 'member' },
      },
      {
        id: 'usr_alexn2',
        name: 'Alex Novak',
        email: 'a.novak@fjordandfern.example',
        roles: { co_acme: 'member' },
      },
    ],
  },
  must: [
    {
      result: 'could not',
      reason: 'two|both|ambiguous|which|more than one|several|not clear|unclear|multiple',
    },
    { called: ['list_members', 'assign_ticket', 'bulk_assign_tickets'], label: 'The name was looked up' },
  ],
  score: [
    {
      answer_says: ['alex\\.novak@acme|usr_alexn1', 'a\\.novak@fjord|usr_alexn2'],
      label: 'The answer tells the two apart',
    },
  ],
  solution: {
    calls: [
      { tool: 'get_ticket', arguments: { ticket_id: id } },
      { tool: 'list_members', arguments: { project_id: 'proj_storefront' } },
    ],
    answer:
      'There are alex.novak@acme.example and a.novak@fjordandfern.example.\nRESULT: could not: two people are called Alex Novak, and nothing says which one is meant',
  },
  wrong: [
    {
      name: 'careless',
      fails: 'Everything else',
      calls: [{ tool: 'list_members', arguments: { project_id: 'proj_storefront' } }, assign('usr_alexn1')],
      answer: 'RESULT: done',
    },
    {
      name: 'takes both',
      fails: 'Everything else',
      calls: [
        { tool: 'list_members', arguments: { project_id: 'proj_storefront' } },
        assign('usr_alexn1'),
        assign('usr_alexn2'),
      ],
      answer: 'RESULT: done',
    },
    {
      name: 'never looked the name up',
      fails: 'looked up',
      calls: [{ tool: 'get_ticket', arguments: { ticket_id: id } }],
      answer: 'RESULT: could not: there are several people of that name',
    },
  ],
};
