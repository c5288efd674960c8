/** A ticket as an agent reads it: flags only where they are set, ids and times as they are used in the next call. */
import * as z from 'zod';
import type { SessionView } from '../catalogue/define-tool.ts';
import type { Answer } from '../respond/answer.ts';
import type { Ticket, TicketSummary } from '../rest/shapes.ts';
import { authored, shownAs } from './attribution.ts';

const optional = z.string().optional();

export const rowSchema = z.object({
  id: z.string(),
  title: z.string(),
  project_id: optional,
  column_id: optional,
  status: optional,
  resolved: z.boolean().optional(),
  is_draft: z.boolean().optional(),
  assignees: z.array(z.object({ id: z.string() })).optional(),
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
  id: z.string(),
  title: z.string(),
  project_id: optional,
  column_id: optional,
  status: optional,
  shown_as: optional,
});

/** One row of a list. Fields that Toado adds one day are kept. */
export function ticketRow(ticket: TicketSummary) {
  const {
    id,
    title,
    project_id,
    column_id,
    status,
    comment_count,
    assignees,
    created_at,
    updated_at,
    ...rest
  } = ticket;
  const { resolved, is_draft, has_capture, has_ai_activity, source_url, branch_name, ...unknown } = rest;
  return {
    id,
    title,
    project_id,
    column_id,
    status,
    resolved: resolved || undefined,
    is_draft: is_draft || undefined,
    assignees: assignees?.length ? assignees : undefined,
    comment_count: comment_count || undefined,
    has_capture: has_capture || undefined,
    has_ai_activity: has_ai_activity || undefined,
    source_url,
    branch_name,
    created_at,
    updated_at,
    ...unknown,
  };
}

/** A whole ticket, but for its devtools, which have a view of their own. */
export function ticketDetail(ticket: Ticket) {
  const {
    description,
    created,
    updated,
    archived_at,
    capture,
    attachments,
    annotations,
    devtools,
    ...summary
  } = ticket;
  return {
    ...ticketRow(summary as TicketSummary),
    archived_at,
    created: authored(created),
    updated: authored(updated),
    description: description || undefined,
    capture,
    attachments,
    annotations,
  };
}

/** What a write of one ticket answers: the ticket's new state, and who it will be shown as. */
export function ticketWritten(ticket: Ticket, session: SessionView, did: string): Answer {
  const { created, updated, description, capture, attachments, annotations, devtools, ...summary } = ticket;
  const by = updated ?? created;
  return {
    data: { ...ticketRow(summary as TicketSummary), shown_as: by ? shownAs(by) : session.shownAs },
    notes: [did],
  };
}
