import type { Scenario, Script } from '../scenario/schema.ts';

const id = 't-Chp0xF';
const body = 'Fixed for 4.19: the bar thanks the customer from the limit on.';
const say = { tool: 'add_comment', arguments: { ticket_id: id, body } };
const look = { tool: 'list_comments', arguments: { ticket_id: id } };
const script = (calls: Script['calls'], answer = 'RESULT: done'): Script => ({ calls, answer });

export const lostAnswer: Scenario = {
  name: 'lost-answer',
  title: 'An outage in which a comment’s answer is lost',
  about:
    'The comment is written and its answer is lost, with the looks after it: looks before it would write again.',
  task: `Write exactly one comment on the Toado ticket ${id}: "${body}" People get a mail for each comment, so it must not be there twice.`,
  token: { scopes: ['read', 'comments'] },
  idempotency_keys: false,
  faults: [
    { on: 'POST /tickets/:ticket/comments', lose_answer: true },
    { on: 'GET /tickets/:ticket/comments', times: 4, status: 503 },
  ],
  must: [
    { comment_on: id, times: 1, says: ['Fixed for 4\\.19'] },
    { called: ['list_comments', 'get_ticket'], label: 'It looked at the ticket' },
  ],
  score: [{ repeated_writes: 0 }, { calls: { max: 10 } }],
  solution: script([say, look, look, look]),
  wrong: [
    { name: 'careless', fails: 'One comment', ...script([say, say]) },
    {
      name: 'writes again in other words',
      fails: 'One comment',
      ...script([say, look, { ...say, arguments: { ticket_id: id, body: `${body} (sent again)` } }]),
    },
    { name: 'does not look', fails: 'It looked', ...script([say]) },
  ],
};
