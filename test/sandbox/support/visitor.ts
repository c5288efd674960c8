/** A browser without a browser: requests as one sends them, with every header in our hands. */
import { request } from 'node:http';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface Visitor {
  /** As a browser would send it: whom it chose, or the mark of one that chose nobody. */
  cookie: string;
  /** Whom the pages say that they act as. */
  as: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** A form, as the sandbox's own page sends it; headers that are given replace those. */
  post(
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string | undefined>,
  ): Promise<Answer>;
}

/** Somebody at the sandbox's pages: its owner, or another one whom they chose to act as. */
export async function visitor(toado: { url: string }, userId?: string): Promise<Visitor> {
  const { body, headers } = await send(toado.url, 'GET', '/settings/tokens', { Accept: 'text/html' });
  const owner = at(toado.url, cookieIn(headers), /<body data-as="([^"]+)"/.exec(body)![1]!);
  if (userId === undefined) return owner;
  const chosen = await owner.post('/session', { user: userId, back: '/' });
  return at(toado.url, cookieIn(chosen.headers), userId);
}

function cookieIn(headers: Answer['headers']): string {
  return String(headers['set-cookie']).split(';')[0]!;
}

function at(url: string, cookie: string, as: string): Visitor {
  const page = { Accept: 'text/html', ...(cookie && { Cookie: cookie }) };
  return {
    cookie,
    as,
    get: (path, more = {}) => send(url, 'GET', path, { ...page, ...more }),
    post: (path, fields, more = {}) =>
      send(
        url,
        'POST',
        path,
        {
          ...page,
          Origin: url,
          'Sec-Fetch-Site': 'same-origin',
          'Content-Type': 'application/x-www-form-urlencoded',
          ...more,
        },
        String(new URLSearchParams({ as, ...fields })),
      ),
  };
}

/** `fetch` decides some headers itself (Host, Origin, Sec-Fetch-…); this doesn't. */
export function send(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string | undefined>,
  body?: string,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const asked = request(
      // An address of IPv6 is written without its brackets here.
      {
        hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
        port,
        method,
        path,
        headers: given as Record<string, string>,
        agent: false,
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
