import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import type { Fault } from './api/faults.ts';
import { hostsForOthers } from './api/local-only.ts';
import { apiBase, createApp } from './app.ts';
import { Pictures } from './assets/pictures.ts';
import { putDownUncounted } from './auth/rate-limiter.ts';
import { hashToken } from './auth/token-hash.ts';
import { stateOf, type TokenRow } from './auth/token-row.ts';
import { letGo } from './db/closed-files.ts';
import type { Database } from './db/database.ts';
import { DIALECTS, type Traits } from './dialects/dialects.ts';
import { withDialect } from './dialects/with-dialect.ts';
import { SandboxError } from './model/errors.ts';
import type { Guide } from './model/guide.ts';
import { allIds } from './queries/all-ids.ts';
import { ChangeFeed } from './queries/change-feed.ts';
import { type FileOptions, openFileOrMemory } from './seed/file/open-file.ts';
import type { SeedToken } from './seed/world/world.ts';

export { FAULT, type Fault, meetsRoute } from './api/faults.ts';
export { CONTRACT, DIALECTS, TRAITS, type Traits } from './dialects/dialects.ts';
export { SandboxError } from './model/errors.ts';
export type { ClientGuide, Connection, Guide } from './model/guide.ts';
export { readyTokenNames } from './seed/world/tokens.ts';
export type { SeedToken, World } from './seed/world/world.ts';

export interface SandboxOptions extends FileOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** 127.0.0.1 by default. */
  host?: string;
  /** What token-info announces and the API then does; all of it (`idempotency-key`) by default. */
  features?: readonly 'idempotency-key'[];
  /** How long a presigned asset address works; 5 minutes by default. */
  assetTtlMs?: number;
  /** Where a picture's PNG is, by its name; those that come with the program by default. */
  pictureFile?: (name: string) => string | undefined;
  /** False: the API alone, without pages and without what the person at this machine may do unasked. */
  pages?: boolean;
  /** How clients are connected and which tools there are, for the pages. */
  guide?: Guide | undefined;
  /** Answers in another form than the contract's: one of DIALECTS by name, or traits of one's own. */
  dialect?: string | Traits;
  /** Failures on purpose; none by default. */
  faults?: readonly Fault[];
  /** Stands around every request to the API, faults included: for recording them. */
  around?: MiddlewareHandler;
}

export interface Sandbox {
  /** `http://127.0.0.1:1234` */
  url: string;
  /** What `TOADO_API_URL` takes. */
  apiUrl: string;
  /** The API's addresses for other machines; undefined where it listens for this one alone. */
  apiUrlsForOthers: string[] | undefined;
  /** The SQLite file; `:memory:` where no file can be written. */
  db: string;
  /** The tokens that every new sandbox has, those that no longer work left out. */
  readyTokens: SeedToken[];
  /** Their names, of those that no longer work. */
  endedTokens: string[];
  /** How many pages follow its changes just now. */
  followers(): number;
  /** Ends it: open connections are cut, the file is closed. */
  close(): Promise<void>;
}

