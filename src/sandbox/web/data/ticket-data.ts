import type { Context } from '../../api/context.ts';
import { membersOf, type ProjectAccess, projectsFor } from '../../auth/permissions.ts';
import type { Actor } from '../../model/actor.ts';
import type { Attachment, Capture } from '../../model/capture.ts';
import { type ActivityEntry, type ActivityPage, activityOfTicket } from '../../queries/activity.ts';
import { columnsOf } from '../../queries/board.ts';
import { attachmentsOf, captureOf } from '../../queries/capture.ts';
import { parse } from '../../queries/json.ts';
import type { Page } from '../../queries/page.ts';
import { requireTicket, type Ticket, ticketJson } from '../../queries/ticket.ts';
import { projectName } from './board-data.ts';
import type { User } from './companies-and-users.ts';
import { type ShownComments, shownComments } from './shown-comments.ts';

export interface TicketView {
  ticket: Ticket;
  seq: number;
  access: ProjectAccess;
  /** Whether the person's role lets them write, and edit this one. */
  mayWrite: boolean;
  mayEdit: boolean;
  project: { id: string; name: string };
  columns: { id: string; name: string; project: string }[];
  members: User[];
  capture: Capture | undefined;
  annotations: number;
  attachments: Attachment[];
  comments: ShownComments;
  history: Page<ActivityEntry>;
}

/** Throws `ticket_not_found` and `forbidden`. */
export function ticketView(
  { db, pictures }: Context,
  person: Actor,
  id: string,
  { comments, history }: { comments?: string | undefined; history: ActivityPage },
): TicketView {
  const { ticket: row, access } = requireTicket(db, person, id);
  const captured = row.has_capture ? captureOf(db, pictures, row.seq) : undefined;
  const mayWrite = access.role !== 'viewer' && !access.read_only;
  const ticket = parse(ticketJson(db, id));
  return {
    ticket,
    seq: row.seq,
    access,
    mayWrite,
    mayEdit: mayWrite && (access.role !== 'member' || row.created_by === person.user.id),
    project: projectName(db, row.project_id),
    columns: projectsFor(db, person)
      .filter(({ company_id }) => company_id === access.company_id)
      .sort((a, b) => Number(b.id === row.project_id) - Number(a.id === row.project_id))
      .flatMap((project) =>
        columnsOf(db, project.id).map(({ id, name }) => ({ id, name, project: project.name })),
      ),
    members: membersOf(db, row.project_id),
    capture: captured?.capture,
    annotations: captured?.annotations.length ?? 0,
    attachments: attachmentsOf(db, pictures, row.seq),
    comments: shownComments(db, row.seq, comments),
    history: activityOfTicket(db, person, id, history),
  };
}
