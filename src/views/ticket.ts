/** A ticket as an agent reads it: flags only where they are set, ids and times as they are used in the next call. */
import * as z from 'zod';
import type { Answer } from '../respond/answer.ts';
import type { Ticket, TicketSummary } from '../toado-api/schemas.ts';
import type { SessionView } from '../tool-kit/define-tool.ts';
import { authored, shownAs } from './attribution.ts';
import { withUnknown } from './unknown.ts';

const optional = z.string().optional();

export const rowSchema = z.object({
  id: optional,
  title: optional,
  project_id: optional,
  column_id: optional,
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
});

/** What every write of one ticket answers with. */
export const writtenSchema = z.object({
  id: optional,
  title: optional,
  project_id: optional,
  column_id: optional,
  status: optional,
  shown_as: optional,
});

/** One row of a list. Fields that Toado adds one day are kept. */
export function ticketRow(ticket: TicketSummary) {
  return withUnknown(summaryOf(ticket), ticket);
}

function summaryOf(ticket: TicketSummary) {
  const { assignees } = ticket;
  return {
    id: ticket.id,
    title: ticket.title,
    project_id: ticket.project_id,
    column_id: ticket.column_id,
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
  };
}

/** A whole ticket, but for its devtools, which have a view of their own. */
export function ticketDetail(ticket: Ticket) {
  // Not spread into one literal: V8 takes fifty times as long for that.
  const detail = Object.assign(summaryOf(ticket), {
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

/** What a write of one ticket answers: the ticket's new state, and who it will be shown as. */
export function ticketWritten(ticket: Ticket, session: SessionView, did: string): Answer {
  const by = ticket.updated ?? ticket.created;
  const written = Object.assign(summaryOf(ticket), { shown_as: by ? shownAs(by) : session.shownAs });
  return { data: withUnknown(written, ticket, DETAILS), notes: [did] };
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
