/** Every tool there is, sorted by name. What a session gets is one filter over their catalogue (src/access). */
import type { Tool } from '../src/tool-kit/definition/define-tool.ts';
import { addComment } from './add-comment.ts';
import { archiveTicket } from './archive-ticket.ts';
import { assignTicket } from './assign-ticket.ts';
import { bulkAssignTickets } from './bulk-assign-tickets.ts';
import { bulkMoveTickets } from './bulk-move-tickets.ts';
import { bulkUnassignTickets } from './bulk-unassign-tickets.ts';
import { createTicket } from './create-ticket.ts';
import { getAnnotations } from './get-annotations.ts';
import { getCaptureAsset } from './get-capture-asset.ts';
import { getDevtools } from './get-devtools.ts';
import { getTicket } from './get-ticket.ts';
import { listColumns } from './list-columns.ts';
import { listComments } from './list-comments.ts';
import { listCompanies } from './list-companies.ts';
import { listMembers } from './list-members.ts';
import { listProjects } from './list-projects.ts';
import { listTickets } from './list-tickets.ts';
import { moveTicket } from './move-ticket.ts';
import { restoreTicket } from './restore-ticket.ts';
import { searchTickets } from './search-tickets.ts';
import { startWorkOnTicket } from './start-work-on-ticket.ts';
import { unassignTicket } from './unassign-ticket.ts';
import { updateTicket } from './update-ticket.ts';
import { whoami } from './whoami.ts';

export const tools: readonly Tool[] = [
  addComment,
  archiveTicket,
  assignTicket,
  bulkAssignTickets,
  bulkMoveTickets,
  bulkUnassignTickets,
  createTicket,
  getAnnotations,
  getCaptureAsset,
  getDevtools,
  getTicket,
  listColumns,
  listComments,
  listCompanies,
  listMembers,
  listProjects,
  listTickets,
  moveTicket,
  restoreTicket,
  searchTickets,
  startWorkOnTicket,
  unassignTicket,
  updateTicket,
  whoami,
];
