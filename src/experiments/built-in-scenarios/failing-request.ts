import type { Scenario } from '../scenario/schema.ts';

const id = 't-7Kq2Mx';
const found =
  'POST /api/checkout/session was refused with 422: `line_items[0].unit_amount` is "1.249,00", a text for people; the API wants whole cents (124900). Same in line_items[1] and shipping.amount.';

export const failingRequest: Scenario = {
  name: 'failing-request',
  title: 'Find the failing request in 2 MB',
  about:
    'Finds one refused request in a large capture without reading all of it, and names the wrong field in a comment.',
  task: `On the Toado ticket ${id} the pay button spins for ever; the page was captured. Find the request that makes the payment fail, and write one comment on the ticket that names the request, its status, and the field in the request's body whose value is refused. Change nothing else.`,
  token: { scopes: ['read', 'comments'] },
  must: [
    { comment_on: id, says: ['checkout/session', '\\b422\\b', 'unit_amount'] },
    { called: ['get_devtools', 'get_ticket'], label: 'The capture was looked at' },
  ],
  score: [
    { tokens: { max: 15_000 } },
    {
      called: ['get_ticket'],
      with: { include: 'devtools' },
      times: 0,
      label: 'Not all of the capture at once',
    },
    { refused_calls: 0 },
  ],
  solution: {
    calls: [
      { tool: 'get_ticket', arguments: { ticket_id: id } },
      { tool: 'list_comments', arguments: { ticket_id: id } },
      { tool: 'get_devtools', arguments: { ticket_id: id, panel: 'network', min_status: 400 } },
      { tool: 'add_comment', arguments: { ticket_id: id, body: found } },
    ],
    answer: `${found}\nRESULT: done`,
  },
  wrong: [
    {
      name: 'careless',
      fails: 'unit_amount',
      calls: [
        { tool: 'get_ticket', arguments: { ticket_id: id } },
        {
          tool: 'add_comment',
          arguments: { ticket_id: id, body: 'POST /api/checkout/session fails with 422.' },
        },
      ],
      answer: 'RESULT: done',
    },
    {
      name: 'guesses',
      fails: 'looked at',
      calls: [
        {
          tool: 'add_comment',
          arguments: { ticket_id: id, body: 'checkout/session answers 422, unit_amount is probably wrong.' },
        },
      ],
      answer: 'RESULT: done',
    },
    {
      name: 'says it twice',
      fails: 'One comment',
      calls: [
        { tool: 'get_devtools', arguments: { ticket_id: id, panel: 'network', min_status: 400 } },
        { tool: 'add_comment', arguments: { ticket_id: id, body: found } },
        { tool: 'add_comment', arguments: { ticket_id: id, body: `To be exact: ${found}` } },
      ],
      answer: 'RESULT: done',
    },
  ],
};
