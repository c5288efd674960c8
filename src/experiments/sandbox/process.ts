/**
 * The sandbox of one run, in a process of its own that the agent knows by address and token alone. It keeps the record:
 * requests, writes and, through the recorder's port, the messages of the agent's MCP session. It speaks JSON lines with
 * whoever started it, and ends with its stdin.
 */
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { MiddlewareHandler } from 'hono';
import { Database } from '../../sandbox/db/database.ts';
import { FAULT, startSandbox } from '../../sandbox/index.ts';
import { world as freshWorld } from '../../sandbox/seed/tickets/index.ts';
import { startRecorder } from '../record/recorder.ts';
import { snapshotOf } from '../record/snapshot.ts';
import type { RecordedRequest, SandboxRecord } from '../record/types.ts';
import type { Scenario } from '../scenario/schema.ts';
import { TOKEN_ID } from '../scenario/token-id.ts';
import { worldOf } from '../scenario/world.ts';
import { changedTables, type Seal, sealerOf } from './seal.ts';

export interface SandboxOrder {
  scenario: Scenario;
  /** The SQLite file: new, and nobody else's. */
  db: string;
  /** The run's token, where the file is filled already; a new one otherwise. */
  token?: string;
}

/** What the agent gets, and nothing else. */
export interface AgentAccess {
  apiUrl: string;
  token: string;
  /** Where the agent's MCP session is recorded: `127.0.0.1:port/key`. */
  recorder: string;
}

export interface RunningSandbox {
  access: AgentAccess;
  finish(): SandboxRecord;
  close(): Promise<void>;
}

/** Of writes that weren't the agent's: enough to see what they are. */
const MAX_OTHERS = 100;

export async function openSandbox({
  scenario,
  db: file,
  token = `tok_${randomBytes(24).toString('hex')}`,
}: SandboxOrder): Promise<RunningSandbox> {
  const requests: RecordedRequest[] = [];
  const tampered = new Set<string>();
  // Known once the file is there, which is before the first request.
  let observer: Observer | undefined;
  const sandbox = await startSandbox({
    db: file,
    world: worldOf(scenario, freshWorld, token),
    pages: false,
    faults: scenario.faults ?? [],
    ...(scenario.idempotency_keys === false && { features: [] }),
    around: recordRequests(
      requests,
      () => observer!,
      (what) => tampered.add(what),
      (scenario.faults ?? []).some(({ revoke_token }) => revoke_token),
    ),
  });
  observer = new Observer(file);
  const before = snapshotOf(observer.db);
  const recorder = await startRecorder();
  return {
    access: { apiUrl: sandbox.apiUrl, token, recorder: recorder.address },
    finish: () => {
      for (const what of observer.changedSinceSealed()) tampered.add(what);
      for (const what of observer.writtenByOthers()) tampered.add(what);
      return {
        before,
        after: snapshotOf(observer.db),
        requests,
        messages: recorder.messages(),
        tampered: [...tampered],
      };
    },
    close: async () => {
      await recorder.close();
      observer.db.close();
      await sandbox.close();
    },
  };
}

/** A second look at the file, beside the sandbox's own. */
class Observer {
  readonly db: Database;
  readonly #sealNow: () => Seal;
  #seal: Seal;
  /** Of the file when it was sealed: it is another one once somebody else has written to it. */
  #sealedVersion: number;
  #lastSeq: number;
  readonly #firstSeq: number;

  constructor(file: string) {
    this.db = new Database(file);
    this.#sealNow = sealerOf(this.db);
    this.#sealedVersion = this.#version();
    this.#seal = this.#sealNow();
    this.#lastSeq = this.#newestSeq();
    this.#firstSeq = this.#lastSeq;
  }

  changedSinceSealed(): string[] {
    if (this.#version() === this.#sealedVersion) return [];
    return changedTables(this.#seal, this.#sealNow()).map(
      (table) => `The table ${table} of the sandbox's file was changed past the API.`,
    );
  }

  /** What was written since the last time, which a request explains. */
  sealAnew(): RecordedRequest['writes'] {
    // Before the seal: what is written between the two is looked at again.
    this.#sealedVersion = this.#version();
    this.#seal = this.#sealNow();
    const rows = this.db.all<{ seq: number; action: string; ticket_id: string | null; detail: string }>(
      'SELECT seq, action, ticket_id, detail FROM activity WHERE seq > ? ORDER BY seq',
      this.#lastSeq,
    );
    this.#lastSeq = rows.at(-1)?.seq ?? this.#lastSeq;
    return rows.map(({ action, ticket_id, detail }) => ({
      action,
      ticket: ticket_id,
      detail: JSON.parse(detail),
    }));
  }

  writtenByOthers(): string[] {
    return this.db
      .all<{ action: string; label: string | null; via: string }>(
        'SELECT action, token_label AS label, via FROM activity WHERE seq > ? AND token_id IS NOT ? LIMIT ?',
        this.#firstSeq,
        TOKEN_ID,
        MAX_OTHERS,
      )
      .map(
        ({ action, label, via }) =>
          `${action} was done with ${label ? `the token ${label}` : 'no token'} (via ${via}).`,
      );
  }

  #version(): number {
    return this.db.get<{ data_version: number }>('PRAGMA data_version')!.data_version;
  }

  #newestSeq(): number {
    return this.db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM activity')?.seq ?? 0;
  }
}

/** Notes every request. Those that may write go one after another, so that each change has its request. */
function recordRequests(
  requests: RecordedRequest[],
  observer: () => Observer,
  onTampered: (what: string) => void,
  readsMayRevoke: boolean,
): MiddlewareHandler {
  let last = Promise.resolve();
  return async (c, next) => {
    const record: RecordedRequest = {
      at: Date.now(),
      ms: 0,
      method: c.req.method,
      path: c.req.path.replace(/^\/api\/v1/, '') + new URL(c.req.url).search,
      status: 0,
      via: c.req.header('x-toado-client') === 'mcp' ? 'mcp' : 'api',
      writes: [],
    };
    requests.push(record);
    const began = performance.now();
    const run = async () => {
      await next();
      record.ms = Math.round(performance.now() - began);
      record.status = c.res.status;
      const fault = c.get(FAULT) as string | undefined;
      if (fault) record.fault = fault;
    };
    if (c.req.method === 'GET' && !readsMayRevoke) return run();
    const turn = last.then(async () => {
      const watcher = observer();
      for (const what of watcher.changedSinceSealed()) onTampered(what);
      await run();
      record.writes = watcher.sealAnew();
    });
    last = turn.catch(() => {});
    await turn;
  };
}

/** `toado-mcp experiments sandbox-process`: takes its order on the first line of stdin, then `finish`. */
export async function sandboxProcess(): Promise<void> {
  const say = (value: object) =>
    new Promise<void>((resolve) => process.stdout.write(`${JSON.stringify(value)}\n`, () => resolve()));
  let sandbox: RunningSandbox | undefined;
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      if (sandbox) await say({ finished: sandbox.finish() });
      else {
        sandbox = await openSandbox(JSON.parse(line) as SandboxOrder);
        await say({ ready: sandbox.access });
      }
    } catch (error) {
      await say({ failed: error instanceof Error ? error.message : String(error) });
    }
  }
  await sandbox?.close();
}
