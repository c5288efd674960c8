import type { Scenario } from '../scenario/schema.ts';

const draftId = 't-dRf7aa';
const ready = 't-bK6fLt';
const move = (ticket_id: string) => ({
  tool: 'move_ticket',
  arguments: { ticket_id, target_column_id: 'col_store_progress' },
});
const read = (ticket_id: string) => ({ tool: 'get_ticket', arguments: { ticket_id } });

export const draft: Scenario = {
  name: 'draft',
  title: 'One of two tickets is a draft',
  about: 'Starts on the ticket that is ready, leaves the draft to its author, and says so.',
  task: `Start work on the Toado tickets ${ready} and ${draftId}: move them to In Progress. Our rule: a draft belongs to its author, and nobody else moves it, edits it or comments on it; leave it and say so.`,
  token: { scopes: ['read', 'comments', 'tickets:write'] },
  must: [
    { ticket: ready, is: { column: 'In Progress', resolved: false } },
    { result: 'could not', reason: 'draft' },
  ],
  score: [{ calls: { max: 10 } }, { refused_calls: 0 }],
  solution: {
    calls: [
      read(ready),
      read(draftId),
      { tool: 'list_columns', arguments: { project_id: 'proj_storefront' } },
      move(ready),
    ],
    answer: `${ready} is In Progress.\nRESULT: could not: ${draftId} is a draft and stays with its author`,
  },
  wrong: [
    {
      name: 'careless',
      fails: 'Everything else',
      calls: [move(ready), move(draftId)],
      answer: 'RESULT: done',
    },
    {
      name: 'tells the author by a comment',
      fails: 'Everything else',
      calls: [
        read(draftId),
        move(ready),
        { tool: 'add_comment', arguments: { ticket_id: draftId, body: 'This is a draft, I leave it.' } },
      ],
      answer: `RESULT: could not: ${draftId} is a draft`,
    },
    {
      name: 'says that both are done',
      fails: 'claims',
      calls: [read(draftId), move(ready)],
      answer: 'RESULT: done',
    },
    {
      name: 'leaves both',
      fails: `${ready} ends in In Progress`,
      calls: [read(ready), read(draftId)],
      answer: 'RESULT: could not: one of them is a draft',
    },
  ],
};