/** Starts a local Toado. Throws SandboxError, with a sentence for the person, when the file or the port can't be had. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  // Node takes no name for every address of the machine.
  if (options.host?.trim() === '') {
    throw new SandboxError('The host is empty: name an address with --host, or leave it out (127.0.0.1).');
  }
  const host = asBrowsersWriteIt(options.host ?? '127.0.0.1');
  const dialect = traitsOf(options.dialect);
  const { db, readyTokens, unkept, remove } = await openFileOrMemory(options);
  if (unkept) {
    console.error(
      `toado-mcp sandbox: ${unkept}, so it runs in memory: what is written is gone when it stops.`,
    );
  }
  db.serve();
  const changes = new ChangeFeed(db);
  try {
    const app = createApp({
      db,
      changes,
      pictures: new Pictures(options.pictureFile),
      host,
      features: options.features ?? ['idempotency-key'],
      assetTtlMs: options.assetTtlMs ?? 5 * 60 * 1000,
      readyTokens,
      pages: options.pages ?? true,
      guide: options.guide,
      faults: options.faults ?? [],
      around: options.around,
    });
    const fetch = dialect
      ? withDialect(app.fetch as Parameters<typeof withDialect>[0], apiBase, dialect, () => allIds(db))
      : app.fetch;
    const server = createAdaptorServer({
      fetch,
      serverOptions: { maxHeaderSize: MAX_HEADER_BYTES },
    }) as Server;
    server.on('clientError', refuseUnread);
    // Longer than clients keep an idle connection, so that none is cut just as a request leaves on it.
    server.keepAliveTimeout = 120_000;
    const { port, address } = await listen(server, options.port ?? 0, host);
    const at = (name: string) => `http://${addressable(name)}:${port}`;
    const url = at(host);
    const live = readyTokens.filter(({ token }) => isLive(db, token));
    return {
      url,
      apiUrl: url + apiBase,
      apiUrlsForOthers: hostsForOthers(address, host)?.map((other) => at(other) + apiBase),
      db: db.file,
      readyTokens: live,
      endedTokens: readyTokens.filter((one) => !live.includes(one)).map(({ name }) => name),
      followers: () => changes.listeners,
      close: async () => {
        changes.close();
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
        await putDownUncounted(db);
        db.close();
        if (!remove) return;
        await letGo();
        remove();
      },
    };
  } catch (error) {
    db.close();
    remove?.();
    throw error;
  }
}

/** The cookies of all programs on this host come along, whatever port they were for. */
const MAX_HEADER_BYTES = 64 * 1024;

/** What never became a request. A person can get here with too many cookies. */
function refuseUnread({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || code === 'ECONNRESET') return void socket.destroy();
  const [status, sentence] =
    code === 'HPE_HEADER_OVERFLOW'
      ? [
          '431 Request Header Fields Too Large',
          'This browser sends more than 64 KiB of cookies: delete those of this address.',
        ]
      : ['400 Bad Request', 'This isn’t a request of HTTP/1.1.'];
  const page = `<!doctype html><meta charset="utf-8"><title>${status}</title><p>${sentence}</p>`;
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(page)}\r\nConnection: close\r\n\r\n${page}`,
  );
}

function traitsOf(dialect: string | Traits | undefined): Traits | undefined {
  if (typeof dialect !== 'string') return dialect;
  const known = DIALECTS[dialect];
  if (known) return known.traits;
  throw new SandboxError(
    `There is no dialect ${JSON.stringify(dialect)}. There are: ${Object.keys(DIALECTS).join(', ')}.`,
  );
}

function isLive(db: Database, token: string): boolean {
  const row = db.get<TokenRow>('SELECT * FROM token_holders WHERE hash = ?', hashToken(token));
  return row !== undefined && stateOf(row) === 'live';
}

/** `0` is 0.0.0.0 to a browser, `LOCALHOST` is localhost: what is asked for is compared with this. */
function asBrowsersWriteIt(host: string): string {
  const address = `http://${host.includes(':') ? `[${host}]` : host}/`;
  if (!URL.canParse(address)) return host;
  const { hostname, pathname } = new URL(address);
  // Not where somebody wrote more than a host.
  return pathname === '/' && !/[/?#@]/.test(host) ? hostname.replace(/^\[(.*)\]$/, '$1') : host;
}

/** A host as an address has it; one that stands for every address of the machine is reached as loopback. */
function addressable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new SandboxError(whyNotListening(error, port, host))),
    );
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

function whyNotListening({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken: choose another with --port, or stop the program that uses it.`;
  }
  if (code === 'EACCES' && port > 1023)
    // Windows keeps whole ranges of them to itself.
    return `Port ${port} is reserved by the system: choose another with --port.`;
  if (code === 'EACCES') return `Port ${port} needs special rights: choose one above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${host}: choose another with --host.`;
  }
  return `The sandbox can't listen on ${host}:${port} (${message}): choose others with --host and --port.`;
}
