/** A sandbox of this test's own: real HTTP, a real SQLite file. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestsFile } from '../../src/sandbox/db/requests.ts';
import { type Sandbox, type SandboxOptions, startSandbox, type World } from '../../src/sandbox/index.ts';
import { world as usualWorld } from '../../src/sandbox/seed/index.ts';
import { atEnd } from './ending.ts';
import { temporaryFolder } from './temporary.ts';

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

interface Files {
  sandbox: Buffer;
  /** What counts its requests. */
  requests: Buffer;
}

/** The files of each world, filled once and copied for each test: filling takes longer than most tests. */
const filled = new Map<World, Promise<Files>>();

async function fill(world: World): Promise<Files> {
  const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-filled-'));
  const db = join(folder, 'sandbox.db');
  try {
    await (await startSandbox({ db, world })).close();
    return { sandbox: readFileSync(db), requests: readFileSync(requestsFile(db)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the sandbox's file as it is when the world has just been filled in. */
export async function writeFilled(db: string, world: World = usualWorld): Promise<void> {
  const files = filled.get(world) ?? fill(world);
  filled.set(world, files);
  const { sandbox, requests } = await files;
  writeFileSync(db, sandbox);
  writeFileSync(requestsFile(db), requests);
}

export async function startToado(options: SandboxOptions = {}): Promise<Toado> {
  const db = join(temporaryFolder(), 'sandbox.db');
  if (!options.db) await writeFilled(db, options.world);
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
