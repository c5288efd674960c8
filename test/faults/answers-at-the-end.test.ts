/** What was asked is answered before the process ends, whole, and within two seconds. */

import { spawn } from 'node:child_process';
import { describe, expect, onTestFinished, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { startFakeApi } from '../support/fake-api.ts';
import { fault, startFaultProxy } from '../support/fault-proxy.ts';
import { childEnv, INITIALIZE, PROGRAM } from '../support/program.ts';
import type { Message } from '../support/raw-client.ts';
import { startToado } from '../support/toado.ts';

const call = (id: number, name: string, args: object = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});
const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' };

interface Piped {
  messages: Message[];
  code: number | null;
  ms: number;
}

/** `printf '…' | toado-mcp`: everything is written at once, then stdin ends. */
async function pipe(
  env: Record<string, string>,
  messages: object[],
  { end = '\n', readAfter = 0 } = {},
): Promise<Piped> {
  const child = spawn(process.execPath, [PROGRAM], { env: childEnv(env), stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const began = performance.now();
  child.stdin.end(messages.map((one) => JSON.stringify(one)).join('\n') + end);
  await new Promise((resolve) => setTimeout(resolve, readAfter));
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const lines = text.split('\n').filter(Boolean);
  const read = lines.map((line) => JSON.parse(line) as Message);
  return { messages: read.filter(({ method }) => !method), code, ms: performance.now() - began };
}

describe('stdin ends right after the last request', () => {
  test.each([
    ['with a newline', '\n'],
    ['without one', ''],
  ])('%s: reads, lists and writes are answered', async (_, end) => {
    const toado = await startToado();
    const { messages, code } = await pipe(
      toado.env(),
      [
        INITIALIZE,
        INITIALIZED,
        { jsonrpc: '2.0', id: 1, method: 'tools/list' },
        call(2, 'add_comment', { ticket_id: 't-7Kq2Mx', body: 'piped' }),
        call(3, 'list_companies'),
      ],
      { end },
    );
    expect(messages.map(({ id }) => id).sort()).toEqual([0, 1, 2, 3]);
    expect(messages.every(({ result }) => result && !result.isError)).toBe(true);
    expect((messages.find(({ id }) => id === 1)!.result!.tools as unknown[]).length).toBe(tools.length);
    expect(code).toBe(0);
  });

  test('what gets no answer holds it for two seconds, and of a write it is said that nobody knows', async () => {
    const toado = await startToado();
    const proxy = await startFaultProxy(toado.apiUrl);
    proxy.plan = ({ target, method }) =>
      target.startsWith('/companies') || method === 'POST' ? fault('hang_before') : undefined;
    const env = { ...toado.env(), TOADO_API_URL: proxy.apiUrl };
    const { messages, code, ms } = await pipe(env, [
      INITIALIZE,
      call(1, 'list_companies'),
      call(2, 'whoami'),
      call(3, 'add_comment', { ticket_id: 't-7Kq2Mx', body: 'piped' }),
    ]);
    expect(messages.map(({ id }) => id)).toContain(2);
    const write = messages.find(({ id }) => id === 3);
    expect(JSON.stringify(write)).toContain('cancelled (outcome_unknown)');
    expect(code).toBe(0);
    expect(ms).toBeGreaterThan(1_400);
    expect(ms).toBeLessThan(8_000);
  });

  test('a reader that begins late gets every message whole', async () => {
    const text = 'x'.repeat(2_000);
    const rows = Array.from({ length: 40 }, (_, at) => ({
      id: `co_${at}`,
      name: `${at} ${text}`,
      role: 'owner',
    }));
    const api = await startFakeApi(({ path }) => (path === '/companies' ? { body: rows } : undefined));
    const calls = Array.from({ length: 12 }, (_, at) => call(at + 1, 'list_companies'));
    const { messages } = await pipe(api.env, [INITIALIZE, ...calls], { readAfter: 1_000 });
    expect(messages).toHaveLength(13);
    expect(JSON.stringify(messages).length).toBeGreaterThan(128 * 1024);
  });
});
