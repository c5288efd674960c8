/**
 * `npm run soak [minutes]`: at least 2,000 calls, 64 at a time, for some minutes (3 by default). Prints what the server's
 * process holds as it goes, and fails when memory or descriptors keep growing. In between, writes of equal content, at
 * once and in turn, over one server and two, with and without idempotency keys, while answers get lost: every claim is
 * compared with the API's own books.
 */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/sandbox/index.ts';
import { world } from '../src/sandbox/seed/tickets/index.ts';
import { type Books, equalWrites, type Server } from '../test/support/equal-writes.ts';
import { startLosingProxy } from '../test/support/losing-proxy.ts';
import { callMany, type Footprint, footprintOf } from '../test/support/soak.ts';

const AT_ONCE = 64;
const ROUND = 500;
const LEAST_CALLS = 2_000;
/** Of equal content, after each round; as many kinds there are. */
const EQUAL_ROUNDS = 8;
/** Fewer measurements say nothing about growth. */
const FEWEST_ROUNDS = 8;
/** Growth that is none: what V8 and the kernel keep for later. */
const SLACK_MB = 40;
const SLACK_DESCRIPTORS = 8;

const minutes = Number(process.argv[2] ?? 3);
if (!(minutes > 0 && minutes <= 120)) {
  console.error('npm run soak [minutes]: from 1 to 120');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-soak-'));
const children: ChildProcessByStdio<Writable, Readable, null>[] = [];
const closing: (() => unknown)[] = [];
const companies = world.companies.map((one) => ({ ...one, limits: { reads: 1_000_000, writes: 1_000_000 } }));

const withKeys = await start('with-keys', ['idempotency-key']);
const withoutKeys = await start('without-keys', []);
const { child, ...session } = await connect(withKeys, withKeys.apiUrl);
const scenes: { name: string; servers: Server[]; books: Books }[] = [];
for (const [keys, sandbox] of [
  ['with keys', withKeys],
  ['without keys', withoutKeys],
] as const)
  for (const count of [1, 2])
    scenes.push({
      name: `${count} server${count > 1 ? 's' : ''}, ${keys}`,
      servers: await Promise.all(Array.from({ length: count }, () => losingServer(sandbox))),
      books: booksOf(sandbox),
    });

const footprints: Footprint[] = [];
let calls = 0;
let wrong = 0;
let equalCalls = 0;
let equalRound = 0;
const falseClaims: string[] = [];
const end = performance.now() + minutes * 60_000;
do {
  const began = performance.now();
  wrong += ROUND - (await callMany(session, ROUND, AT_ONCE));
  calls += ROUND;
  const footprint = footprintOf(child.pid!);
  if (footprint) footprints.push(footprint);
  const perSecond = Math.round(ROUND / ((performance.now() - began) / 1000));
  for (let round = 0; round < EQUAL_ROUNDS; round++, equalRound++) {
    for (const { name, servers, books } of scenes) {
      const found = await equalWrites(servers, books, equalRound, name);
      equalCalls += found.calls;
      falseClaims.push(...found.wrong.map((one) => `${name}: ${one}`));
    }
  }
  console.log(
    `${String(calls).padStart(7)} calls  ${String(perSecond).padStart(5)}/s  ${footprint ? `${footprint.memory} MB  ${footprint.descriptors} descriptors` : ''}  ${wrong} wrong  ${equalCalls} of equal content, ${falseClaims.length} false claims`,
  );
} while (performance.now() < end || calls < LEAST_CALLS);

for (const { stdin } of children) stdin.end();
const codes = await Promise.all(
  children.map(
    (one) => one.exitCode ?? new Promise<number | null>((resolve) => one.on('exit', (code) => resolve(code))),
  ),
);
for (const close of closing) await close();
rmSync(folder, { recursive: true, force: true });

const growing = grows(footprints);
for (const one of falseClaims.slice(0, 20)) console.log(one);
console.log(
  `${calls} calls, ${wrong} wrong; ${equalCalls} of equal content, ${falseClaims.length} false claims; exit codes ${codes.join(', ')}; ${growing ?? 'memory and descriptors flat'}`,
);
const isWell = wrong === 0 && falseClaims.length === 0 && codes.every((code) => code === 0) && !growing;
process.exit(isWell ? 0 : 1);

async function start(name: string, features: NonNullable<SandboxOptions['features']>): Promise<Sandbox> {
  const db = join(folder, `${name}.db`);
  const sandbox = await startSandbox({ db, world: { ...world, companies }, features });
  closing.push(() => sandbox.close());
  return sandbox;
}

function tokenOf({ readyTokens }: Sandbox): string {
  return readyTokens.find(({ name }) => name === 'triage')!.token;
}

async function losingServer(sandbox: Sandbox): Promise<Server> {
  const proxy = await startLosingProxy(sandbox.apiUrl);
  closing.push(proxy.close);
  const { call } = await connect(sandbox, proxy.apiUrl);
  return { proxy, call: call as Server['call'] };
}

/** Asks the API itself, past every proxy. */
function booksOf(sandbox: Sandbox): Books {
  return async (path) => {
    const answer = await fetch(sandbox.apiUrl + path, {
      headers: { authorization: `Bearer ${tokenOf(sandbox)}` },
    });
    return (await answer.json()) as Awaited<ReturnType<Books>>;
  };
}

async function connect(sandbox: Sandbox, apiUrl: string) {
  const its = spawn(process.execPath, [fileURLToPath(new URL('../dist/main.js', import.meta.url))], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TOADO_API_URL: apiUrl,
      TOADO_API_TOKEN: tokenOf(sandbox),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(its);
  const waiting = new Map<number, (result: { _meta?: Record<string, unknown> }) => void>();
  let lastId = 0;
  createInterface({ input: its.stdout }).on('line', (line) => {
    const { id, result } = JSON.parse(line) as { id: number; result: { _meta?: Record<string, unknown> } };
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const request = (method: string, params: unknown) =>
    new Promise<{ _meta?: Record<string, unknown> }>((resolve) => {
      waiting.set(++lastId, resolve);
      its.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: lastId, method, params })}\n`);
    });
  await request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'soak', version: '1' },
  });
  await request('tools/list', {});
  return {
    child: its,
    call: (name: string, args: Record<string, unknown>) => request('tools/call', { name, arguments: args }),
  };
}

/** Compares the second quarter with the last: the first is warming up. */
function grows(all: Footprint[]): string | undefined {
  if (all.length < FEWEST_ROUNDS) return `only ${all.length} measurements: give it more minutes`;
  const quarter = Math.floor(all.length / 4);
  const early = all.slice(quarter, 2 * quarter);
  const late = all.slice(-quarter);
  const median = (some: Footprint[], of: keyof Footprint) =>
    some.map((one) => one[of]).sort((a, b) => a - b)[Math.floor(some.length / 2)]!;
  const memory = median(late, 'memory') - median(early, 'memory');
  if (memory > SLACK_MB) return `memory grew by ${memory} MB`;
  const descriptors = median(late, 'descriptors') - median(early, 'descriptors');
  return descriptors > SLACK_DESCRIPTORS ? `descriptors grew by ${descriptors}` : undefined;
}
