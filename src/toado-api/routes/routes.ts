/**
 * Toado's REST routes, all of them, and nothing else knows any. Toado publishes no REST reference: every route
 * but `/auth/token-info` is this project's reading of its public documentation, so a difference is a one-line
 * change here, or one in a person's own map (`--api-map`).
 *
 * `path` names its parameters in braces; `query` and `body` list the rest. Whatever a caller passes beyond them
 * is a programming error and is refused.
 */
import { Failure } from '../../base/failure.ts';
import { isNumber, ownCursorIn, queryOf } from '../paging/cursors.ts';
import * as schemas from '../schemas/index.ts';
import { bulk, type Form, listOf, one, pageOf, type ValueOf } from './answer-forms.ts';

export interface Route<Answer = unknown> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: `/${string}`;
  /** Changes nothing: what decides about repetition, budget and who may call it. */
  isRead: boolean;
  query?: readonly string[];
  body?: readonly string[];
  answer: Form<Answer>;
  /** What a map calls arguments, where another name than ours. */
  names?: Readonly<Record<string, string>>;
  /** Values that a map adds to every call. */
  add?: { query?: Readonly<Record<string, unknown>>; body?: Readonly<Record<string, unknown>> } | undefined;
  /** The name under which a map wants the whole body. */
  wrap?: string | undefined;
}

function get<Answer>(path: `/${string}`, answer: Form<Answer>, query: readonly string[] = []) {
  return { method: 'GET', path, isRead: true, query, answer } satisfies Route<Answer>;
}
function send<Answer>(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: `/${string}`,
  answer: Form<Answer>,
  body: readonly string[] = [],
) {
  return { method, path, isRead: false, body, answer } satisfies Route<Answer>;
}

const ticket = one(schemas.ticket, 'ticket');
const tickets = pageOf(schemas.ticketSummary, 'tickets');

export const routes = {
  tokenInfo: get('/auth/token-info', {
    ...one(schemas.tokenInfo, 'token', 'token_info', 'tokenInfo', 'api_token', 'auth'),
    whole: schemas.narrowestScopes,
  }),

  listCompanies: get('/companies', listOf(schemas.company, 'companies')),
  listProjects: get('/projects', listOf(schemas.project, 'projects'), ['company_id']),
  listColumns: get('/projects/{project_id}/columns', listOf(schemas.column, 'columns')),
  listMembers: get('/projects/{project_id}/members', listOf(schemas.member, 'members', 'users')),

  listTickets: get('/projects/{project_id}/tickets', tickets, [
    'column_id',
    'status',
    'query',
    'limit',
    'cursor',
  ]),
  searchTickets: get('/tickets/search', tickets, ['query', 'company_id', 'project_id', 'limit', 'cursor']),
  getTicket: get('/tickets/{ticket_id}', ticket, ['include']),
  listComments: get('/tickets/{ticket_id}/comments', pageOf(schemas.comment, 'comments'), [
    'limit',
    'cursor',
  ]),
  getAnnotations: get('/tickets/{ticket_id}/annotations', listOf(schemas.annotation, 'annotations')),
  getAsset: get('/tickets/{ticket_id}/assets/{asset}', one(schemas.asset, 'asset')),

  addComment: send('POST', '/tickets/{ticket_id}/comments', one(schemas.comment, 'comment'), ['body']),
  createTicket: send('POST', '/projects/{project_id}/tickets', ticket, [
    'title',
    'description',
    'column_id',
    'source_url',
  ]),
  updateTicket: send('PATCH', '/tickets/{ticket_id}', ticket, ['title', 'description', 'resolved']),
  moveTicket: send('POST', '/tickets/{ticket_id}/move', ticket, ['target_column_id', 'position']),
  bulkMoveTickets: send('POST', '/tickets/bulk-move', bulk('moved'), ['ticket_ids', 'target_column_id']),
  archiveTicket: send('POST', '/tickets/{ticket_id}/archive', ticket),
  restoreTicket: send('POST', '/tickets/{ticket_id}/restore', ticket),
  startWork: send('POST', '/tickets/start-work', one(schemas.startedWork, 'work'), [
    'ticket_ids',
    'branch_name',
  ]),

  assignTicket: send('POST', '/tickets/{ticket_id}/assignees', ticket, ['user_id']),
  unassignTicket: send('DELETE', '/tickets/{ticket_id}/assignees/{user_id}', ticket),
  bulkAssignTickets: send('POST', '/tickets/bulk-assign', bulk('assigned'), ['ticket_ids', 'user_id']),
  bulkUnassignTickets: send('POST', '/tickets/bulk-unassign', bulk('unassigned'), ['ticket_ids', 'user_id']),
} as const;

