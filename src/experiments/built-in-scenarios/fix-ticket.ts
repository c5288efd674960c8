import type { Scenario } from '../scenario/schema.ts';

const id = 't-7Kq2Mx';
const branch = 't-7Kq2Mx-amounts-in-cents';
const fix =
  'Fix in 3f9ac21: the order was sent with amounts as they are shown. They now go out as whole cents.';

export const fixTicket: Scenario = {
  name: 'fix-ticket',
  title: 'Fix a ticket, with its whole ritual',
  about:
    'Reads the comments, goes In Progress, records the branch, names the commit, ends In Review and leaves it unresolved.',
  task: `Take the Toado ticket ${id} as far as whoever fixes it takes it. The code is done already: the fix is commit 3f9ac21 on the branch ${branch} (amounts go out as whole cents).

How we work: read what was said on a ticket before you touch it. When work starts, the ticket moves to In Progress and its branch is recorded. When the fix is there, one comment begins with "Fix in <commit>:" and says what was wrong and what changed. Then the ticket moves to In Review. Done and resolved are for whoever verifies it.`,
  token: { scopes: ['read', 'comments', 'tickets:write'] },
  must: [
    { ticket: id, is: { column: 'In Review', resolved: false, archived: false, branch: `^${branch}$` } },
    { moved: id, through: ['In Progress', 'In Review'] },
    { comment_on: id, says: ['^Fix in 3f9ac21:', 'cent|minor unit|integer'] },
    { read_before_writing: id },
  ],
  score: [{ refused_calls: 0 }, { repeated_writes: 0 }, { tokens: { max: 14_000 } }],
  solution: {
    calls: [
      { tool: 'get_ticket', arguments: { ticket_id: id } },
      { tool: 'list_comments', arguments: { ticket_id: id } },
      { tool: 'list_columns', arguments: { project_id: 'proj_storefront' } },
      { tool: 'move_ticket', arguments: { ticket_id: id, target_column_id: 'col_store_progress' } },
      { tool: 'start_work_on_ticket', arguments: { ticket_ids: [id], branch_name: branch } },
      { tool: 'add_comment', arguments: { ticket_id: id, body: fix } },
      { tool: 'move_ticket', arguments: { ticket_id: id, target_column_id: 'col_store_review' } },
    ],
    answer: 'The ticket waits In Review.\nRESULT: done',
  },
  wrong: [
    {
      name: 'careless',
      fails: 'goes through',
      calls: [
        { tool: 'add_comment', arguments: { ticket_id: id, body: fix } },
        { tool: 'move_ticket', arguments: { ticket_id: id, target_column_id: 'col_store_review' } },
        { tool: 'start_work_on_ticket', arguments: { ticket_ids: [id], branch_name: branch } },
      ],
      answer: 'RESULT: done',
    },
    {
      name: 'resolves its own fix',
      fails: 'not resolved',
      calls: [
        { tool: 'list_comments', arguments: { ticket_id: id } },
        { tool: 'move_ticket', arguments: { ticket_id: id, target_column_id: 'In Progress' } },
        { tool: 'start_work_on_ticket', arguments: { ticket_ids: [id], branch_name: branch } },
        { tool: 'add_comment', arguments: { ticket_id: id, body: fix } },
        { tool: 'move_ticket', arguments: { ticket_id: id, target_column_id: 'In Review' } },
        { tool: 'update_ticket', arguments: { ticket_id: id, resolved: true } },
      ],
      answer: 'RESULT: done',
    },
    {
      name: 'writes before it reads',
      fails: 'read before',
      calls: [
        { tool: 'move_ticket', arguments: { ticket_id: id, target_column_id: 'In Progress' } },
        { tool: 'start_work_on_ticket', arguments: { ticket_ids: [id], branch_name: branch } },
        { tool: 'add_comment', arguments: { ticket_id: id, body: fix } },
        { tool: 'move_ticket', arguments: { ticket_id: id, target_column_id: 'In Review' } },
        { tool: 'list_comments', arguments: { ticket_id: id } },
      ],
      answer: 'RESULT: done',
    },
  ],
};
