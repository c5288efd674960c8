/** A sandbox of the small world for each test: real HTTP, a real file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts';
import { atEnd } from '../../support/ending.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { filledFile } from '../../support/toado.ts';
import { smallWorld } from './small-world.ts';

export { smallWorld, ticket, worldWithTokens } from './small-world.ts';

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer can be anything; the tests say what they expect of it.
  body: any;
  text: string;
  headers: Headers;
}

export interface Started extends Sandbox {
  /** A request as the token `tok_<name>`. */
  as(name: string): Caller;
  /** A request without a token. */
  bare(method: string, path: string, init?: RequestInit): Promise<Reply>;
}

export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Reply>;

const usual = smallWorld();

export async function start(options: SandboxOptions = {}): Promise<Started> {
  const { world = usual } = options;
  const db = join(temporaryFolder(), 'sandbox.db');
  if (world === usual && !options.db) writeFileSync(db, await filledFile(usual));
  const sandbox = await startSandbox({ db, ...options, world });
  atEnd(() => sandbox.close());
  return { ...sandbox, ...callers(sandbox.apiUrl) };
}

export function callers(apiUrl: string): Pick<Started, 'as' | 'bare'> {
  const bare = async (method: string, path: string, init: RequestInit = {}): Promise<Reply> => {
    const reply = await fetch(apiUrl + path, { method, ...init });
    const text = await reply.text();
    const isJson = reply.headers.get('content-type')?.startsWith('application/json');
    return {
      status: reply.status,
      text,
      body: isJson && text ? JSON.parse(text) : undefined,
      headers: reply.headers,
    };
  };
  const as =
    (name: string): Caller =>
    (method, path, body, headers = {}) =>
      bare(method, path, {
        headers: { authorization: `Bearer tok_${name}`, 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
  return { as, bare };
}

/** The ids of a list's tickets. */
export function ids(reply: Reply): string[] {
  return reply.body.items.map(({ id }: { id: string }) => id);
}

/** All pages of a list. `between` runs after each page. */
export async function walk(
  call: Caller,
  path: string,
  between: (page: number) => unknown = () => undefined,
): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; ; page++) {
    const join = path.includes('?') ? '&' : '?';
    const reply = await call(
      'GET',
      cursor === undefined ? path : `${path}${join}cursor=${encodeURIComponent(cursor)}`,
    );
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
    found.push(...ids(reply));
    cursor = reply.body.cursor;
    if (cursor === undefined) return found;
    await between(page);
  }
}

/** A folder of PNG headers, which is all that a size is read from; what `pictureFile` finds there. */
export function pictureFolder(pictures: Record<string, { width: number; height: number }>) {
  const folder = join(temporaryFolder(), 'pictures');
  mkdirSync(folder);
  for (const [name, { width, height }] of Object.entries(pictures)) {
    const png = Buffer.alloc(24);
    png.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
    png.writeUInt32BE(width, 16);
    png.writeUInt32BE(height, 20);
    writeFileSync(join(folder, `${name}.png`), png);
  }
  return (name: string) => (name in pictures ? join(folder, `${name}.png`) : undefined);
}

/** Changes it in the file, past the sandbox; `null`: they leave the company. */
export function setRole({ db }: Started, user: string, company: string, role: string | null): void {
  const file = new Libsql(db);
  if (role === null)
    file.prepare('DELETE FROM memberships WHERE user_id = ? AND company_id = ?').run([user, company]);
  else
    file
      .prepare('UPDATE memberships SET role = ? WHERE user_id = ? AND company_id = ?')
      .run([role, user, company]);
  file.close();
}