export type RouteName = keyof typeof routes;
export const ROUTE_NAMES = Object.keys(routes) as RouteName[];
/** The table as a session uses it: the one above, or with a map's corrections. */
export type RouteTable = Readonly<Record<RouteName, Route>>;
export type AnswerOf<Name extends RouteName> = ValueOf<(typeof routes)[Name]['answer']>;

export interface PreparedRequest {
  method: Route['method'];
  /** Path and query below the API's base, percent-encoded. */
  target: string;
  body?: string;
}

/** The names in the braces of a path. */
export function placesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
}

/** Puts arguments where the route wants them. No argument can leave its place: segments are percent-encoded. */
export function prepare(route: Route, args: Record<string, unknown>): PreparedRequest {
  const { names = {}, add = {}, wrap } = route;
  const left = new Map<string, unknown>();
  for (const name of Object.keys(args)) if (args[name] !== undefined) left.set(name, args[name]);
  const take = (name: string) => {
    const value = left.get(name);
    left.delete(name);
    return value;
  };
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    left.delete(name);
    return segment(name, args[name]);
  });
  const query = new URLSearchParams();
  const put = (name: string, value: unknown) =>
    query.set(name, Array.isArray(value) ? value.join(',') : String(value));
  for (const [name, value] of Object.entries(add.query ?? {})) put(name, value);
  // A cursor may stand for arguments of its own, the page's size among them.
  const paging = typeof args.cursor === 'string' ? queryOf(args.cursor, names.cursor) : undefined;
  if (paging) left.delete('cursor');
  else if (typeof args.cursor === 'string') left.set('cursor', ownCursorIn(args.cursor));
  if (paging?.has('limit')) left.delete('limit');
  for (const name of route.query ?? []) {
    const value = take(name);
    if (value !== undefined) put(names[name] ?? name, value);
  }
  const body: Record<string, unknown> = { ...add.body };
  for (const name of route.body ?? []) {
    const value = take(name);
    if (value !== undefined) body[names[name] ?? name] = value;
  }
  for (const [given, value] of paging ?? []) {
    const name = given === 'limit' ? (names.limit ?? given) : given;
    // A search that a map sends as a POST has its arguments in the body.
    if (route.method === 'GET') query.set(name, value);
    else body[name] = isNumber(name, value) ? Number(value) : value;
  }
  if (left.size > 0) throw new Error(`${route.method} ${route.path} takes no ${[...left.keys()].join(', ')}`);
  const target = query.size > 0 ? `${path}?${query}` : path;
  const hasBody = (route.body?.length ?? 0) > 0 || add.body !== undefined;
  return {
    method: route.method,
    target,
    ...(hasBody ? { body: JSON.stringify(wrap === undefined ? body : { [wrap]: body }) } : {}),
  };
}

function segment(name: string, value: unknown): string {
  const id = typeof value === 'string' ? value : '';
  // An empty or dotted segment is the one thing that percent-encoding leaves dangerous: it names another path.
  const isOdd = /^\.*$/.test(id) || /[\ud800-\udfff]/.test(id.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''));
  if (isOdd)
    throw new Failure(
      'validation_error',
      `${name} is ${JSON.stringify(id.slice(0, 40))}, which can't stand in an address; nothing was sent.`,
      'Give another id.',
      { outcome: 'not_sent' },
    );
  return encodeURIComponent(id);
}
