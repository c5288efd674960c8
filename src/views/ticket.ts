/** A ticket as an agent reads it: flags only where they are set, ids and times as they are used in the next call. */
import * as z from 'zod';
import type { Answer } from '../respond/answer.ts';
import type { Ticket, TicketSummary } from '../toado-api/schemas/index.ts';
import { authored, OMITTED_OF_AUTHORS, shownAs } from './attribution.ts';
import { withUnknown } from './unknown-fields.ts';

/** What a view has to know beside the ticket. */
export interface ViewContext {
  /** Where a person opens Toado. */
  webOrigin: string;
  /** The address of a ticket's page. */
  pageOf: (ticketId: string) => string;
  /** A project's or a column's name, where it came by before. */
  nameOf: (kind: 'project' | 'column', id: string | null | undefined) => string | undefined;
}

const optional = z.string().optional();

export const rowSchema = z.object({
  id: optional,
  title: optional,
  project_id: optional,
  project: optional,
  column_id: optional,
  column: optional,
  status: optional,
  resolved: z.boolean().optional(),
  is_draft: z.boolean().optional(),
  assignees: z.array(z.object({ id: optional })).optional(),
  comment_count: z.number().optional(),
  has_capture: z.boolean().optional(),
  has_ai_activity: z.boolean().optional(),
  source_url: optional,
  branch_name: optional,
  created_at: optional,
  updated_at: optional,
  page: optional,
});

/** What every write of one ticket answers with. */
export const writtenSchema = rowSchema
  .pick({
    id: true,
    title: true,
    project_id: true,
    column_id: true,
    status: true,
    page: true,
  })
  .extend({ shown_as: optional });

/** One row of a list. Fields that Toado adds one day are kept. */
export function ticketRow(ticket: TicketSummary, context: ViewContext) {
  return withUnknown(summaryOf(ticket, context), ticket);
}

/** Rows, and what of them the text needn't say. */
export function ticketRows(tickets: readonly TicketSummary[], context: ViewContext) {
  const isUnchanged = tickets.every(({ created_at, updated_at }) => created_at === updated_at);
  const areActive = tickets.every(({ status }) => status === 'active');
  return {
    items: tickets.map((ticket) => ticketRow(ticket, context)),
    omitFromText: [...(isUnchanged ? ['items.updated_at'] : []), ...(areActive ? ['items.status'] : [])],
  };
}

function summaryOf(ticket: TicketSummary, { pageOf, nameOf }: ViewContext) {
  const { assignees } = ticket;
  return {
    id: ticket.id,
    title: ticket.title,
    project_id: ticket.project_id,
    project: nameOf('project', ticket.project_id),
    column_id: ticket.column_id,
    column: nameOf('column', ticket.column_id),
    status: ticket.status,
    resolved: ticket.resolved || undefined,
    is_draft: ticket.is_draft || undefined,
    assignees: assignees?.length ? assignees : undefined,
    comment_count: ticket.comment_count || undefined,
    has_capture: ticket.has_capture || undefined,
    has_ai_activity: ticket.has_ai_activity || undefined,
    source_url: ticket.source_url,
    branch_name: ticket.branch_name,
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
    page: ticket.id ? pageOf(ticket.id) : undefined,
  };
}

/** A whole ticket, but for its devtools, which have a view of their own. */
export function ticketDetail(ticket: Ticket, context: ViewContext) {
  // Spread into another object, so many fields become one that is slow to read for all that follows.
  const detail = Object.assign(summaryOf(ticket, context), {
    archived_at: ticket.archived_at,
    created: authored(ticket.created),
    updated: authored(ticket.updated),
    description: ticket.description || undefined,
    capture: ticket.capture,
    attachments: ticket.attachments,
    annotations: ticket.annotations,
  });
  // Comments have a tool of their own; here they are counted.
  return withUnknown(detail, ticket, ['devtools', 'comments']);
}

const ALWAYS_OMITTED = [
  ...['created', 'updated'].flatMap((one) => OMITTED_OF_AUTHORS.map((name) => `${one}.${name}`)),
  'capture.id',
];

/** What of a whole ticket the text needn't say, since it says it elsewhere, or it is as usual. */
export function omittedFromDetail(ticket: Ticket): string[] {
  const { created, updated, capture } = ticket;
  const omitFromText = [...ALWAYS_OMITTED];
  if (ticket.status === 'active') omitFromText.push('status');
  if (capture) omitFromText.push('has_capture');
  if (capture?.url && capture.url === ticket.source_url) omitFromText.push('source_url');
  if (created?.at && created.at === ticket.created_at) omitFromText.push('created_at');
  if (updated?.at && updated.at === ticket.updated_at) omitFromText.push('updated_at');
  const isUnchanged =
    created?.at && updated && created.at === updated.at && shownAs(created) === shownAs(updated);
  if (isUnchanged) omitFromText.push('updated');
  return omitFromText;
}

/** What a write of one ticket was for, which its text tells beside the ticket's name. */
type Told = 'project_id' | 'column_id' | 'status' | 'resolved' | 'assignees';

export interface Wrote {
  did: string;
  tells?: readonly Told[] | undefined;
}

interface Writing extends ViewContext {
  /** Who the write will be shown as, where the answer doesn't say. */
  shownAs?: string | undefined;
}

/**
 * What a write of one ticket answers: the ticket's new state, and who it will be shown as. The text says what the
 * write was about, and nothing that the caller knows.
 */
export function ticketWritten(ticket: Ticket, session: Writing, { did, tells = [] }: Wrote): Answer {
  const by = ticket.updated ?? ticket.created;
  const summary = summaryOf(ticket, session);
  const always = ['id', 'title', 'page', 'project', 'column'];
  // It is on no board, whatever else was written of it.
  if (ticket.status !== 'active') always.push('status');
  const omitFromText = Object.keys(summary).filter(
    (name) => !always.includes(name) && !(tells as readonly string[]).includes(name),
  );
  // A name without its id would say nothing of where it stands.
  if (!tells.includes('project_id')) omitFromText.push('project');
  if (!tells.includes('column_id')) omitFromText.push('column');
  const written = Object.assign(summary, { shown_as: by ? shownAs(by) : session.shownAs });
  return { data: withUnknown(written, ticket, DETAILS), notes: [did], omitFromText };
}

/** What get_ticket shows beyond a row. */
const DETAILS = [
  'description',
  'created',
  'updated',
  'capture',
  'attachments',
  'annotations',
  'devtools',
  'comments',
];
