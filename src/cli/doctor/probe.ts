/**
 * `doctor --probe`: asks every route that only reads, with the person's own token, and says of each whether it answers
 * as this project reads Toado. Writes are never tried.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../../base/failure.ts';
import type { Session } from '../../session/session.ts';
import type { AnswerReport } from '../../toado-api/client/options.ts';
import { type Route, type RouteName, routes } from '../../toado-api/routes/routes.ts';

/** The most requests that a probe makes, and the pause between two of them. */
const MAX_REQUESTS = 30;
const PACE_MS = 100;
const PROBE_MS = 120_000;
/** As many projects and tickets are looked at to find one with something in it. */
const MAX_TRIED = 3;

export type Verdict =
  /** As the contract says. */
  | 'confirmed'
  /** Otherwise, but read all the same. */
  | 'understood'
  | 'not understood'
  /** 404 or 405 though what was asked for exists. */
  | 'not there'
  /** Toado was asked, and said no. */
  | 'refused'
  /** There was nothing to ask it about. */
  | 'not asked'
  /** It writes. */
  | 'not probed';

export interface ProbedRoute {
  route: RouteName;
  method: string;
  path: string;
  verdict: Verdict;
  status?: number;
  ms?: number;
  /** What differs, or why not: field names and types, never a value. */
  how: string[];
}

export interface Probe {
  routes: ProbedRoute[];
  /** Headers that were seen, by what they are good for. */
  headers: Record<'rate limit' | 'etag' | 'compression' | 'request id', boolean>;
  requests: number;
}

export async function probe(session: Session): Promise<Probe> {
  // What was answered before would come as 304, which says nothing about its form.
  session.client.forget();
  const probing = new Probing(session);
  await probing.run();
  return probing.result();
}

type Row = { id?: string | null | undefined; comment_count?: unknown; has_capture?: unknown };

function idsOf(rows: readonly { id?: string | null }[] | undefined): string[] {
  return (rows ?? []).flatMap(({ id }) => id ?? []);
}

type Asked = { report?: AnswerReport; failure?: Failure };

class Probing {
  readonly #session: Session;
  readonly #found = new Map<RouteName, ProbedRoute>();
  readonly #headers: Probe['headers'] = {
    'rate limit': false,
    etag: false,
    compression: false,
    'request id': false,
  };
  #requests = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  async run(): Promise<void> {
    await this.#ask('tokenInfo', (api) => api.tokenInfo({}));
    await this.#ask('listCompanies', (api) => api.listCompanies({}));
    const projects = await this.#ask('listProjects', (api) => api.listProjects({}));
    let ticket: Row | undefined;
    for (const project_id of idsOf(projects).slice(0, MAX_TRIED)) {
      await this.#ask('listColumns', (api) => api.listColumns({ project_id }));
      await this.#ask('listMembers', (api) => api.listMembers({ project_id }));
      const page = await this.#ask('listTickets', (api) => api.listTickets({ project_id, limit: 5 }));
      if (page?.cursor)
        await this.#ask('listTickets', (api) =>
          api.listTickets({ project_id, limit: 5, cursor: page.cursor! }),
        );
      const rows = page?.items ?? [];
      ticket ??=
        rows.find((row) => row.has_capture && row.comment_count) ?? rows.find((row) => row.has_capture);
      ticket ??= rows[0];
      if (ticket?.has_capture) break;
    }
    await this.#ask('searchTickets', (api) => api.searchTickets({ query: 'a', limit: 5 }));
    const ticket_id = ticket?.id;
    if (!ticket || !ticket_id) return;
    await this.#ask('getTicket', (api) => api.getTicket({ ticket_id }));
    await this.#ask('listComments', (api) => api.listComments({ ticket_id, limit: 5 }));
    await this.#ask('getAnnotations', (api) => api.getAnnotations({ ticket_id }));
    if (ticket.has_capture)
      await this.#ask('getAsset', (api) => api.getAsset({ ticket_id, asset: 'screenshot' }));
  }

  async #ask<Value>(
    name: RouteName,
    call: (api: ReturnType<Session['client']['for']>) => Promise<Value>,
  ): Promise<Value | undefined> {
    if (this.#requests >= MAX_REQUESTS) return undefined;
    if (this.#requests > 0) await pause(PACE_MS);
    const asked: Asked = {};
    const api = this.#session.client.for({
      effect: 'read',
      deadline: performance.now() + PROBE_MS,
      onAnswer: (report) => {
        this.#requests++;
        asked.report = report;
        this.#sawHeaders(report.headers);
      },
    });
    try {
      const value = await call(api);
      this.#note(name, asked);
      return value;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      asked.failure = error;
      this.#note(name, asked);
      return undefined;
    }
  }

  #sawHeaders(headers: AnswerReport['headers']): void {
    const has = (name: string) => headers[name] !== undefined;
    if (has('ratelimit-remaining') || has('x-ratelimit-remaining')) this.#headers['rate limit'] = true;
    if (has('etag')) this.#headers.etag = true;
    if (has('content-encoding')) this.#headers.compression = true;
    if (has('x-request-id')) this.#headers['request id'] = true;
  }

  /** Where a route was asked more than once, the worst of what was seen is said. */
  #note(name: RouteName, asked: Asked): void {
    const now = judged(name, asked);
    const before = this.#found.get(name);
    if (!before || WORST.indexOf(now.verdict) < WORST.indexOf(before.verdict)) this.#found.set(name, now);
  }

  result(): Probe {
    const all = Object.keys(routes) as RouteName[];
    return {
      routes: all.map((name) => this.#found.get(name) ?? notAsked(name)),
      headers: this.#headers,
      requests: this.#requests,
    };
  }
}

