/**
 * The sandbox in another dialect: requests come in as the contract has them, answers go out in the dialect's form.
 * It stands around the whole application, so that nothing inside knows of it.
 */

import { type PageState, wrapList, wrapSingle } from './envelopes.ts';
import { isData, spoken, withPanelsInside } from './fields.ts';
import { NumberedIds } from './numbered-ids.ts';
import { type Refusal, refusalSaid } from './refusals.ts';
import type { Traits } from './traits.ts';

type Fetch = (request: Request, ...rest: unknown[]) => Response | Promise<Response>;

/** Rows on a numbered page, where nobody says how many. */
const PAGE_SIZE = 20;

/** What a route answers, by its method and path below the base. */
const ANSWERS: readonly [
  method: string,
  path: RegExp,
  kind: 'list' | 'page' | 'single' | 'write',
  name: string,
][] = [
  ['GET', /^\/auth\/token-info$/, 'single', 'token'],
  ['GET', /^\/companies$/, 'list', 'companies'],
  ['GET', /^\/projects$/, 'list', 'projects'],
  ['GET', /^\/projects\/[^/]+\/columns$/, 'list', 'columns'],
  ['GET', /^\/projects\/[^/]+\/members$/, 'list', 'members'],
  ['GET', /^\/projects\/[^/]+\/tickets$/, 'page', 'tickets'],
  ['GET', /^\/tickets\/search$/, 'page', 'tickets'],
  ['GET', /^\/tickets\/[^/]+\/comments$/, 'page', 'comments'],
  ['GET', /^\/tickets\/[^/]+\/annotations$/, 'list', 'annotations'],
  ['GET', /^\/tickets\/[^/]+\/assets\/[^/]+$/, 'single', 'asset'],
  ['GET', /^\/tickets\/[^/]+$/, 'single', 'ticket'],
  ['POST', /^\/tickets\/[^/]+\/comments$/, 'write', 'comment'],
  ['POST', /^\/tickets\/(bulk-|start-work)/, 'single', 'result'],
  [
    'POST',
    /^\/(projects\/[^/]+\/tickets|tickets\/[^/]+\/(move|archive|restore|assignees))$/,
    'write',
    'ticket',
  ],
  ['PATCH', /^\/tickets\/[^/]+$/, 'write', 'ticket'],
  ['DELETE', /^\/tickets\/[^/]+\/assignees\/[^/]+$/, 'write', 'ticket'],
];

