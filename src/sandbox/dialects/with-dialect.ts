/**
 * The sandbox in another dialect: requests come in as the contract has them, answers go out in the dialect's form.
 * It stands around the whole application, so that nothing inside knows of it.
 */
import { isJsonObject } from '../../base/json-object.ts';
import { answerOf } from './answers-of-routes.ts';
import type { Traits } from './dialects.ts';
import { type PageState, wrapList, wrapSingle } from './envelopes.ts';
import { inDialect, withPanelsInside } from './fields.ts';
import { NumberedIds } from './numbered-ids.ts';
import { hidden, type Refusal, writeRefusal } from './refusals.ts';

type Fetch = (request: Request, ...rest: unknown[]) => Response | Promise<Response>;

/** Rows on a numbered page, where nobody says how many. */
const PAGE_SIZE = 20;
/** The most rows that the sandbox gives at once. */
const MAX_STRIDE = 100;

interface Numbered {
  request: Request;
  number: number;
  size: number;
  /** Why the page wasn't reached. */
  refusal?: Response;
  /** Whether the list ends before it. */
  isBeyond?: boolean;
}

export function withDialect(
  inner: Fetch,
  base: string,
  traits: Traits,
  allIds: () => readonly string[],
): Fetch {
  const ids = new NumberedIds(allIds);

  return async (request, ...rest) => {
    const url = new URL(request.url);
    const path = decoded(url.pathname);
    if (!path.startsWith(`${base}/`) || path.startsWith(`${base}/sandbox/`)) return inner(request, ...rest);
    const below = path.slice(base.length);
    const known = answerOf(request.method, below);
    let asked: Request;
    try {
      asked = known ? await inContractForm(request, url) : request;
    } catch {
      // The caller hung up while they sent it.
      return new Response(null, { status: 400 });
    }
    const kind = known?.[2];
    const numbered = kind === 'page' && traits.page === 'numbers' ? await toCursor(asked, rest) : undefined;
    if (numbered?.refusal) return refused(numbered.refusal, await numbered.refusal.json());
    const answer = await inner(numbered?.request ?? asked, ...rest);
    const type = answer.headers.get('content-type') ?? '';
    const isHead = request.method === 'HEAD';
    if (answer.status === 304 || !type.includes('json')) return answer;
    if (isHead) return headed(answer);
    if (!known && answer.status < 400) return answer;
    const body: unknown = await answer.json();
    if (answer.status >= 400) return refused(answer, body);
    return said(answer, body, { kind: kind!, name: known![3], url, asked, rest, numbered });
  };

  /** No body says why, so out of reach shows in the status alone. */
  function headed(answer: Response): Response {
    const isHidden = answer.status === 403 && traits.outOfReach === '404';
    return new Response(null, { status: isHidden ? 404 : answer.status, headers: withoutBody(answer) });
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
    const hasBody = !['GET', 'HEAD', 'DELETE'].includes(request.method);
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
    if (!isJsonObject(body)) return text;
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

  /**
   * A numbered page as the sandbox pages: from the first one on, in the longest strides, over what lies before. A
   * refusal on the way is the answer, and beyond the last page there is an empty one.
   */
  async function toCursor(request: Request, rest: unknown[]): Promise<Numbered> {
    const url = new URL(request.url);
    const number = Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1);
    const size = Number(url.searchParams.get('per_page') ?? url.searchParams.get('perPage')) || PAGE_SIZE;
    for (const name of ['page', 'per_page', 'perPage', 'cursor']) url.searchParams.delete(name);
    let cursor: string | undefined;
    for (let before = (number - 1) * size; before > 0; before -= MAX_STRIDE) {
      const answer = await inner(rows(Math.min(MAX_STRIDE, before)), ...rest);
      if (answer.status !== 200) return { request, number, size, refusal: answer };
      cursor = ((await answer.json()) as { cursor?: string }).cursor;
      // The answer that ended the list has the headers that this one needs.
      if (cursor === undefined) return { request: rows(1), number, size, isBeyond: true };
    }
    return { request: rows(size), number, size };

    function rows(limit: number): Request {
      const to = new URL(url);
      to.searchParams.set('limit', String(limit));
      if (cursor) to.searchParams.set('cursor', cursor);
      return new Request(to, { method: request.method, headers: request.headers });
    }
  }

  interface Saying {
    kind: 'list' | 'page' | 'single' | 'write';
    name: string;
    url: URL;
    asked: Request;
    rest: unknown[];
    numbered?: Numbered | undefined;
  }

  async function said(answer: Response, body: unknown, saying: Saying): Promise<Response> {
    const { kind, name, url, asked, rest, numbered } = saying;
    if (kind === 'list') return listed(body as unknown[]);
    if (kind === 'page') {
      const { items, cursor } = body as { items: unknown[]; cursor?: string };
      if (numbered?.isBeyond) return listed([], { number: numbered.number, size: numbered.size });
      return listed(items, { cursor, number: numbered?.number ?? 1, size: numbered?.size ?? items.length });
    }
    if (kind === 'write') return written(body as Record<string, unknown>);
    const value =
      name === 'ticket' ? await ticketSaid(body as Record<string, unknown>) : withHiddenRows(body);
    return json(
      answer,
      wrapSingle(inDialect(name === 'token' ? withScopes(value) : value, traits, ids), name, traits),
    );

    function listed(items: unknown[], page?: PageState): Response {
      const { body: wrapped, headers } = wrapList(
        inDialect(items, traits, ids) as unknown[],
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
          return json(answer, wrapSingle(inDialect({ id: row.id }, traits, ids), name, traits));
        default:
          return json(answer, wrapSingle(inDialect(row, traits, ids), name, traits));
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

  /** What a bulk call says of each ticket. */
  function withHiddenRows(value: unknown): unknown {
    if (traits.outOfReach !== '404' || !isJsonObject(value) || !Array.isArray(value.results)) return value;
    const results = value.results.map((row: { error?: Refusal }) =>
      row.error ? { ...row, error: hidden(row.error) } : row,
    );
    return { ...value, results };
  }

  function withScopes(info: unknown): unknown {
    if (!isJsonObject(info) || !Array.isArray(info.scopes) || traits.scopes === 'list') return info;
    const { scopes, ...others } = info as { scopes: string[] };
    return { ...others, scope: scopes.join(traits.scopes === 'text with spaces' ? ' ' : ',') };
  }

  function refused(answer: Response, body: unknown): Response {
    const { error } = body as { error: Refusal };
    const requestId = answer.headers.get('x-request-id');
    const { status, body: text, type } = writeRefusal(answer.status, error, traits, requestId);
    const headers = withoutBody(answer);
    headers.set('content-type', type);
    return new Response(text, { status, headers });
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
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