const WORST: readonly Verdict[] = ['not understood', 'not there', 'refused', 'understood', 'confirmed'];

function judged(name: RouteName, { report, failure }: Asked): ProbedRoute {
  const { method, path }: Route = routes[name];
  const differences = report?.differences ?? [];
  const how = [...new Set(differences.map(({ path: at, was }) => (at ? `${withoutKeys(at)}: ${was}` : was)))];
  const status = report?.status ?? failure?.details.status;
  const common = {
    route: name,
    method,
    path,
    ...(status === undefined ? {} : { status }),
    ...(report ? { ms: report.ms } : {}),
  };
  if (!failure) {
    const isAllRead = differences.every(({ understood }) => understood);
    const verdict = differences.length === 0 ? 'confirmed' : isAllRead ? 'understood' : 'not understood';
    return { ...common, verdict, how };
  }
  if (status === 404 || status === 405) return { ...common, verdict: 'not there', how };
  if (status !== undefined && status >= 200 && status < 300)
    return { ...common, verdict: 'not understood', how: [...how, failure.sentence] };
  return { ...common, verdict: 'refused', how: [...how, failure.code] };
}

/** Objects that are keyed by ids or names say nothing of them: only plain names of fields are shown. */
function withoutKeys(path: string): string {
  return path
    .split('.')
    .map((part) => (/^[A-Za-z_][A-Za-z_]*(\[\])*$|^\[\]$/.test(part) ? part : '{…}'))
    .join('.');
}

function notAsked(name: RouteName): ProbedRoute {
  const { method, path, isRead }: Route = routes[name];
  return {
    route: name,
    method,
    path,
    verdict: isRead ? 'not asked' : 'not probed',
    how: isRead ? ['nothing was found to ask it about'] : ['it writes'],
  };
}

/** A map to begin with, for what is not there. */
export function mapToStartFrom({ routes: probed }: Probe): object | undefined {
  const missing = probed.filter(({ verdict }) => verdict === 'not there');
  if (missing.length === 0) return undefined;
  return {
    routes: Object.fromEntries(missing.map(({ route, method, path }) => [route, { method, path }])),
  };
}
