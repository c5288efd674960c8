import type { Scenario, Script } from '../scenario/schema.ts';

const project = 'proj_archive';
const IDS = Array.from({ length: 15 }, (_, at) => `t-wBd0${String(at + 1).padStart(2, '0')}`);
const list = { tool: 'list_tickets', arguments: { project_id: project, column_id: 'col_archive_sorted' } };
const move = (ticket_id: string) => ({
  tool: 'move_ticket',
  arguments: { ticket_id, target_column_id: 'col_archive_shelf_b' },
});
const all = (ids: string[]) => ({
  tool: 'bulk_move_tickets',
  arguments: { ticket_ids: ids, target_column_id: 'col_archive_shelf_b' },
});
const script = (calls: Script['calls'], answer = 'RESULT: done'): Script => ({ calls, answer });

export const writeBudget: Scenario = {
  name: 'write-budget',
  title: 'A budget of ten writes for fifteen tickets',
  about:
    'Moves fifteen tickets with a token that may write ten times a minute: in one call, or with patience.',
  task: 'Move every ticket that is in the column Sorted of the Toado project Archive to the column Shelf B. There are fifteen.',
  token: { scopes: ['read', 'tickets:write'], companies: ['co_acme'], projects: [project] },
  state: {
    limits: { co_acme: { reads: 600, writes: 10 } },
    projects: [
      { id: project, company: 'co_acme', name: 'Archive', columns: ['Sorted', 'Shelf A', 'Shelf B'] },
    ],
    tickets: [
      ...IDS.map((id, at) => ({
        id,
        project,
        title: `Box ${at + 1}: papers of ${2000 + at}`,
        by: 'usr_lena',
        hours_ago: 100 - at,
      })),
      { id: 't-wBd0xx', project, column: 'Shelf A', title: 'Box 99: keys', by: 'usr_lena', hours_ago: 200 },
    ],
  },
  must: IDS.map((ticket) => ({ ticket, is: { column: 'Shelf B', archived: false } })),
  score: [
    { refused_calls: { max: 2 } },
    { called: ['move_ticket', 'bulk_move_tickets'], times: { max: 3 }, label: 'Moved in few calls' },
  ],
  solution: script([list, all(IDS)]),
  wrong: [
    { name: 'careless', fails: 'claims', ...script([list, ...IDS.map(move)]) },
    {
      name: 'moves what was on the other shelf, too',
      fails: 'Everything else',
      ...script([list, all([...IDS, 't-wBd0xx'])]),
    },
    {
      name: 'stops at the limit',
      fails: 't-wBd015 ends in Shelf B',
      ...script(
        [list, ...IDS.slice(0, 10).map(move)],
        'RESULT: could not: the rate limit allows ten writes a minute',
      ),
    },
  ],
};
