/**
 * Every tool under every fault: once and for good, with and without idempotency keys. Afterwards the database is held
 * against what the answers claimed: nothing lost, nothing doubled, nothing claimed that isn't so.
 *
 * `npm test` tries every third pair of tool and fault in one of these four ways, so that each tool meets a third of the
 * faults, each fault a third of the tools, and both all four ways; `npm run test:full` tries each pair in every way.
 */

import { expect } from 'vitest';
import { tools } from '../../tools/index.ts';
import { rowsOf } from '../support/bulk-results.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { openDatabase } from '../support/database.ts';
import { sideBySide } from '../support/ending.ts';
import { breaking, type Fault, type FaultProxy, faults, startFaultProxy } from '../support/fault-proxy.ts';
import { errorOf, type RawClient, type RawSession, startRaw } from '../support/raw-client.ts';
import { type CallResult, textOf } from '../support/sdk-client.ts';
import { leaksOf } from '../support/secrets.ts';
import { startToado } from '../support/toado.ts';
import { type Case, casesOf, ticketMaker } from './tool-cases.ts';

/**
 * Sessions side by side; each takes the next batch. Most of their time they wait. The first lane's are the built program,
 * the others' are in this process.
 */
const LANES = 14;
const TOKEN = 'tok_sandbox_triage';

/** As quick as they are: limits are another test's subject. */
const limits = { reads: 1_000_000, writes: 1_000_000 };

interface Batch {
  fault?: Fault;
  /** How many requests to each address are broken. */
  times: number;
}

export type Extent = 'each pair in every way' | 'every third pair in one way';

/** Whether the tool at that place has its turn in this batch. */
function isTried(at: number, { fault, times }: Batch, hasKeys: boolean, extent: Extent): boolean {
  if (!fault || extent === 'each pair in every way') return true;
  const way = (times === 1 ? 0 : 1) + (hasKeys ? 0 : 2);
  return (at + faults.findIndex(({ name }) => name === fault.name)) % 12 === way * 3;
}

/** After it a program waits for minutes, as it was told to. */
const isLast = ({ fault }: Batch) => fault!.name.startsWith('rate_limited_');
/** After it a program's requests leave one by one until one is answered, and a fault that hangs answers none. */
const isLastOfItsProgram = (batch: Batch) =>
  isLast(batch) || (batch.fault!.name === 'rate_limited' && batch.times > 1);

/** The slow ones first, so that nobody waits for them alone at the end; last those after which a program is no use. */
const BATCHES: Batch[] = faults
  .flatMap((fault) => [
    { fault, times: Number.POSITIVE_INFINITY },
    { fault, times: 1 },
  ])
  .sort((a, b) => slowness(b) - slowness(a));

function slowness(batch: Batch): number {
  if (isLast(batch)) return -1;
  const { fault, times } = batch;
  const waits = ['hang_before', 'hang_after', 'drip_after', 'rate_limited'].includes(fault!.name);
  return (waits ? 2 : 0) + (times > 1 ? 1 : 0);
}

