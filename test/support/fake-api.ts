/** An API over real HTTP that answers what a test says: for shapes and errors that no Toado would give on request. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { listen } from './listen.ts';

export interface FakeRequest {
  method: string;
  /** Below the API's base, without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface FakeAnswer {
  status?: number;
  headers?: Record<string, string> | undefined;
  /** As JSON; a string or a Buffer goes out as it is. */
  body: unknown;
}

export interface FakeApi {
  url: string;
  requests: FakeRequest[];
  env: Record<string, string>;
}

export const TOKEN_INFO = {
  id: 'tkn_fake',
  label: 'fake',
  user: { id: 'usr_fake', name: 'Fay' },
  scopes: ['read', 'comments', 'tickets:write', 'tickets:assign'],
  companies: null,
  projects: null,
  limits: { reads_per_minute: 100_000, writes_per_minute: 100_000 },
};

/** Who wrote a row: this token, now if not said otherwise. */
export const by = (at = new Date().toISOString()) => ({
  user: TOKEN_INFO.user,
  token: { id: TOKEN_INFO.id, label: TOKEN_INFO.label },
  via: 'mcp',
  at,
});

/** @param answer for everything but the token info, which is answered unless the function does it. */
export async function startFakeApi(
  answer: (request: FakeRequest) => FakeAnswer | undefined,
): Promise<FakeApi> {
  const requests: FakeRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://fake');
    const request: FakeRequest = {
      method: incoming.method ?? 'GET',
      path: pathname.replace('/api/v1', ''),
      query: searchParams,
      headers: incoming.headers,
      body: await readJson(incoming),
    };
    requests.push(request);
    const given =
      answer(request) ??
      (request.path === '/auth/token-info'
        ? { body: TOKEN_INFO }
        : { status: 404, body: { error: { code: 'ticket_not_found', message: 'nothing here' } } });
    const raw = typeof given.body === 'string' || Buffer.isBuffer(given.body);
    outgoing.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers });
    outgoing.end(raw ? given.body : JSON.stringify(given.body));
  });
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    requests,
    env: { TOADO_API_URL: `${url}/api/v1`, TOADO_API_TOKEN: 'tok_fake_for_tests' },
  };
}

/** One whose answers change from test to test, for a program that they share. */
export async function startChangingApi(): Promise<
  FakeApi & { answer(given: (request: FakeRequest) => FakeAnswer | undefined): void }
> {
  let answers: (request: FakeRequest) => FakeAnswer | undefined = () => undefined;
  const api = await startFakeApi((request) => answers(request));
  return {
    ...api,
    answer(given) {
      answers = given;
      api.requests.length = 0;
    },
  };
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of incoming) text += chunk;
  return text ? JSON.parse(text) : undefined;
}
