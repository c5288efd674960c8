import { isJsonObject } from '../../base/json-object.ts';
import type { Traits } from './dialects.ts';
import { type PageState, wrapList, wrapSingle } from './envelopes.ts';
import { inDialect, withPanelsInside } from './fields.ts';
import type { NumberedIds } from './numbered-ids.ts';
import type { NumberedPage } from './numbered-pages.ts';
import { hidden, type Refusal } from './refusals.ts';

/** What was asked, and how the dialect answers it. */
export interface Asked {
  kind: 'list' | 'page' | 'single' | 'write';
  name: string;
  /** As the caller wrote it. */
  url: URL;
  /** As the contract has it. */
  request: Request;
  page?: NumberedPage | undefined;
  traits: Traits;
  ids: NumberedIds;
  ask: (request: Request) => Response | Promise<Response>;
}

/** An answer of the sandbox in the dialect's form. */
export async function inDialectForm(answer: Response, body: unknown, asked: Asked): Promise<Response> {
  const { kind, name, url, page: numbered, traits, ids } = asked;
  if (kind === 'list') return listed(body as unknown[]);
  if (kind === 'page') {
    const { items, cursor } = body as { items: unknown[]; cursor?: string };
    if (numbered?.isBeyond) return listed([], { number: numbered.number, size: numbered.size });
    return listed(items, { cursor, number: numbered?.number ?? 1, size: numbered?.size ?? items.length });
  }
  if (kind === 'write') return written(body as Record<string, unknown>);
  const value =
    name === 'ticket'
      ? await withInsides(body as Record<string, unknown>, asked)
      : withHiddenRows(body, traits);
  return json(
    answer,
    wrapSingle(inDialect(name === 'token' ? withScopes(value, traits) : value, traits, ids), name, traits),
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
}

/** A ticket, where the dialect has its capture inside, with its comments. */
async function withInsides(
  ticket: Record<string, unknown>,
  { request, traits, ask }: Asked,
): Promise<unknown> {
  if (traits.capture !== 'inside') return ticket;
  const of = new URL(request.url);
  of.pathname += '/comments';
  of.search = '?limit=100';
  const found = (await (await ask(new Request(of, { headers: request.headers }))).json()) as {
    items?: unknown[];
  };
  return { ...withPanelsInside(ticket), comments: found.items ?? [] };
}

/** What a bulk call says of each ticket. */
function withHiddenRows(value: unknown, traits: Traits): unknown {
  if (traits.outOfReach !== '404' || !isJsonObject(value) || !Array.isArray(value.results)) return value;
  const results = value.results.map((row: { error?: Refusal }) =>
    row.error ? { ...row, error: hidden(row.error) } : row,
  );
  return { ...value, results };
}

function withScopes(info: unknown, traits: Traits): unknown {
  if (!isJsonObject(info) || !Array.isArray(info.scopes) || traits.scopes === 'list') return info;
  const { scopes, ...others } = info as { scopes: string[] };
  return { ...others, scope: scopes.join(traits.scopes === 'text with spaces' ? ' ' : ',') };
}

function json(answer: Response, body: unknown, more: Record<string, string> = {}): Response {
  const headers = withoutBody(answer);
  headers.set('content-type', 'application/json; charset=utf-8');
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return new Response(JSON.stringify(body), { status: answer.status, headers });
}

/** Its headers, but those of its body. */
export function withoutBody(answer: Response): Headers {
  const headers = new Headers(answer.headers);
  for (const name of ['content-length', 'content-type', 'transfer-encoding']) headers.delete(name);
  return headers;
}