/** Without what is random in it: the fence's name, presigned addresses, ages. */
function comparable(result: CallResult): string {
  return (
    textOf(result)
      .replaceAll(/toado-data-[0-9a-f]+/g, 'fence')
      .replaceAll(/https?:\/\/127[^\s"]+/g, 'address')
      .replaceAll(/expires_at: [^\n]+/g, 'expiry')
      // Names are shown where an earlier answer told them.
      .replaceAll(/(^|=|: |\| )[^=|:\n;]*? \(((?:proj|col)_\w+)\)/gm, '$1$2')
  );
}

/** What is wrong with an answer, in view of what stands in the database; nothing where it is right. */
function judge(
  { tool, done, ids }: Case,
  result: CallResult,
  { fault, times }: Batch,
  expected: string | undefined,
  hasKeys: boolean,
): string[] {
  const failure = errorOf(result);
  const wrong: string[] = [];
  const once = times === 1;
  if (
    failure &&
    !/^[a-z_]+ \((not_sent|rejected|outcome_unknown|no_answer)\): .+\nNext: .+/s.test(textOf(result))
  )
    wrong.push('the error does not say what happened and what to do');
  if (!done) {
    if (failure && !['no_answer', 'rejected', 'not_sent'].includes(failure.outcome))
      wrong.push(`a read with outcome ${failure.outcome}`);
    const isAsCalm = expected === undefined || comparable(result) === expected;
    if (!failure && !isAsCalm)
      wrong.push(`it says something else than without a fault: ${comparable(result).slice(0, 200)}`);
    if (once && fault!.transient && tool !== 'whoami' && !isAsCalm)
      wrong.push(`not asked again: ${textOf(result)}`);
    return wrong;
  }
  const happened = done();
  if (happened.some((times) => times > 1)) wrong.push(`done ${Math.max(...happened)} times`);
  const claims = claimsOf(result, ids!);
  claims.forEach((claim, at) => {
    if (claim === 'done' && happened[at] !== 1) wrong.push('claimed, but not done');
    if ((claim === 'not_sent' || claim === 'rejected') && happened[at] !== 0)
      wrong.push(`said to be ${claim}, but done`);
    if (!['done', 'not_sent', 'rejected', 'outcome_unknown', 'accepted'].includes(claim))
      wrong.push(`claims ${claim}`);
    // Accepted without a word of the ticket: only a 2xx may say so, and it is no claim of more.
    if (claim === 'accepted' && !fault!.applies) wrong.push('said to be accepted, but never carried out');
    // Without keys it is sent again only where a look shows that nobody has changed anything for a while.
    if (claim === 'outcome_unknown' && once && fault!.transient && hasKeys)
      wrong.push('not sent again though it could be');
    if (claim === 'outcome_unknown' && once && fault!.transient && fault!.applies)
      wrong.push(`a look would have told that it is done: ${textOf(result)}`);
  });
  return wrong;
}

/** What an answer claims of each ticket: `done`, or an outcome. */
function claimsOf(result: CallResult, ids: string[]): string[] {
  const failure = errorOf(result);
  if (failure) return ids.map(() => failure.outcome);
  if (!result.structuredContent?.results) return ids.map(() => 'done');
  return rowsOf(result, ids).map(({ ok, error }) => (ok ? 'done' : (error?.outcome ?? 'rejected')));
}

export function everyToolUnderEveryFault(
  keys: string,
  features: readonly 'idempotency-key'[],
  extent: Extent,
): void {
  const hasKeys = features.length > 0;
  sideBySide(
    `every tool × every fault, ${keys}: the answers claim what the database holds`,
    async () => {
      const toado = await startToado({ limits, features });
      const db = openDatabase(toado.db);
      const makeTicket = await ticketMaker(toado);
      const calm = new Map<string, string>();
      const wrong: string[] = [];
      let cases = 0;
      let longest = 0;

      const runBatch = async (client: RawSession, proxy: FaultProxy, batch: Batch, lane: number) => {
        const name = `${batch.fault?.name ?? 'calm'} × ${batch.times} (${keys}, lane ${lane})`;
        const all = await casesOf(name, makeTicket, db, (at) => isTried(at, batch, hasKeys, extent));
        proxy.plan = batch.fault ? breaking(batch.fault, batch.times) : () => undefined;
        const began = performance.now();
        const results = await Promise.all(
          all.map(async ({ tool, args }) => {
            const result = await client.call(tool, args);
            longest = Math.max(longest, performance.now() - began);
            return result;
          }),
        );
        proxy.plan = () => undefined;
        all.forEach((one, at) => {
          const result = results[at]!;
          if (!batch.fault) {
            if (errorOf(result)) wrong.push(`${name}: ${one.tool}: ${textOf(result)}`);
            if (!one.done && one.tool !== 'whoami') calm.set(one.tool, comparable(result));
            return;
          }
          cases++;
          for (const what of judge(one, result, batch, calm.get(one.tool), hasKeys))
            wrong.push(`${name}: ${one.tool}: ${what}`);
        });
        return all.length;
      };

      const clients: RawSession[] = [];
      const programs: RawClient[] = [];
      const proxies: FaultProxy[] = [];
      const waiting = [...BATCHES];
      const startProgram = async (env: Record<string, string>) => {
        const program = await startRaw({ env });
        programs.push(program);
        return program;
      };
      const runLane = async (lane: number) => {
        const proxy = await startFaultProxy(toado.apiUrl);
        proxies.push(proxy);
        const begin = async () => {
          const env = { TOADO_API_URL: proxy.apiUrl, TOADO_API_TOKEN: TOKEN };
          const client = lane === 0 ? await startProgram(env) : await startRawInProcess({ env });
          clients.push(client);
          // On a busy machine the first question may time out.
          for (;;) {
            const { result } = await client.request('tools/list');
            if ((result!.tools as unknown[]).length === tools.length) break;
            await new Promise((resolve) => setTimeout(resolve, 200));
          }
          return client;
        };
        let client: RawSession | undefined = await begin();
        if (lane === 0) {
          await runBatch(client, proxy, { times: 0 }, lane);
          isCalmKnown();
        }
        await calmKnown;
        for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
          client ??= await begin();
          await runBatch(client, proxy, batch, lane);
          if (isLastOfItsProgram(batch)) client = undefined;
        }
      };
      let isCalmKnown = () => {};
      const calmKnown = new Promise<void>((resolve) => {
        isCalmKnown = resolve;
      });
      await Promise.all(Array.from({ length: LANES }, (_, lane) => runLane(lane)));
      for (const { child } of programs) child.stdin!.end();
      await Promise.all(programs.map(({ exited }) => exited));

      console.log(
        `${keys}: ${cases} cases (${BATCHES.length} faults × ${(cases / BATCHES.length).toFixed(1)} calls), the longest took ${Math.round(longest / 1000)} s`,
      );
      // 30 s is the limit; the rest is for a machine that is busy with other things.
      expect(longest).toBeLessThan(40_000);
      expect(wrong).toEqual([]);
      const all = await casesOf('count', makeTicket, db);
      expect(new Set(all.map(({ tool }) => tool))).toEqual(new Set(tools.map(({ name }) => name)));
      if (extent === 'each pair in every way') expect(cases).toBe(all.length * BATCHES.length);
      // Over the whole run: nothing but JSON-RPC on stdout, the token nowhere, and nobody followed a redirect.
      for (const client of clients) {
        const output = client.stdout().toString('utf8');
        const lines = output.split('\n');
        expect(lines.pop()).toBe('');
        for (const line of lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
        expect(leaksOf(TOKEN, output)).toEqual([]);
        expect(leaksOf(TOKEN, client.stderr())).toEqual([]);
      }
      expect(clients.some((client) => client.stdout().includes('[redacted token]'))).toBe(true);
      expect(proxies.flatMap(({ strays }) => strays)).toEqual([]);
    },
    280_000,
  );
}
