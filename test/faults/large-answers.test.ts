/**
 * Answers of many megabytes: one at a time, in pieces between which others have their turn. Pauses are measured inside
 * of the program, in processor time, and held against what the machine takes for a piece of work that is always the same.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { listen } from '../support/listen.ts';
import { PROGRAM } from '../support/program.ts';
import { startRaw } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';

const TICKET = 't-7Kq2Mx';
const AT = '2026-01-01T00:00:00.000Z';
const PROBE = fileURLToPath(new URL('../support/pause-probe.mjs', import.meta.url));
const many = <Item>(count: number, item: (at: number) => Item) =>
  Array.from({ length: count }, (_, at) => item(at));
const BEGAN = Date.parse(AT);
const time = (at: number) => new Date(BEGAN + at * 7).toISOString();
const ticket = (more: string) => `{"id":"${TICKET}","title":"x","status":"active",${more}}`;

/** Written as text: making objects of them and JSON of those would take longer than what is tested. */
const list = (count: number, item: (at: number) => string) => `[${many(count, item).join(',')}]`;
const devtools = (panels: string) => `"devtools":{${panels}}`;
const request = (at: number) =>
  `{"method":"GET","url":"https://a.test/${at}","statusCode":500,"startTime":${at},"responseBody":"${X_400}"}`;
const X_400 = 'x'.repeat(400);
const requests = (count: number) => devtools(`"network":${list(count, request)}`);
const [Q_150, E_80, Y_130] = ['q'.repeat(150), 'e'.repeat(80), 'y'.repeat(130)];
const SHAPES: Record<string, () => string> = {
  'failed requests': () => requests(45_000),
  // In each of the ways to ask for them.
  'failed requests, fewer': () => requests(12_000),
  'failed requests and errors': () => {
    const network = list(
      45_000,
      (at) =>
        `{"method":"GET","url":"https://a.test/${at}?${Q_150}","status":500,"started_at":"${time(at)}"}`,
    );
    const errors = list(45_000, (at) => `{"kind":"error","message":"m${at}${E_80}","at":"${time(at * 2)}"}`);
    return devtools(`"network":${network},"errors":${errors}`);
  },
  'console lines': () => {
    const line = (at: number) =>
      `{"level":"error","args":["failed ${at}",{"a":"${Y_130}"}],"at":"${time(at)}"}`;
    return devtools(`"console":${list(70_000, line)}`);
  },
  'a line of arguments': () =>
    devtools(
      `"console":[{"level":"error","args":${list(700_000, (at) => `"argument ${at}"`)},"at":"${AT}"}]`,
    ),
  'one body': () =>
    devtools(
      `"network":[{"method":"POST","url":"https://a.test/","status":500,"response_body":"${'x '.repeat(8e6)}"}]`,
    ),
  'fields by the hundred thousand': () =>
    `"description":"As it was",${many(700_000, (at) => `"field_${at}":${at}`).join(',')}`,
  'long tasks': () => {
    const task = (at: number) => `{"duration_ms":${at % 977},"name":"x"}`;
    return devtools(`"performance":{"long_tasks":${list(400_000, task)}}`);
  },
  'one long text': () => `"description":"${'word %20 word '.repeat(1_100_000)}"`,
  'a wide and deep value': () => {
    const ten = JSON.stringify(many(10, String));
    return `"unknown":${list(300, (a) => list(300, (b) => `{"a":${a},"b":${b},"c":${ten}}`))}`;
  },
  'hidden characters': () => `"description":"${'\u200b\u202e'.repeat(2_600_000)}"`,
};
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

