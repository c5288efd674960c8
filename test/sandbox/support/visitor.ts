/** A browser without a browser: requests as one sends them, with every header in our hands. */
import { request } from 'node:http';
import type { Toado } from '../../support/toado.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface Visitor {
  cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** A form, as the sandbox's own page sends it; headers that are given replace those. */
  post(
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string | undefined>,
  ): Promise<Answer>;
}

/** Somebody who opened a page and so has its cookie. */
export async function visitor(toado: Toado): Promise<Visitor> {
  const { headers } = await send(toado.url, 'GET', '/settings/tokens', { Accept: 'text/html' });
  const cookie = String(headers['set-cookie']).split(';')[0]!;
  return {
    cookie,
    get: (path, more = {}) => send(toado.url, 'GET', path, { Accept: 'text/html', Cookie: cookie, ...more }),
    post: (path, fields, more = {}) =>
      send(
        toado.url,
        'POST',
        path,
        {
          Accept: 'text/html',
          Cookie: cookie,
          Origin: toado.url,
          'Sec-Fetch-Site': 'same-origin',
          'Content-Type': 'application/x-www-form-urlencoded',
          ...more,
        },
        String(new URLSearchParams(fields)),
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
      { hostname, port, method, path, headers: given as Record<string, string> },
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
