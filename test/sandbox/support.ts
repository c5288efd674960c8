/** A small world with somebody in every role, and a sandbox of it for each test: real HTTP, a real file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';
import type { Scope, SeedTicket, SeedToken, World } from '../../src/sandbox/seed/world.ts';
import { temporaryFolder } from '../support/temporary.ts';

export const allScopes: Scope[] = ['read', 'comments', 'tickets:write', 'tickets:assign'];

const columns = (short: string) =>
  ['todo', 'doing', 'done'].map((name) => ({ id: `col_${short}_${name}`, name }));

function token(name: string, user: string, more: Partial<SeedToken> = {}): SeedToken {
  return {
    id: `tkn_${name}`,
    name,
    useCase: name,
    token: `tok_${name}`,
    label: `${name} agent`,
    user,
    scopes: allScopes,
    ...more,
  };
}

export function ticket(id: string, more: Partial<SeedTicket> = {}): SeedTicket {
  return {
    id,
    project: 'proj_shop',
    column: 'col_shop_todo',
    title: `Ticket ${id}`,
    description: '',
    by: { user: 'usr_olga', via: 'web' },
    minutesAgo: 60,
    ...more,
  };
}

/**
 * Acme with Olga (owner), Adam (admin), Mia (member) and Vic (viewer): the shop, which all see, and the vault, which
 * only Olga and Mia see. Globex with Gus (owner), where Olga is a member. Tokens: `olga`, `adam`, `mia`, `vic`, `gus`.
 */
export function smallWorld(more: Partial<World> = {}): World {
  return {
    users: ['Olga', 'Adam', 'Mia', 'Vic', 'Gus'].map((name) => ({
      id: `usr_${name.toLowerCase()}`,
      name,
      email: `${name.toLowerCase()}@acme.example`,
    })),
    companies: [
      {
        id: 'co_acme',
        name: 'Acme',
        members: [
          { user: 'usr_olga', role: 'owner' },
          { user: 'usr_adam', role: 'admin' },
          { user: 'usr_mia', role: 'member' },
          { user: 'usr_vic', role: 'viewer' },
        ],
      },
      {
        id: 'co_globex',
        name: 'Globex',
        members: [
          { user: 'usr_gus', role: 'owner' },
          { user: 'usr_olga', role: 'member' },
        ],
      },
    ],
    projects: [
      {
        id: 'proj_shop',
        company: 'co_acme',
        name: 'Shop',
        urlPatterns: ['https://shop.example/*'],
        columns: columns('shop'),
      },
      {
        id: 'proj_vault',
        company: 'co_acme',
        name: 'Vault',
        urlPatterns: [],
        columns: columns('vault'),
        members: ['usr_olga', 'usr_mia'],
      },
      { id: 'proj_globex', company: 'co_globex', name: 'Lifts', urlPatterns: [], columns: columns('globex') },
    ],
    tokens: ['olga', 'adam', 'mia', 'vic', 'gus'].map((name) => token(name, `usr_${name}`)),
    tickets: [
      ticket('t-AAAAAA', { title: 'Checkout button is dead', by: { user: 'usr_olga', via: 'web' } }),
      ticket('t-BBBBBB', {
        title: 'Written by Mia',
        by: { user: 'usr_mia', via: 'web' },
        assignees: ['usr_adam'],
      }),
      ticket('t-CCCCCC', { column: 'col_shop_doing', title: 'In the second column' }),
      ticket('t-VVVVVV', { project: 'proj_vault', column: 'col_vault_todo', title: 'Secret of the vault' }),
      ticket('t-GGGGGG', {
        project: 'proj_globex',
        column: 'col_globex_todo',
        title: 'Lift is stuck',
        by: { user: 'usr_gus', via: 'web' },
      }),
    ],
    ...more,
  };
}

/** The same world with tokens of another kind: Olga's, unless said otherwise. */
export function worldWithTokens(tokens: Record<string, Partial<SeedToken>>): World {
  const world = smallWorld();
  const added = Object.entries(tokens).map(([name, more]) => token(name, 'usr_olga', more));
  return { ...world, tokens: [...world.tokens, ...added] };
}

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

export async function start(options: SandboxOptions = {}): Promise<Started> {
  const sandbox = await startSandbox({
    db: join(temporaryFolder(), 'sandbox.db'),
    world: smallWorld(),
    ...options,
  });
  onTestFinished(() => sandbox.close());
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
