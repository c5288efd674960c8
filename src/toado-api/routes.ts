/**
 * Toado's REST routes, all of them, and nothing else knows any. Toado publishes no REST reference: every route
 * but `/auth/token-info` is this project's reading of its public documentation, so a difference is a one-line
 * change here.
 *
 * `path` names its parameters in braces; `query` and `body` list the rest. Whatever a caller passes beyond them
 * is a programming error and is refused.
 */
import { list, type Read, type Reader } from './schema.ts';
import * as shapes from './schemas.ts';

export interface Route<Answer = unknown> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: `/${string}`;
  query?: readonly string[];
  body?: readonly string[];
  answer: Reader<Answer>;
}

function get<Answer>(path: `/${string}`, answer: Reader<Answer>, query: readonly string[] = []) {
  return { method: 'GET', path, query, answer } satisfies Route<Answer>;
}
function send<Answer>(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: `/${string}`,
  answer: Reader<Answer>,
  body: readonly string[] = [],
) {
  return { method, path, body, answer } satisfies Route<Answer>;
}

export const routes = {
  tokenInfo: get('/auth/token-info', shapes.tokenInfo),

  listCompanies: get('/companies', list(shapes.company)),
  listProjects: get('/projects', list(shapes.project), ['company_id']),
  listColumns: get('/projects/{project_id}/columns', list(shapes.column)),
  listMembers: get('/projects/{project_id}/members', list(shapes.member)),

  listTickets: get('/projects/{project_id}/tickets', shapes.ticketPage, [
    'column_id',
    'status',
    'query',
    'limit',
    'cursor',
  ]),
  searchTickets: get('/tickets/search', shapes.ticketPage, [
    'query',
    'company_id',
    'project_id',
    'limit',
    'cursor',
  ]),
  getTicket: get('/tickets/{ticket_id}', shapes.ticket, ['include']),
  listComments: get('/tickets/{ticket_id}/comments', shapes.commentPage, ['limit', 'cursor']),
  getAnnotations: get('/tickets/{ticket_id}/annotations', list(shapes.annotation)),
  getAsset: get('/tickets/{ticket_id}/assets/{asset}', shapes.asset),

  addComment: send('POST', '/tickets/{ticket_id}/comments', shapes.comment, ['body']),
  createTicket: send('POST', '/projects/{project_id}/tickets', shapes.ticket, [
    'title',
    'description',
    'column_id',
    'source_url',
  ]),
  updateTicket: send('PATCH', '/tickets/{ticket_id}', shapes.ticket, ['title', 'description', 'resolved']),
  moveTicket: send('POST', '/tickets/{ticket_id}/move', shapes.ticket, ['target_column_id', 'position']),
  bulkMoveTickets: send('POST', '/tickets/bulk-move', shapes.bulkResult, ['ticket_ids', 'target_column_id']),
  archiveTicket: send('POST', '/tickets/{ticket_id}/archive', shapes.ticket),
  restoreTicket: send('POST', '/tickets/{ticket_id}/restore', shapes.ticket),
  startWork: send('POST', '/tickets/start-work', shapes.startedWork, ['ticket_ids', 'branch_name']),

  assignTicket: send('POST', '/tickets/{ticket_id}/assignees', shapes.ticket, ['user_id']),
  unassignTicket: send('DELETE', '/tickets/{ticket_id}/assignees/{user_id}', shapes.ticket),
  bulkAssignTickets: send('POST', '/tickets/bulk-assign', shapes.bulkResult, ['ticket_ids', 'user_id']),
  bulkUnassignTickets: send('POST', '/tickets/bulk-unassign', shapes.bulkResult, ['ticket_ids', 'user_id']),
} as const;

export type RouteName = keyof typeof routes;
export type AnswerOf<Name extends RouteName> = Read<(typeof routes)[Name]['answer']>;

export interface PreparedRequest {
  method: Route['method'];
  /** Path and query below the API's base, percent-encoded. */
  target: string;
  body?: string;
}

/** Puts arguments where the route wants them. No argument can leave its place: segments are percent-encoded. */
export function prepare(route: Route, args: Record<string, unknown>): PreparedRequest {
  const left = new Map<string, unknown>();
  for (const name of Object.keys(args)) if (args[name] !== undefined) left.set(name, args[name]);
  const take = (name: string) => {
    const value = left.get(name);
    left.delete(name);
    return value;
  };
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => segment(name, take(name)));
  const query = new URLSearchParams();
  for (const name of route.query ?? []) {
    const value = take(name);
    if (value !== undefined) query.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const body: Record<string, unknown> = {};
  for (const name of route.body ?? []) {
    const value = take(name);
    if (value !== undefined) body[name] = value;
  }
  if (left.size > 0) throw new Error(`${route.method} ${route.path} takes no ${[...left.keys()].join(', ')}`);
  const target = query.size > 0 ? `${path}?${query}` : path;
  return { method: route.method, target, ...(route.body?.length ? { body: JSON.stringify(body) } : {}) };
}

function segment(name: string, value: unknown): string {
  const id = typeof value === 'string' ? value : '';
  // An empty or dotted segment is the one thing that percent-encoding leaves dangerous: it names another path.
  if (/^\.*$/.test(id)) throw new Error(`${name} can't be ${JSON.stringify(value)}`);
  return encodeURIComponent(id);
}
