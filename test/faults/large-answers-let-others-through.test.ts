/**
 * Megabytes: pings get their turn meanwhile, and what is long ends with its call. How long a piece of work takes, in
 * whatever shape, is measured in pauses.full.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { shared } from '../support/ending.ts';
import { startFakeApi } from '../support/fake-api.ts';
import { type RawClient, startRaw } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';

const TICKET = 't-7Kq2Mx';
const AT = '2026-01-01T00:00:00.000Z';
/** Parsing JSON can't be divided; everything else is. Test machines are busy. */
const LONGEST_PAUSE_MS = 6_000;

const many = <Item>(count: number, item: (at: number) => Item) =>
  Array.from({ length: count }, (_, at) => item(at));
const time = (at: number) => new Date(Date.parse(AT) + at * 7).toISOString();

const manyRequests = () => ({
  id: TICKET,
  title: 'x',
  status: 'active',
  devtools: {
    network: many(20_000, (at) => ({
      method: 'GET',
      url: `https://a.test/${at}?${at}`,
      status: 500,
      started_at: time(at),
    })),
    errors: many(40_000, (at) => ({ kind: 'error', message: `m${at}`, at: time(at * 2) })),
  },
});

/** The longest time for which a ping waited while that went on. */
async function longestPause(client: RawClient, work: Promise<unknown>): Promise<number> {
  let longest = 0;
  let isDone = false;
  void work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    const began = performance.now();
    await client.request('ping');
    longest = Math.max(longest, performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return longest;
}

/** One program, whatever the ticket is at the moment. */
const started = shared(async () => {
  const answer = { body: '' };
  const api = await startFakeApi(({ path }) => (path.startsWith('/tickets/') ? answer : undefined));
  const client = await startRaw({ env: api.env });
  await client.request('tools/list');
  return { answer, client };
});

function start(body: unknown) {
  const { answer, client } = started();
  answer.body = JSON.stringify(body);
  return { client, megabytes: answer.body.length / 1024 / 1024 };
}

describe('a ticket of many megabytes lets others through', () => {
  test.each([
    ['get_ticket', { include: ['devtools'] }],
    ['get_devtools', { panel: 'network', min_status: 400 }],
  ] as const)('%s', { timeout: 90_000 }, async (tool, args) => {
    const { client, megabytes } = start(manyRequests());
    const began = performance.now();
    const call = client.call(tool, { ticket_id: TICKET, ...args });
    const pause = await longestPause(client, call);
    const result = await call;
    console.log(
      `${tool}: ${megabytes.toFixed(1)} MB, ${Math.round(performance.now() - began)} ms, longest pause ${Math.round(pause)} ms`,
    );
    expect(result.isError, textOf(result).slice(0, 300)).toBeFalsy();
    expect(pause).toBeLessThan(LONGEST_PAUSE_MS);
  });

  test('a call that was cancelled stops its work', { timeout: 90_000 }, async () => {
    const { client } = start(manyRequests());
    const { id } = client.begin('get_ticket', { ticket_id: TICKET, include: ['devtools'] });
    await new Promise((resolve) => setTimeout(resolve, 300));
    client.notify('notifications/cancelled', { requestId: id });
    const began = performance.now();
    expect((await client.call('list_companies')).isError).toBeTruthy();
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

test.each(['description', 'devtools', 'unknown'])('a value nested very deep in %s is pruned', {
  timeout: 60_000,
}, async (where) => {
  const deep = `${'{"a":['.repeat(20_000)}1${']}'.repeat(20_000)}`;
  const fields: Record<string, string> = {
    description: `"unknown": {"x": ${deep}}`,
    devtools: `"devtools": {"console": [{"level":"error","args":[${deep}]}], "network": [{"method":"GET","url":"https://a.test","status":500,"response_body":${deep}}], "errors": [{"message":${deep},"more":${deep}}], "performance": ${deep}}`,
    unknown: `"${where}": ${deep}`,
  };
  const { answer, client } = started();
  answer.body = `{"id":"${TICKET}","title":"x",${fields[where]}}`;
  for (const [tool, args] of [
    ['get_ticket', { include: ['devtools'] }],
    ['get_devtools', { panel: 'console', query: 'x' }],
    ['get_devtools', { panel: 'network', bodies: true }],
    ['get_devtools', { panel: 'network', min_status: 400 }],
    ['get_devtools', { panel: 'errors', query: 'nothing' }],
    ['get_devtools', { panel: 'performance' }],
  ] as const) {
    const result = await client.call(tool, { ticket_id: TICKET, ...args });
    expect([tool, args, textOf(result).slice(0, 200), result.isError]).toEqual([
      tool,
      args,
      expect.any(String),
      undefined,
    ]);
  }
  // From the client, too.
  client.write(
    `{"jsonrpc":"2.0","id":"deep ${where}","method":"tools/call","params":{"name":"get_ticket","arguments":{"ticket_id":"${TICKET}","odd":${deep}}}}`,
  );
  const asked = await client.next(({ id }) => id === `deep ${where}`);
  expect(JSON.stringify(asked)).toMatch(/validation_error|-3260/);
});