export function speaking(inner: Fetch, base: string, traits: Traits): Fetch {
  const ids = new NumberedIds();
  /** The cursor that a numbered page begins at, by whose list it is. */
  const cursors = new Map<string, string>();

  return async (request, ...rest) => {
    const url = new URL(request.url);
    const path = url.pathname.slice(base.length);
    const known = url.pathname.startsWith(`${base}/`) ? answerOf(request.method, path) : undefined;
    if (!known) return inner(request, ...rest);
    const [, , kind, name] = known;
    const asked = await inContractForm(request, url);
    const numbered = kind === 'page' && traits.page === 'numbers' ? await toCursor(asked, rest) : undefined;
    const answer = await inner(numbered?.request ?? asked, ...rest);
    const type = answer.headers.get('content-type') ?? '';
    if (answer.status === 304 || !type.includes('json')) return answer;
    const body: unknown = await answer.json();
    if (answer.status >= 400) return refused(answer, body);
    return said(answer, body, { kind, name, url, asked, rest, numbered });
  };

  function answerOf(method: string, path: string) {
    return ANSWERS.find(([of, pattern]) => of === method && pattern.test(path));
  }

  /** The same request with the ids that the sandbox knows. */
  async function inContractForm(request: Request, url: URL): Promise<Request> {
    if (traits.ids !== 'numbers') return request;
    const to = new URL(url);
    to.pathname = url.pathname
      .split('/')
      .map((part) => ids.idOf(part))
      .join('/');
    for (const [key, value] of url.searchParams)
      if (key.endsWith('_id')) to.searchParams.set(key, ids.idOf(value));
    const hasBody = request.method !== 'GET' && request.method !== 'DELETE';
    const text = hasBody ? await request.text() : undefined;
    return new Request(to, {
      method: request.method,
      headers: request.headers,
      ...(text ? { body: withIds(text) } : {}),
    });
  }

  function withIds(text: string): string {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return text;
    }
    const known = (value: unknown) =>
      typeof value === 'number' || typeof value === 'string' ? ids.idOf(String(value)) : value;
    if (!isData(body)) return text;
    return JSON.stringify(
      Object.fromEntries(
        Object.entries(body).map(([key, value]) => {
          if (key.endsWith('_id')) return [key, known(value)];
          if (key.endsWith('_ids') && Array.isArray(value)) return [key, value.map(known)];
          return [key, value];
        }),
      ),
    );
  }

  /** A numbered page as the sandbox pages: its cursor is known from the page before, or found by going there. */
  async function toCursor(request: Request, rest: unknown[]) {
    const url = new URL(request.url);
    const number = Math.max(1, Number(url.searchParams.get('page')) || 1);
    const size = Number(url.searchParams.get('per_page') ?? url.searchParams.get('perPage')) || PAGE_SIZE;
    for (const name of ['page', 'per_page', 'perPage', 'cursor']) url.searchParams.delete(name);
    url.searchParams.set('limit', String(size));
    const list = `${request.headers.get('authorization')} ${url}`;
    for (let before = 1; before < number; before++) {
      if (cursors.has(`${list} ${before + 1}`)) continue;
      const page = (await (await inner(at(before), ...rest)).json()) as { cursor?: string };
      if (!page.cursor) break;
      cursors.set(`${list} ${before + 1}`, page.cursor);
    }
    return { request: at(number), number, size, list };

    function at(page: number): Request {
      const to = new URL(url);
      const cursor = cursors.get(`${list} ${page}`);
      if (cursor) to.searchParams.set('cursor', cursor);
      return new Request(to, { headers: request.headers });
    }
  }

  interface Saying {
    kind: 'list' | 'page' | 'single' | 'write';
    name: string;
    url: URL;
    asked: Request;
    rest: unknown[];
    numbered?: Awaited<ReturnType<typeof toCursor>> | undefined;
  }

  async function said(answer: Response, body: unknown, saying: Saying): Promise<Response> {
    const { kind, name, url, asked, rest, numbered } = saying;
    if (kind === 'list') return listed(body as unknown[]);
    if (kind === 'page') {
      const { items, cursor } = body as { items: unknown[]; cursor?: string };
      if (numbered && cursor) cursors.set(`${numbered.list} ${numbered.number + 1}`, cursor);
      return listed(items, { cursor, number: numbered?.number ?? 1, size: numbered?.size ?? items.length });
    }
    if (kind === 'write') return written(body as Record<string, unknown>);
    const value = name === 'ticket' ? await ticketSaid(body as Record<string, unknown>) : body;
    return json(
      answer,
      wrapSingle(spoken(name === 'token' ? withScopes(value) : value, traits, ids), name, traits),
    );

    function listed(items: unknown[], page?: PageState): Response {
      const { body: wrapped, headers } = wrapList(
        spoken(items, traits, ids) as unknown[],
        name,
        traits,
        page,
        url,
      );
      return json(answer, wrapped, headers);
    }

    function written(row: Record<string, unknown>): Response {
      switch (traits.writes) {
        case 'no content':
          return new Response(null, { status: 204, headers: withoutBody(answer) });
        case 'accepted':
          return new Response(null, { status: 202, headers: withoutBody(answer) });
        case 'ok':
          return json(answer, { ok: true });
        case 'id':
          return json(answer, wrapSingle(spoken({ id: row.id }, traits, ids), name, traits));
        default:
          return json(answer, wrapSingle(spoken(row, traits, ids), name, traits));
      }
    }

    async function ticketSaid(ticket: Record<string, unknown>): Promise<unknown> {
      if (traits.capture !== 'inside') return ticket;
      const of = new URL(asked.url);
      of.pathname += '/comments';
      of.search = '?limit=100';
      const found = (await (await inner(new Request(of, { headers: asked.headers }), ...rest)).json()) as {
        items?: unknown[];
      };
      return { ...withPanelsInside(ticket), comments: found.items ?? [] };
    }
  }

  function withScopes(info: unknown): unknown {
    if (!isData(info) || !Array.isArray(info.scopes) || traits.scopes === 'list') return info;
    const { scopes, ...others } = info as { scopes: string[] };
    return { ...others, scope: scopes.join(traits.scopes === 'text with spaces' ? ' ' : ',') };
  }

  function refused(answer: Response, body: unknown): Response {
    const { error } = body as { error: Refusal };
    const requestId = answer.headers.get('x-request-id');
    const { status, body: text, type } = refusalSaid(answer.status, error, traits, requestId);
    const headers = withoutBody(answer);
    headers.set('content-type', type);
    return new Response(text, { status, headers });
  }
}

function json(answer: Response, body: unknown, more: Record<string, string> = {}): Response {
  const headers = withoutBody(answer);
  headers.set('content-type', 'application/json; charset=utf-8');
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return new Response(JSON.stringify(body), { status: answer.status, headers });
}

function withoutBody(answer: Response): Headers {
  const headers = new Headers(answer.headers);
  for (const name of ['content-length', 'content-type', 'transfer-encoding']) headers.delete(name);
  return headers;
}
