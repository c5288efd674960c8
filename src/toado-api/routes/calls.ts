/** What tools, prompts and resources know of Toado's REST API: its calls and their answers, nothing of the transport. */
import type { AnswerOf, RouteName } from './routes.ts';

interface Arguments {
  tokenInfo: Record<string, never>;
  listCompanies: Record<string, never>;
  listProjects: { company_id?: string };
  listColumns: { project_id: string };
  listMembers: { project_id: string };
  listTickets: {
    project_id: string;
    column_id?: string;
    status?: string;
    query?: string;
    limit?: number;
    cursor?: string;
  };
  searchTickets: { query: string; company_id?: string; project_id?: string; limit?: number; cursor?: string };
  getTicket: { ticket_id: string; include?: readonly string[] };
  listComments: { ticket_id: string; limit?: number; cursor?: string };
  getAnnotations: { ticket_id: string };
  getAsset: { ticket_id: string; asset: string };
  addComment: { ticket_id: string; body: string };
  createTicket: {
    project_id: string;
    title: string;
    description?: string;
    column_id?: string;
    source_url?: string;
  };
  updateTicket: { ticket_id: string; title?: string; description?: string; resolved?: boolean };
  moveTicket: { ticket_id: string; target_column_id: string; position?: number };
  bulkMoveTickets: { ticket_ids: readonly string[]; target_column_id: string };
  archiveTicket: { ticket_id: string };
  restoreTicket: { ticket_id: string };
  startWork: { ticket_ids: readonly string[]; branch_name?: string };
  assignTicket: { ticket_id: string; user_id: string };
  unassignTicket: { ticket_id: string; user_id: string };
  bulkAssignTickets: { ticket_ids: readonly string[]; user_id: string };
  bulkUnassignTickets: { ticket_ids: readonly string[]; user_id: string };
}

/** Whatever may be absent may be undefined, too: it is left out of the request. */
type OrUndefined<Args> = {
  [Name in keyof Args]: Record<never, never> extends Pick<Args, Name> ? Args[Name] | undefined : Args[Name];
};

/** Every call throws a `Failure` when it doesn't succeed. */
export type ToadoApi = {
  [Name in RouteName]: (args: OrUndefined<Arguments[Name]>) => Promise<AnswerOf<Name>>;
};

/** The calls that change nothing. */
export type ReadApi = Pick<
  ToadoApi,
  | 'tokenInfo'
  | 'listCompanies'
  | 'listProjects'
  | 'listColumns'
  | 'listMembers'
  | 'listTickets'
  | 'searchTickets'
  | 'getTicket'
  | 'listComments'
  | 'getAnnotations'
  | 'getAsset'
>;
