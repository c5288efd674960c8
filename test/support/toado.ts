/** A sandbox of this test's own: real HTTP, a real SQLite file. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { type Sandbox, type SandboxOptions, startSandbox, type World } from '../../src/sandbox/index.ts';
import { world as usualWorld } from '../../src/sandbox/seed/tickets/index.ts';
import { atEnd } from './ending.ts';
import { removeFolder, temporaryFolder } from './temporary.ts';

export interface Toado extends Sandbox {
  /** The text of a ready-made token. */
  token(name: string): string;
  /** The environment that connects the program to it with that token. */
  env(token?: string): Record<string, string>;
  /** A request as that token, past the program. */
  request(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<{ status: number; body: unknown }>;
  /** Makes a token, as a person does under Settings › API tokens. */
  createToken(fields: {
    label?: string;
    user_id?: string;
    scopes: string[];
    companies?: string[] | null;
    projects?: string[] | null;
  }): Promise<{ id: string; token: string }>;
  revoke(id: string): Promise<void>;
}

/** The file of each world, filled once and copied for each test: filling takes longer than most tests. */
const filled = new Map<World, Promise<Buffer>>();

export function filledFile(world: World): Promise<Buffer> {
  const file = filled.get(world) ?? fileAfter(async (db) => (await startSandbox({ db, world })).close());
  filled.set(world, file);
  return file;
}

/** What a sandbox's file holds once it was filled. */
export async function fileAfter(fill: (db: string) => Promise<unknown>): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-filled-'));
  const db = join(folder, 'sandbox.db');
  try {
    await fill(db);
    return readFileSync(db);
  } finally {
    removeFolder(folder);
  }
}

export interface ToadoOptions extends SandboxOptions {
  /** Of every company, instead of its own: requests a minute. */
  limits?: { reads: number; writes: number };
}

export async function startToado({ limits, ...options }: ToadoOptions = {}): Promise<Toado> {
  const db = join(temporaryFolder(), 'sandbox.db');
  if (!options.db) writeFileSync(db, await filledFile(options.world ?? usualWorld));
  if (limits) setLimits(options.db ?? db, limits);
  const sandbox = await startSandbox({ db, ...options });
  atEnd(() => sandbox.close());
  const token = (name: string) => {
    const ready = sandbox.readyTokens.find((one) => one.name === name);
    if (!ready) throw new Error(`No ready-made token ${name}`);
    return ready.token;
  };
  const owners = new Map(sandbox.readyTokens.map(({ id, user }) => [id, user]));
  const request: Toado['request'] = async (method, path, body, as = token('triage')) => {
    const answer = await fetch(sandbox.apiUrl + path, {
      method,
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json().catch(() => undefined) };
  };
  return {
    ...sandbox,
    token,
    env: (name = 'triage') => ({
      TOADO_API_URL: sandbox.apiUrl,
      TOADO_API_TOKEN: name.startsWith('tok_') ? name : token(name),
    }),
    request,
    createToken: async (fields) => {
      const owner = fields.user_id ?? 'usr_jason';
      const { status, body } = await request('POST', '/sandbox/tokens', {
        label: 'made in a test',
        ...fields,
        user_id: owner,
      });
      if (status !== 201) throw new Error(`token not made: ${status} ${JSON.stringify(body)}`);
      const made = body as { id: string; token: string };
      owners.set(made.id, owner);
      return made;
    },
    revoke: async (id) => {
      const { status } = await request('DELETE', `/sandbox/tokens/${id}?user_id=${owners.get(id) ?? ''}`);
      if (status >= 300) throw new Error(`token not revoked: ${status}`);
    },
  };
}

/** In the file: a world of its own would have to be filled first. */
function setLimits(file: string, { reads, writes }: { reads: number; writes: number }): void {
  const db = new Libsql(file);
  db.prepare('UPDATE companies SET reads_per_minute = ?, writes_per_minute = ?').run(reads, writes);
  db.close();
}
