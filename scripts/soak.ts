/**
 * `npm run soak [minutes]`: at least 2,000 calls, 64 at a time, for some minutes (3 by default). Prints what the server's
 * process holds as it goes, and fails when memory or descriptors keep growing.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../src/sandbox/index.ts';
import { world } from '../src/sandbox/seed/index.ts';
import { callMany, type Footprint, footprintOf, type Session } from '../test/support/soak.ts';

const AT_ONCE = 64;
const ROUND = 500;
const LEAST_CALLS = 2_000;
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
const companies = world.companies.map((one) => ({ ...one, limits: { reads: 1_000_000, writes: 1_000_000 } }));
const sandbox = await startSandbox({ db: join(folder, 'sandbox.db'), world: { ...world, companies } });
const child = spawn(process.execPath, [fileURLToPath(new URL('../dist/main.js', import.meta.url))], {
  env: {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    TOADO_API_URL: sandbox.apiUrl,
    TOADO_API_TOKEN: sandbox.readyTokens.find(({ name }) => name === 'triage')!.token,
  },
  stdio: ['pipe', 'pipe', 'inherit'],
});
const session = sessionOf();
await session.request('initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'soak', version: '1' },
});

const footprints: Footprint[] = [];
let calls = 0;
let wrong = 0;
const end = performance.now() + minutes * 60_000;
do {
  const began = performance.now();
  wrong += ROUND - (await callMany(session, ROUND, AT_ONCE));
  calls += ROUND;
  const footprint = footprintOf(child.pid!);
  if (footprint) footprints.push(footprint);
  const perSecond = Math.round(ROUND / ((performance.now() - began) / 1000));
  console.log(
    `${String(calls).padStart(7)} calls  ${String(perSecond).padStart(5)}/s  ${footprint ? `${footprint.memory} MB  ${footprint.descriptors} descriptors` : ''}  ${wrong} wrong`,
  );
} while (performance.now() < end || calls < LEAST_CALLS);

child.stdin.end();
const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
await sandbox.close();
rmSync(folder, { recursive: true, force: true });

const growing = grows(footprints);
console.log(`${calls} calls, ${wrong} wrong, exit code ${code}; ${growing ?? 'memory and descriptors flat'}`);
process.exit(wrong === 0 && code === 0 && !growing ? 0 : 1);

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

function sessionOf(): Session & { request(method: string, params: unknown): Promise<unknown> } {
  const waiting = new Map<number, (result: unknown) => void>();
  let lastId = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, result } = JSON.parse(line) as { id: number; result: unknown };
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const request = (method: string, params: unknown) =>
    new Promise<unknown>((resolve) => {
      waiting.set(++lastId, resolve);
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: lastId, method, params })}\n`);
    });
  return {
    request,
    call: (name, args) => request('tools/call', { name, arguments: args }) as ReturnType<Session['call']>,
  };
}
