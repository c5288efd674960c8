import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { apiBase, createApp } from './app.ts';
import { hashToken } from './auth/token-hash.ts';
import { defaultDatabaseFile } from './data-folder.ts';
import { Database } from './db/database.ts';
import { SandboxError } from './errors.ts';
import { ChangeFeed } from './events.ts';
import { seed } from './seed/insert.ts';
import type { SeedToken, World } from './seed/world.ts';

export { SandboxError } from './errors.ts';
export type { SeedToken, World } from './seed/world.ts';

export interface SandboxOptions {
  /** The SQLite file, made when it isn't there; one in the user's data folder by default. */
  db?: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** 127.0.0.1 by default. */
  host?: string;
  /** Throws away what the file holds and begins anew. */
  reset?: boolean;
  /** What a new file begins with; the sandbox's own stories by default. */
  world?: World;
  /** What token-info announces and the API then does; all of it (`idempotency-key`) by default. */
  features?: readonly 'idempotency-key'[];
  /** How long a presigned asset address works; 5 minutes by default. */
  assetTtlMs?: number;
}

export interface Sandbox {
  /** `http://127.0.0.1:1234` */
  url: string;
  /** What `TOADO_API_URL` takes. */
  apiUrl: string;
  /** The SQLite file. */
  db: string;
  /** The tokens that every new sandbox has, those revoked meanwhile left out. */
  readyTokens: SeedToken[];
  /** Ends it: open connections are cut, the file is closed. */
  close(): Promise<void>;
}

/** Starts a local Toado. Throws SandboxError, with a sentence for the person, when the file or the port can't be had. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1';
  const world = options.world ?? (await import('./seed/index.ts')).world;
  const db = new Database(options.db ?? defaultDatabaseFile());
  const changes = new ChangeFeed(db);
  try {
    seed(db, world, { reset: options.reset ?? false });
    const app = createApp({
      db,
      changes,
      host,
      features: options.features ?? ['idempotency-key'],
      assetTtlMs: options.assetTtlMs ?? 5 * 60 * 1000,
    });
    const server = createAdaptorServer({ fetch: app.fetch }) as Server;
    const port = await listen(server, options.port ?? 0, host);
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    return {
      url,
      apiUrl: url + apiBase,
      db: db.file,
      readyTokens: world.tokens.filter(({ token }) => isLive(db, token)),
      close: async () => {
        changes.close();
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

function isLive(db: Database, token: string): boolean {
  return db.get('SELECT 1 FROM tokens WHERE hash = ? AND revoked_at IS NULL', hashToken(token)) !== undefined;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new SandboxError(whyNotListening(error, port, host))),
    );
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function whyNotListening({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken: choose another with --port, or stop the program that uses it.`;
  }
  if (code === 'EACCES') return `Port ${port} needs special rights: choose one above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${host}: choose another with --host.`;
  }
  return `The sandbox can't listen on ${host}:${port} (${message}): choose others with --host and --port.`;
}
