/** One case for each tool: what it is called with, and what stands in the database when it took effect. */
import type { DatabaseReader } from '../support/database.ts';
import type { Toado } from '../support/toado.ts';

const PROJECT = 'proj_storefront';
const TARGET = 'col_store_review';
const PERSON = 'usr_tomasz';

export interface Case {
  tool: string;
  args: Record<string, unknown>;
  /** For each thing that it was to do, how often that was done; absent for reads. */
  done?: () => number[];
  /** Tickets in the order of `done`, for bulk results. */
  ids?: string[];
}

export const READS: readonly [tool: string, args: Record<string, unknown>][] = [
  ['list_companies', {}],
  ['list_projects', {}],
  ['list_columns', { project_id: 'proj_console' }],
  ['list_members', { project_id: 'proj_console' }],
  ['list_tickets', { project_id: 'proj_console', limit: 5 }],
  ['search_tickets', { query: 'checkout is broken', limit: 5 }],
  ['get_ticket', { ticket_id: 't-7Kq2Mx' }],
  ['get_devtools', { ticket_id: 't-7Kq2Mx', panel: 'network', min_status: 400 }],
  ['get_annotations', { ticket_id: 't-7Kq2Mx' }],
  ['get_capture_asset', { ticket_id: 't-7Kq2Mx', as: 'link' }],
  ['list_comments', { ticket_id: 't-7Kq2Mx' }],
];

/** @param name makes texts and tickets that no other batch has. */
export async function casesOf(
  name: string,
  toado: Toado,
  setup: string,
  db: DatabaseReader,
): Promise<Case[]> {
  const makeTicket = async (assigned = false): Promise<string> => {
    const made = await toado.request('POST', `/projects/${PROJECT}/tickets`, { title: `For ${name}` }, setup);
    const { id } = made.body as { id: string };
    if (assigned) await toado.request('POST', `/tickets/${id}/assignees`, { user_id: PERSON }, setup);
    return id;
  };
  const [commented, edited, moved, placed, archived, restored, started, assigned, unassigned] =
    await Promise.all([
      makeTicket(),
      makeTicket(),
      makeTicket(),
      makeTicket(),
      makeTicket(),
      makeTicket(),
      makeTicket(),
      makeTicket(),
      makeTicket(true),
    ]);
  const pairs = await Promise.all([makeTicket(), makeTicket(), makeTicket(), makeTicket()]);
  const unassignedPair = await Promise.all([makeTicket(true), makeTicket(true)]);
  await toado.request('POST', `/tickets/${restored}/archive`, undefined, setup);

  const count = (sql: string, ...values: unknown[]) =>
    Number(db.one(`SELECT count(*) AS n ${sql}`, ...values)!.n);
  const isTicket = (id: string, condition: string, ...values: unknown[]) =>
    count(`FROM tickets WHERE id = ? AND ${condition}`, id, ...values);
  const isAssigned = (id: string) =>
    count(
      'FROM assignees a JOIN tickets t ON t.seq = a.ticket_seq WHERE t.id = ? AND user_id = ?',
      id,
      PERSON,
    );
  const body = `A comment for ${name}.`;
  const title = `A ticket for ${name}`;
  const write = (tool: string, args: Case['args'], ids: string[], done: (id: string) => number): Case => ({
    tool,
    args,
    ids,
    done: () => ids.map(done),
  });
  const [first, second, third, fourth] = pairs;
  return [
    ...READS.map(([tool, args]) => ({ tool, args })),
    { tool: 'whoami', args: {} },
    write('add_comment', { ticket_id: commented, body }, [commented], () =>
      count('FROM comments WHERE body = ?', body),
    ),
    write('create_ticket', { project_id: PROJECT, title }, [''], () =>
      count('FROM tickets WHERE title = ?', title),
    ),
    write('update_ticket', { ticket_id: edited, title: `Edited ${name}` }, [edited], (id) =>
      isTicket(id, 'title = ?', `Edited ${name}`),
    ),
    write('move_ticket', { ticket_id: moved, target_column_id: TARGET }, [moved], (id) =>
      isTicket(id, 'column_id = ?', TARGET),
    ),
    write('move_ticket', { ticket_id: placed, target_column_id: TARGET, position: 0 }, [placed], (id) =>
      isTicket(id, 'column_id = ?', TARGET),
    ),
    write('archive_ticket', { ticket_id: archived }, [archived], (id) =>
      isTicket(id, 'archived_at IS NOT NULL'),
    ),
    write('restore_ticket', { ticket_id: restored }, [restored], (id) => isTicket(id, 'archived_at IS NULL')),
    write('start_work_on_ticket', { ticket_ids: [started] }, [started], (id) =>
      isTicket(id, 'branch_name IS NOT NULL'),
    ),
    write('assign_ticket', { ticket_id: assigned, user_id: PERSON }, [assigned], isAssigned),
    write(
      'unassign_ticket',
      { ticket_id: unassigned, user_id: PERSON },
      [unassigned],
      (id) => 1 - isAssigned(id),
    ),
    write(
      'bulk_move_tickets',
      { ticket_ids: [first, second], target_column_id: TARGET },
      [first!, second!],
      (id) => isTicket(id, 'column_id = ?', TARGET),
    ),
    write(
      'bulk_assign_tickets',
      { ticket_ids: [third, fourth], user_id: PERSON },
      [third!, fourth!],
      isAssigned,
    ),
    write(
      'bulk_unassign_tickets',
      { ticket_ids: unassignedPair, user_id: PERSON },
      unassignedPair,
      (id) => 1 - isAssigned(id),
    ),
  ];
}
