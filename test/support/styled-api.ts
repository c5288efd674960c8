/**
 * A sandbox behind a REST API of another convention, over real HTTP: requests come in as the contract has them, paging
 * is asked for and answered as the convention has it, and an argument that it doesn't know changes nothing, or is
 * refused.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { answerOf } from '../../src/sandbox/dialects/answers-of-routes.ts';
import { listen } from './listen.ts';
import { startToado } from './toado.ts';

export type Data = Record<string, unknown>;

export interface Slice {
  /** The first row that is wanted, from 0, and how many. */
  from: number;
  size: number;
}

export interface Said {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface Listed extends Slice {
  rows: Data[];
  /** Rows of the whole list. */
  total: number;
  /** Plural: `tickets`. */
  name: string;
  /** What was asked. */
  url: URL;
}

export interface Refusal {
  status: number;
  code: string;
  message: string;
}

export interface RestStyle {
  /** Arguments by which it pages; every other way to page is unknown to it. */
  paging: readonly string[];
  /** Whether unknown arguments are refused. */
  isStrict?: boolean;
  asked(query: URLSearchParams, rows: Data[]): Slice;
  /** A page of a list. */
  page(list: Listed): Said;
  /** A list that doesn't page in the contract: in pages here, too, unless this says otherwise. */
  whole?(rows: Data[], name: string): unknown;
  single(value: Data, name: string): unknown;
  /** What a write of one row is answered with; as a single thing unless this says otherwise. */
  written?(value: Data, name: string): Said;
  refusal(refusal: Refusal): Said;
}

const BASE = '/api/v1';
/** What the contract's routes take. */
const KNOWN = ['company_id', 'project_id', 'column_id', 'status', 'query', 'include', 'limit'];
const ALL = 100;

export interface StyledApi {
  env(token?: string): Record<string, string>;
  /** Method and address of every request. */
  requests: string[];
}

export async function startStyledApi(style: RestStyle): Promise<StyledApi> {
  const toado = await startToado();
  const inside = toado.apiUrl;
  const requests: string[] = [];

  async function answer(incoming: IncomingMessage, budget: Record<string, string>): Promise<Said> {
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
    const path = url.pathname.slice(BASE.length);
    const method = incoming.method ?? 'GET';
    requests.push(`${method} ${path}${decodeURIComponent(url.search)}`);
    const [, , kind, name] = answerOf(method, path)!;
    const isPaging = kind === 'page' || kind === 'list';
    const unknown = [...url.searchParams.keys()].find((one) => ![...KNOWN, ...style.paging].includes(one));
    if (style.isStrict && unknown)
      return style.refusal({
        status: 400,
        code: 'parameter_unknown',
        message: `Unknown parameter: ${unknown}`,
      });
    const to = new URL(inside + path + url.search);
    for (const one of [...style.paging, 'cursor', 'limit']) to.searchParams.delete(one);
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    for (const one of ['authorization', 'x-toado-client', 'idempotency-key', 'user-agent'])
      if (incoming.headers[one]) headers[one] = String(incoming.headers[one]);
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const ask = async (target: URL) => {
      const response = await fetch(target, { method, headers, ...(body ? { body } : {}) });
      for (const name of ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'])
        if (response.headers.has(name)) budget[name] = response.headers.get(name)!;
      return { status: response.status, json: (await response.json()) as Data };
    };
    if (kind === 'page') to.searchParams.set('limit', String(ALL));
    const first = await ask(to);
    if (first.status >= 400) {
      const { code, message } = first.json.error as Refusal;
      return style.refusal({ status: first.status, code, message });
    }
    if (isPaging) {
      const rows = (kind === 'list' ? first.json : first.json.items) as Data[];
      for (let cursor = first.json.cursor; cursor; ) {
        to.searchParams.set('cursor', String(cursor));
        const more = (await ask(to)).json;
        rows.push(...(more.items as Data[]));
        cursor = more.cursor;
      }
      if (kind === 'list' && style.whole) return { body: style.whole(rows, name) };
      const { from, size } = style.asked(url.searchParams, rows);
      return style.page({ rows: rows.slice(from, from + size), from, size, total: rows.length, name, url });
    }
    if (kind === 'write' && style.written) return style.written(first.json, name);
    return { status: first.status, body: style.single(first.json, name) };
  }

  const server = createServer(async (incoming, outgoing) => {
    const budget: Record<string, string> = {};
    const { status = 200, body, headers } = await answer(incoming, budget);
    const isEmpty = body === undefined;
    const type = isEmpty ? {} : { 'content-type': 'application/json' };
    outgoing.writeHead(status, { ...type, ...budget, ...headers });
    outgoing.end(isEmpty ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
  const port = await listen(server);
  return {
    requests,
    env: (token) => ({ ...toado.env(token), TOADO_API_URL: `http://127.0.0.1:${port}${BASE}` }),
  };
}
