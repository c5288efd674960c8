/** One case for each tool: what it is called with, and what stands in the database when it took effect. */
import { authenticate } from '../../src/sandbox/auth/bearer.ts';
import { Database } from '../../src/sandbox/db/database.ts';
import { parse } from '../../src/sandbox/queries/json.ts';
import { archiveTicket } from '../../src/sandbox/rules/archive.ts';
import { assign } from '../../src/sandbox/rules/assign.ts';
import { createTicket } from '../../src/sandbox/rules/tickets.ts';
import type { DatabaseReader } from '../support/database.ts';
import { atEnd } from '../support/ending.ts';
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
  ['get_ticket', { ticket_id: 't-Av4413' }],
  ['get_devtools', { ticket_id: 't-Av4413', panel: 'network', min_status: 400 }],
  ['get_annotations', { ticket_id: 't-Av4413' }],
  ['get_capture_asset', { ticket_id: 't-Av4413', as: 'link' }],
  ['list_comments', { ticket_id: 't-Av4413' }],
];

/** Makes a ticket in the sandbox's file, and tells its id. */
export type MakeTicket = (title: string, state?: 'assigned' | 'archived') => Promise<string>;

/** By the sandbox's rules, past its API: hundreds are needed, and a request takes milliseconds of processor time. */
export async function ticketMaker(toado: Toado): Promise<MakeTicket> {
  const { token } = await toado.createToken({ scopes: ['tickets:write', 'tickets:assign'] });
  const db = new Database(toado.db);
  atEnd(() => db.close());
  db.serve();
  const { actor } = authenticate(db, `Bearer ${token}`, false);
  return (title, state) =>
    db.writeWhenFree(() => {
      const { id } = parse(createTicket(db, actor, PROJECT, { title }));
      if (state === 'assigned') assign(db, actor, id, PERSON);
      if (state === 'archived') archiveTicket(db, actor, id);
      return id;
    });
}

/**
 * @param name makes texts and tickets that no other batch has.
 * @param isWanted by the place in the list; tickets are made only for those.
 */
export async function casesOf(
  name: string,
  make: MakeTicket,
  db: DatabaseReader,
  isWanted: (at: number) => boolean = () => true,
): Promise<Case[]> {
  const makeTicket = (state?: 'assigned' | 'archived') => make(`For ${name}`, state);
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
  const isUnassigned = (id: string) => 1 - isAssigned(id);
  const body = `A comment for ${name}.`;
  const title = `A ticket for ${name}`;
  type Done = (id: string) => number;
  const read = (tool: string, args: Case['args']) => async (): Promise<Case> => ({ tool, args });
  /** A write on tickets of its own. */
  const write =
    (tool: string, tickets: () => Promise<string>[], args: (ids: string[]) => Case['args'], done: Done) =>
    async (): Promise<Case> => {
      const ids = await Promise.all(tickets());
      return { tool, args: args(ids), ids, done: () => ids.map(done) };
    };
  const one = () => [makeTicket()];
  const two = () => [makeTicket(), makeTicket()];
  const inTarget: Done = (id) => isTicket(id, 'column_id = ?', TARGET);
  const cases = [
    ...READS.map(([tool, args]) => read(tool, args)),
    read('whoami', {}),
    write(
      'add_comment',
      one,
      ([ticket_id]) => ({ ticket_id, body }),
      () => count('FROM comments WHERE body = ?', body),
    ),
    write(
      'create_ticket',
      () => [Promise.resolve('')],
      () => ({ project_id: PROJECT, title }),
      () => count('FROM tickets WHERE title = ?', title),
    ),
    write(
      'update_ticket',
      one,
      ([ticket_id]) => ({ ticket_id, title: `Edited ${name}` }),
      (id) => isTicket(id, 'title = ?', `Edited ${name}`),
    ),
    write('move_ticket', one, ([ticket_id]) => ({ ticket_id, target_column_id: TARGET }), inTarget),
    write(
      'move_ticket',
      one,
      ([ticket_id]) => ({ ticket_id, target_column_id: TARGET, position: 0 }),
      inTarget,
    ),
    write(
      'archive_ticket',
      one,
      ([ticket_id]) => ({ ticket_id }),
      (id) => isTicket(id, 'archived_at IS NOT NULL'),
    ),
    write(
      'restore_ticket',
      () => [makeTicket('archived')],
      ([ticket_id]) => ({ ticket_id }),
      (id) => isTicket(id, 'archived_at IS NULL'),
    ),
    write(
      'start_work_on_ticket',
      one,
      (ticket_ids) => ({ ticket_ids }),
      (id) => isTicket(id, 'branch_name IS NOT NULL'),
    ),
    write('assign_ticket', one, ([ticket_id]) => ({ ticket_id, user_id: PERSON }), isAssigned),
    write(
      'unassign_ticket',
      () => [makeTicket('assigned')],
      ([ticket_id]) => ({ ticket_id, user_id: PERSON }),
      isUnassigned,
    ),
    write('bulk_move_tickets', two, (ticket_ids) => ({ ticket_ids, target_column_id: TARGET }), inTarget),
    write('bulk_assign_tickets', two, (ticket_ids) => ({ ticket_ids, user_id: PERSON }), isAssigned),
    write(
      'bulk_unassign_tickets',
      () => [makeTicket('assigned'), makeTicket('assigned')],
      (ticket_ids) => ({ ticket_ids, user_id: PERSON }),
      isUnassigned,
    ),
  ];
  return Promise.all(cases.filter((_, at) => isWanted(at)).map((make) => make()));
}
