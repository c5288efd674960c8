import type { Answer, ListRest } from '../respond/answer.ts';
import type { ReadApi } from '../toado-api/routes/calls.ts';
import type { TicketSummary } from '../toado-api/schemas/index.ts';
import { listNotes, wholePage } from '../tool-kit/lists/paging.ts';
import { ticketRow, type ViewContext } from '../views/ticket.ts';
import { withUnknown } from '../views/unknown-fields.ts';

const PAGE = 100;
/** Nobody reads a larger board at once; list_tickets pages through it. */
const MANY_PAGES = 5;

/** Columns from left to right with their tickets from the top. */
export async function readBoard(project_id: string, api: ReadApi, context: ViewContext): Promise<Answer> {
  const [{ items: columns, unknown }, { tickets, more, beside }] = await Promise.all([
    api.listColumns({ project_id }).then(wholePage),
    ticketsOf(project_id, api),
  ]);
  const data: Answer['data'] = { project_id, tickets: tickets.length };
  const lists: Record<string, ListRest> = {};
  const inOrder = [...columns].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  for (const [at, { order: _order, ...column }] of inOrder.entries()) {
    const rows = tickets
      .filter((ticket) => ticket.column_id === column.id)
      .map((ticket) => boardRow(ticket, context));
    data[`column_${at + 1}`] = { ...column, tickets: rows };
    lists[`column_${at + 1}.tickets`] = { total: rows.length, more: 'list_tickets with its column_id' };
  }
  const known = new Set(columns.map((column) => column.id));
  const elsewhere = tickets.filter(({ column_id }) => !known.has(column_id ?? ''));
  if (elsewhere.length > 0) data.elsewhere = elsewhere.map((ticket) => ticketRow(ticket, context));
  const notes = more ? [`The first ${tickets.length} tickets; list_tickets pages through the rest.`] : [];
  const said = { ...beside, ...unknown };
  return { data: withUnknown(data, said), lists, notes: [...notes, ...listNotes({ unknown: said })] };
}

/** What its place on the board says already is left out. */
function boardRow(ticket: TicketSummary, context: ViewContext) {
  const {
    project_id: _projectId,
    project: _project,
    column_id: _columnId,
    column: _column,
    status: _status,
    created_at: _made,
    ...row
  } = ticketRow(ticket, context);
  return row;
}

async function ticketsOf(
  project_id: string,
  api: ReadApi,
): Promise<{ tickets: TicketSummary[]; more: boolean; beside: Record<string, unknown> }> {
  const tickets: TicketSummary[] = [];
  const beside: Record<string, unknown> = {};
  let cursor: string | undefined;
  for (let page = 0; page < MANY_PAGES; page++) {
    const {
      items,
      cursor: next,
      endUnknown: _,
      ...said
    } = await api.listTickets({ project_id, limit: PAGE, cursor });
    tickets.push(...items);
    withUnknown(beside, said);
    cursor = next ?? undefined;
    if (!cursor) break;
  }
  return { tickets, more: cursor !== undefined, beside };
}