const LIMIT = 32 * 1024 * 1024;
/** As many of them as an answer of that size holds. */
function filled(item: string | ((at: number) => string), bytes = LIMIT - 1_000): string {
  if (typeof item === 'string') return `${item},`.repeat(bytes / (item.length + 1)).slice(0, -1);
  const items: string[] = [];
  for (let at = 0, size = 0; ; at++) {
    const one = item(at);
    size += one.length + 1;
    if (size > bytes) return items.join(',');
    items.push(one);
  }
}
const odd = (value: string) => ticket(`"unknown":${value}`);
/** What takes JSON.parse, or what comes after it, longest. Those that take much longer than their size are smaller. */
const WORST: Record<string, () => string> = {
  'tiny lists by the million': () => odd(`[${filled('[1,[]]')}]`),
  'objects that have no name in common': () => odd(`[${filled((at) => `{"k${at}":1}`, 8e6)}]`),
  'one text of escapes': () => odd(`"${'\\u200b'.repeat(LIMIT / 6 - 200)}"`),
  'long numbers': () => odd(`[${filled('12345678901234567890', 16e6)}]`),
  'lists in lists in lists': () => odd(`${'['.repeat(LIMIT / 2 - 500)}${']'.repeat(LIMIT / 2 - 500)}`),
};

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

/** Requests of a capture of 16 MB. */
const LARGE = 32_000;

describe('one at a time', () => {
  const large = Buffer.from(ticket(requests(LARGE)));

  /** Streams bodies of 16 MB, and tells how many are being taken at once. */
  async function startStreaming() {
    const taken = { now: 0, most: 0, whole: 0 };
    const server = createServer((incoming, outgoing) => {
      outgoing.setHeader('content-type', 'application/json');
      if (incoming.url!.endsWith('/auth/token-info')) return void outgoing.end(JSON.stringify(TOKEN_INFO));
      if (!incoming.url!.includes('/tickets/')) return void outgoing.end('[]');
      let at = 0;
      let isCounted = false;
      const more = () => {
        while (at < large.length && !outgoing.destroyed) {
          const isFlowing = outgoing.write(large.subarray(at, at + 65_536));
          at += 65_536;
          // What is read before it turns out large, and what the system's buffers take, is no taking.
          if (!isCounted && at > 12e6) {
            isCounted = true;
            taken.most = Math.max(taken.most, ++taken.now);
          }
          if (!isFlowing) return void outgoing.once('drain', more);
        }
        outgoing.end();
      };
      outgoing.on('finish', () => taken.whole++);
      outgoing.on('close', () => isCounted && taken.now--);
      more();
    });
    const port = await listen(server);
    const client = await startRawInProcess({
      env: { TOADO_API_URL: `http://127.0.0.1:${port}/api/v1`, TOADO_API_TOKEN: 'tok_fake_for_tests' },
    });
    await client.request('tools/list');
    return { client, taken };
  }
  const args = { ticket_id: TICKET, panel: 'performance' };

  test('three at once are taken in turn, and what is small goes past them', { timeout: 90_000 }, async () => {
    const { client, taken } = await startStreaming();
    const calls = many(3, () => client.call('get_devtools', args));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    expect((await client.call('list_companies')).isError).toBeFalsy();
    expect(performance.now() - began).toBeLessThan(3_000);
    const results = await Promise.all(calls);
    for (const result of results) expect(result.isError, textOf(result)).toBeFalsy();
    expect(taken).toMatchObject({ most: 1, whole: 3, now: 0 });
  });

  test('compressed ones, which have come before they are unpacked', { timeout: 90_000 }, async () => {
    const body = gzipSync(large, { level: 1 });
    const api = await startFakeApi(({ path }) =>
      path.startsWith('/tickets/') ? { headers: { 'content-encoding': 'gzip' }, body } : undefined,
    );
    const client = await startRaw({ env: api.env });
    const results = await Promise.all(many(3, () => client.call('get_devtools', args)));
    for (const result of results) expect(result.isError, textOf(result)).toBeFalsy();
    expect(client.child.exitCode).toBeNull();
  });

  test('one that is cancelled makes place for the next', { timeout: 60_000 }, async () => {
    const { client } = await startStreaming();
    const calls = many(3, () => client.begin('get_devtools', args));
    await new Promise((resolve) => setTimeout(resolve, 150));
    for (const { id } of calls.slice(0, 2)) client.notify('notifications/cancelled', { requestId: id });
    const result = await calls[2]!.answer;
    expect(result.isError, textOf(result)).toBeFalsy();
    expect((await client.call('get_devtools', args)).isError).toBeFalsy();
  });
});
