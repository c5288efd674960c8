/**
 * Pauses during large answers are measured inside of the program, in processor time, and held against what the machine
 * takes for a piece of work that is always the same.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startFakeApi } from '../support/fake-api.ts';
import { PROGRAM } from '../support/program.ts';
import { startRaw } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { filled, requests, SHAPES, TICKET, ticket, WORST } from './large-tickets.ts';

const PROBE = fileURLToPath(new URL('../support/pause-probe.mjs', import.meta.url));

const CALLS: [tool: string, args: Record<string, unknown>][] = [
  ['get_ticket', { include: ['devtools'] }],
  ['get_devtools', { panel: 'network', min_status: 400 }],
  ['get_devtools', { panel: 'console', query: 'zz' }],
  ['get_devtools', { panel: 'network', query: '11999' }],
  ['get_devtools', { panel: 'network', order: 'newest', bodies: true }],
  ['get_devtools', { panel: 'timeline', limit: 20 }],
];

async function startProbed(env: Record<string, string>, tools: readonly string[]) {
  const file = join(temporaryFolder(), 'pauses');
  const client = await startRaw({
    command: { file: process.execPath, args: ['--import', PROBE, PROGRAM] },
    env: { ...env, PAUSES: file },
  });
  // The start is not what is asked about, and neither is what each tool's first call loads.
  for (const tool of tools) await client.call(tool, { ticket_id: TICKET, panel: 'network' });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  /** The longest pauses while something is done, in units. */
  const pausesOf = async (act: () => Promise<void>) => {
    writeFileSync(file, '');
    await act();
    // The piece that wrote the answer is told after it.
    await new Promise((resolve) => setTimeout(resolve, 30));
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    const found = lines.map((line) => JSON.parse(line) as { pause: number; whole: number; unit: number });
    const longest = (which: 'pause' | 'whole') => Math.max(0, ...found.map((one) => one[which] / one.unit));
    return { pause: longest('pause'), whole: longest('whole') };
  };
  return { client, pausesOf };
}

/**
 * 50 ms and 500 ms where the unit takes 30 ms: on the machine for which that was asked. One that takes 54 ms for it has
 * 90 ms and 0.9 s.
 */
const SHORT_UNITS = 50 / 30;
const LONG_UNITS = 500 / 30;

test('no pause is long, whatever the answer', { timeout: 240_000 }, async () => {
  let body = Buffer.from(ticket(requests(3)));
  let status = 200;
  const api = await startFakeApi(({ path }) =>
    /^\/(tickets|companies)/.test(path) ? { status, headers: { 'retry-after': '120' }, body } : undefined,
  );
  const { client, pausesOf } = await startProbed(api.env, ['get_ticket', 'get_devtools', 'list_companies']);
  const most = { pause: 0, whole: 0 };
  /**
   * What a machine does besides can only add to a pause: one that is too long has four more chances. Where what is parsed
   * at once takes longest, only the pause with it is limited.
   */
  const expectShort = async (what: string, act: () => Promise<void>, { withParsing = true } = {}) => {
    const isShort = ({ pause, whole }: typeof most) =>
      whole < LONG_UNITS && (withParsing || pause < SHORT_UNITS);
    let found = await pausesOf(act);
    for (let again = 0; again < 4 && !isShort(found); again++) found = await pausesOf(act);
    expect(found.whole, what).toBeLessThan(LONG_UNITS);
    if (!withParsing) expect(found.pause, what).toBeLessThan(SHORT_UNITS);
    most.whole = Math.max(most.whole, found.whole);
    if (!withParsing) most.pause = Math.max(most.pause, found.pause);
  };
  for (const [name, shape] of Object.entries(SHAPES)) {
    body = Buffer.from(ticket(shape()));
    for (const [tool, args] of /fewer|and errors/.test(name) ? CALLS : CALLS.slice(0, 1))
      await expectShort(
        `${name}: ${tool} ${JSON.stringify(args)}`,
        async () => {
          const result = await client.call(tool, { ticket_id: TICKET, ...args });
          expect(result.isError, `${name}: ${textOf(result).slice(0, 300)}`).toBeFalsy();
          expect(textOf(result).length, name).toBeLessThan(60_000);
          if (name.startsWith('fields')) expect(textOf(result)).toContain('As it was');
        },
        { withParsing: false },
      );
  }
  for (const [name, text] of Object.entries(WORST)) {
    body = Buffer.from(text());
    await expectShort(name, async () => {
      const result = await client.call('get_ticket', { ticket_id: TICKET, include: ['devtools'] });
      expect(result.isError, `${name}: ${textOf(result).slice(0, 300)}`).toBeFalsy();
    });
  }
  // Rows of which none can be read cost most each.
  body = Buffer.from(`[${filled('[]', 8e6)}]`);
  await expectShort('rows that are no objects', async () => {
    expect(textOf(await client.call('list_companies'))).toContain('of at least 10001 shown');
  });
  // Of a refusal, its beginning is read.
  status = 429;
  body = Buffer.from(`{"error":{"code":"rate_limited","details":[${filled('[]')}]}}`);
  await expectShort('a refusal', async () => {
    expect((await client.call('get_ticket', { ticket_id: TICKET })).isError).toBe(true);
  });
  const of = (found: number, limit: number) => `${found.toFixed(2)} units of ${limit.toFixed(2)}`;
  console.log(`longest pause ${of(most.pause, SHORT_UNITS)}, ${of(most.whole, LONG_UNITS)}`);
});
