/**
 * Calls in numbers and under way: the budget, cancellation, progress, bulk, and messages that no transport takes. Of the
 * built program, where nothing else is said.
 */

import { describe, expect, test } from 'vitest';
import { rowsOf } from '../support/bulk-results.ts';
import { connectInProcess, startRawInProcess } from '../support/connect-in-process.ts';
import { openDatabase } from '../support/database.ts';
import { shared } from '../support/ending.ts';
import { answering, breaking, type Fault, fault, startFaultProxy } from '../support/fault-proxy.ts';
import { connect } from '../support/program.ts';
import { errorOf, type RawSession, startRaw } from '../support/raw-client.ts';
import { type CallResult, textOf } from '../support/sdk-client.ts';
import { startToado, type Toado } from '../support/toado.ts';

const limits = { reads: 100_000, writes: 100_000 };

async function connectTo<Client extends RawSession>(
  toado: Toado,
  startClient: (options: { env: Record<string, string> }) => Promise<Client>,
) {
  const proxy = await startFaultProxy(toado.apiUrl);
  const client = await startClient({ env: { ...toado.env(), TOADO_API_URL: proxy.apiUrl } });
  await client.request('tools/list');
  return { toado, proxy, client, db: openDatabase(toado.db) };
}

/** A session in this process. */
const sessionAt = (toado: Toado) => connectTo(toado, startRawInProcess);

/** One that the tests of a kind use after each other; each begins as if nothing had been asked. */
function sharedStart<Client extends RawSession>(start: () => ReturnType<typeof connectTo<Client>>) {
  const started = shared(start);
  return () => {
    const { proxy, client } = started();
    proxy.plan = () => undefined;
    proxy.seen.length = 0;
    client.messages.length = 0;
    return started();
  };
}

/** Whose token has no budget worth telling. */
const usual = sharedStart(async () => connectTo(await startToado({ limits }), startRaw));
/** In this process. */
const withoutKeys = sharedStart(async () => sessionAt(await startToado({ limits, features: [] })));

describe('the token’s budget, kept by sessions in this process', () => {
  /** For what a program, not the sandbox, keeps of a budget. */
  const sandbox = shared(() => startToado());

  const MINUTE = { reads: 120, writes: 60 };

  /** Of more at once the minute's are done; the others were not sent, and say for how long. */
  function expectMinute(results: Awaited<ReturnType<RawSession['call']>>[]): void {
    const failed = results.filter(({ isError }) => isError);
    const done = results.length - failed.length;
    expect(done).toBeLessThanOrEqual(MINUTE.reads);
    expect(done).toBeGreaterThan(MINUTE.reads - 20);
    for (const one of failed) {
      expect(errorOf(one)).toMatchObject({ code: 'rate_limited', outcome: 'not_sent' });
      expect(errorOf(one)!.retry_after).toBeGreaterThan(0);
    }
  }

  test('140 reads at once: the minute’s are done, the others told, and the wall is never met', async () => {
    const { client, proxy } = await sessionAt(await startToado({ limits: MINUTE }));
    const results = await Promise.all(Array.from({ length: 140 }, () => client.call('list_companies')));
    expectMinute(results);
    const met = proxy.statuses.filter((status) => status === 429).length;
    console.log(`140 reads at once: ${proxy.statuses.length} requests, ${met} of them met 429`);
    expect(met).toBe(0);
  });

  test('two servers on one token, one of them the built program, share it: no call is lost', async () => {
    const { toado, proxy, client } = await sessionAt(await startToado({ limits: MINUTE }));
    const other = await startRaw({ env: { ...toado.env(), TOADO_API_URL: proxy.apiUrl } });
    const results = await Promise.all(
      [client, other].flatMap((one) => Array.from({ length: 70 }, () => one.call('list_companies'))),
    );
    expectMinute(results);
    console.log(
      `two servers, 70 reads each at once: ${proxy.statuses.filter((status) => status === 429).length} met 429`,
    );
  });

  test('a long wait is told with its seconds, at once, and nothing more is sent until then', async () => {
    const { client, proxy } = await sessionAt(sandbox());
    proxy.plan = () => answering(429, {}, { 'retry-after': '40' });
    const first = await client.call('list_companies');
    expect(errorOf(first)).toMatchObject({ code: 'rate_limited', outcome: 'not_sent', retry_after: 40 });
    const sent = proxy.seen.length;
    const second = await client.call('list_projects');
    expect(errorOf(second)?.code).toBe('rate_limited');
    expect(errorOf(second)!.retry_after).toBeGreaterThan(30);
    expect(textOf(second)).toMatch(/Wait \d+ s, then call again/);
    expect(proxy.seen.length).toBe(sent);
  });

  test('announced as used up for long: told without running into the wall', async () => {
    const { client, proxy } = await sessionAt(sandbox());
    const empty = { 'ratelimit-limit': '60', 'ratelimit-remaining': '0', 'ratelimit-reset': '33' };
    proxy.plan = () => answering(200, [], empty);
    expect((await client.call('list_companies')).isError).toBeFalsy();
    const sent = proxy.seen.length;
    const told = errorOf(await client.call('list_companies'));
    expect(told).toMatchObject({ code: 'rate_limited', outcome: 'not_sent' });
    expect(told!.retry_after).toBeGreaterThan(25);
    expect(proxy.seen.length).toBe(sent);
  });

  test('short waits happen, and a client that asked hears of each', async () => {
    const { client, proxy } = await sessionAt(sandbox());
    proxy.plan = breaking(fault('rate_limited'), 2);
    const result = await client.call('list_companies', {}, { progressToken: 'p1' });
    expect(result.isError).toBeFalsy();
    const told = client.messages.filter(({ method }) => method === 'notifications/progress');
    expect(told.length).toBeGreaterThan(1);
    for (const { params } of told)
      expect(params).toMatchObject({ progressToken: 'p1', message: expect.stringMatching(/Waiting/) });
    // MCP wants each to be more than the one before.
    const progress = told.map(({ params }) => params!.progress as number);
    expect(progress).toEqual([...new Set(progress)].sort((a, b) => a - b));
  });

  test('an API that announces no budget is not slowed down for good by one 429', async () => {
    const { client, proxy } = await sessionAt(sandbox());
    const plain = answering(200, []);
    proxy.plan = breaking(answering(429, {}, { 'retry-after': '1' }), 1);
    await client.call('list_companies');
    proxy.plan = () => plain;
    const results = await Promise.all(Array.from({ length: 50 }, () => client.call('list_companies')));
    expect(results.filter(({ isError }) => isError)).toEqual([]);
  });
});

describe('a client’s cancellation', () => {
  const CALLS: [string, Record<string, unknown>][] = [
    ['list_companies', {}],
    ['add_comment', { ticket_id: 't-vP4sTe', body: 'cancelled' }],
    ['archive_ticket', { ticket_id: 't-vP4sTe' }],
  ];

  test.each(
    CALLS.flatMap(([tool, args]) =>
      [undefined, 'No longer wanted'].map((reason) => [tool, args, reason] as const),
    ),
  )('%s %o (reason: %s): the socket closes, and nothing is sent again', async (tool, args, reason) => {
    const { client, proxy } = usual();
    proxy.plan = () => fault('hang_before');
    const { id } = client.begin(tool, args);
    await expect.poll(() => proxy.open()).toBe(1);
    const sent = proxy.seen.length;
    client.notify('notifications/cancelled', { requestId: id, ...(reason ? { reason } : {}) });
    await expect.poll(() => proxy.open(), { timeout: 2_000 }).toBe(0);
    proxy.plan = () => undefined;
    expect((await client.call('list_projects')).isError).toBeFalsy();
    expect(proxy.seen.slice(sent).map(({ target }) => target)).toEqual(['/projects']);
  });

  test.each([
    ['sdk 1.x', 'the built program', connect],
    ['sdk 2.x legacy', 'a session in this process', connectInProcess],
    ['sdk 2.x modern', 'a session in this process', connectInProcess],
  ] as const)('%s gives up at %s: the socket closes, for reads and writes', async (kind, _, connectTo) => {
    const { toado } = usual();
    const proxy = await startFaultProxy(toado.apiUrl);
    const client = await connectTo(kind, { env: { ...toado.env(), TOADO_API_URL: proxy.apiUrl } });
    await client.toolNames();
    for (const [tool, args] of CALLS) {
      proxy.plan = () => fault('hang_before');
      const controller = new AbortController();
      const call = client.call(tool, args, { signal: controller.signal });
      await expect.poll(() => proxy.open()).toBe(1);
      controller.abort();
      await expect(call).rejects.toThrow();
      await expect.poll(() => proxy.open(), { timeout: 2_000 }).toBe(0);
    }
  });

  test('while it waits for the budget: it never leaves', async () => {
    const { client, proxy } = await sessionAt(usual().toado);
    proxy.plan = breaking(answering(429, {}, { 'retry-after': '3' }), 1);
    client.begin('list_companies');
    await expect.poll(() => proxy.seen.some(({ target }) => target === '/companies')).toBe(true);
    const { id } = client.begin('list_projects');
    client.notify('notifications/cancelled', { requestId: id });
    await client.next(({ id: one, result }) => one === 2 && result !== undefined);
    expect(proxy.seen.map(({ target }) => target)).not.toContain('/projects');
  });

  test('while it waits for another attempt', async () => {
    const { client, proxy } = usual();
    proxy.plan = () => fault('unavailable');
    const { id } = client.begin('archive_ticket', { ticket_id: 't-vP4sTe' });
    await expect.poll(() => proxy.seen.filter(({ method }) => method === 'POST').length).toBe(3);
    client.notify('notifications/cancelled', { requestId: id });
    proxy.plan = () => undefined;
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(proxy.seen.filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(4);
  });
});

describe('retries', () => {
  test('a first attempt that was lost and a second that is rejected: the outcome is not known', async () => {
    const { client, proxy, db } = usual();
    let attempt = 0;
    const forbidden = answering(403, { error: { code: 'forbidden', message: 'No.' } });
    proxy.plan = ({ method, target }) => {
      if (method === 'PATCH') return ++attempt === 1 ? fault('reset_after') : forbidden;
      return target.startsWith('/tickets/') ? forbidden : undefined;
    };
    const result = await client.call('update_ticket', { ticket_id: 't-vP4sTe', title: 'Changed' });
    expect(errorOf(result)).toMatchObject({ outcome: 'outcome_unknown' });
    expect(textOf(result)).toContain('Trying again ended with forbidden');
    expect(db.one('SELECT title FROM tickets WHERE id = ?', 't-vP4sTe')).toEqual({ title: 'Changed' });
  });

  test('every attempt of an addition carries the same key; another call another', async () => {
    const { client, proxy, db } = usual();
    proxy.plan = ({ method }) =>
      method === 'POST' && proxy.seen.filter((one) => one.method === 'POST').length < 3
        ? fault('reset_after')
        : undefined;
    expect((await client.call('add_comment', { ticket_id: 't-vP4sTe', body: 'once' })).isError).toBeFalsy();
    expect((await client.call('add_comment', { ticket_id: 't-vP4sTe', body: 'once' })).isError).toBeFalsy();
    const keys = proxy.seen
      .filter(({ method }) => method === 'POST')
      .map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(2);
    expect(db.all('SELECT 1 FROM comments WHERE body = ?', 'once')).toHaveLength(2);
  });

  test('without keys, the same comment twice at once and one of them lost: neither takes the other’s for its own', async () => {
    const { client, proxy, db } = withoutKeys();
    let posts = 0;
    proxy.plan = ({ method }) => (method === 'POST' && ++posts === 1 ? fault('reset_before') : undefined);
    const same = { ticket_id: 't-vP4sTe', body: 'the same' };
    const results = await Promise.all([client.call('add_comment', same), client.call('add_comment', same)]);
    const claimed = results.filter(({ isError }) => !isError).length;
    expect(db.all('SELECT 1 FROM comments WHERE body = ?', 'the same')).toHaveLength(1);
    expect(claimed).toBe(1);
    expect(results.map((one) => errorOf(one)?.outcome).sort()).toEqual(['outcome_unknown', undefined]);
  });

  test('an earlier comment of the same words is not taken for a lost one', async () => {
    const { client, proxy } = withoutKeys();
    const same = { ticket_id: 't-vP4sTe', body: 'Deployed.' };
    expect((await client.call('add_comment', same)).isError).toBeFalsy();
    proxy.plan = ({ method }) => (method === 'POST' ? fault('reset_before') : undefined);
    expect(errorOf(await client.call('add_comment', same))).toMatchObject({ outcome: 'outcome_unknown' });
  });

  test('a position that was not taken is not claimed', async () => {
    const { client, proxy, db } = withoutKeys();
    const column = db.all(
      `SELECT id, column_id FROM tickets WHERE column_id = 'col_store_new' AND archived_at IS NULL AND is_draft = 0
       ORDER BY rank, seq`,
    );
    const last = column.at(-1)!;
    proxy.plan = ({ method }) => (method === 'POST' ? fault('reset_before') : undefined);
    const move = { ticket_id: last.id, target_column_id: 'col_store_new', position: 0 };
    expect(errorOf(await client.call('move_ticket', move))).toMatchObject({ outcome: 'outcome_unknown' });
  });

  test('a branch of earlier is not taken for the one asked for now', async () => {
    const { client, proxy } = withoutKeys();
    const args = { ticket_ids: ['t-vP4sTe'] };
    expect((await client.call('start_work_on_ticket', { ...args, branch_name: 'old' })).isError).toBeFalsy();
    proxy.plan = ({ method }) => (method === 'POST' ? fault('reset_before') : undefined);
    expect(errorOf(await client.call('start_work_on_ticket', args))).toMatchObject({
      outcome: 'outcome_unknown',
    });
  });
});

describe('bulk', () => {
  const PERSON = 'usr_tomasz';
  const ids = Array.from({ length: 1000 }, (_, at) => `t-${String(at).padStart(6, 'A')}`);
  const resultsOf = (result: CallResult, asked = ids) => rowsOf(result, asked);
  const assign = (client: RawSession) =>
    client.call('bulk_assign_tickets', { ticket_ids: ids, user_id: PERSON }, { progressToken: 7 });

  /** Says of the tickets it is asked about that it did them all; past the sandbox, which has no thousand. */
  const doesAll: Fault = {
    name: 'does all',
    applies: true,
    transient: true,
    async act({ body, response }) {
      const { ticket_ids } = JSON.parse((await body).toString()) as { ticket_ids: string[] };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ results: ticket_ids.map((ticket_id) => ({ ticket_id, ok: true })).reverse() }),
      );
    },
  };

  test('a thousand tickets go out in ten requests; all of them come back, in order, with progress', async () => {
    const { client, proxy } = usual();
    proxy.plan = ({ method }) => (method === 'POST' ? doesAll : undefined);
    const result = await assign(client);
    expect(resultsOf(result).every(({ ok }) => ok)).toBe(true);
    expect(proxy.seen.filter(({ method }) => method === 'POST')).toHaveLength(10);
    const progress = client.messages.filter(({ method }) => method === 'notifications/progress');
    expect(progress.map(({ params }) => [params!.progress, params!.total])).toEqual(
      Array.from({ length: 10 }, (_, at) => [(at + 1) * 100, 1000]),
    );
    // All as asked: said once, without a thousand ids.
    expect(textOf(result)).toContain('1000 of 1000 done');
  });

  test('cancelled in the middle: nothing is told of it any more', async () => {
    const { client, proxy } = usual();
    let posts = 0;
    proxy.plan = ({ method }) =>
      method === 'POST' ? (++posts === 1 ? doesAll : fault('hang_before')) : undefined;
    const params = {
      name: 'bulk_assign_tickets',
      arguments: { ticket_ids: ids, user_id: PERSON },
      _meta: { progressToken: 7 },
    };
    client.write(JSON.stringify({ jsonrpc: '2.0', id: 'bulk', method: 'tools/call', params }));
    await expect.poll(() => posts).toBe(2);
    client.notify('notifications/cancelled', { requestId: 'bulk' });
    await expect.poll(() => proxy.open()).toBe(0);
    await client.request('ping');
    const progress = client.messages.filter(({ method }) => method === 'notifications/progress');
    expect(progress.map(({ params }) => params!.progress)).toEqual([100]);
  });

  test('a request in the middle dies: done, not known and not sent are told apart, ticket by ticket', async () => {
    const { client, proxy } = usual();
    let posts = 0;
    proxy.plan = ({ method }) => {
      if (method !== 'POST') return undefined;
      posts++;
      return posts <= 3 ? doesAll : fault('reset_after');
    };
    const result = await assign(client);
    const outcome = resultsOf(result).map(({ ok, error }) => (ok ? 'done' : error!.outcome));
    expect(outcome.slice(0, 300).every((one) => one === 'done')).toBe(true);
    expect(outcome.slice(300, 400).every((one) => one === 'outcome_unknown')).toBe(true);
    expect(outcome.slice(400).every((one) => one === 'not_sent')).toBe(true);
    expect(textOf(result)).toMatch(/300 of 1000 done/);
  });

  test('each ticket may fail alone, and says why', async () => {
    const { client, db } = usual();
    const real = db.all(
      `SELECT id FROM tickets WHERE project_id = 'proj_storefront' AND archived_at IS NULL LIMIT 3`,
    );
    const mixed = [...ids.slice(0, 120), ...real.map(({ id }) => String(id))];
    const result = await client.call('bulk_assign_tickets', { ticket_ids: mixed, user_id: PERSON });
    expect(
      resultsOf(result, mixed)
        .slice(0, 120)
        .every(({ error }) => error?.code === 'ticket_not_found'),
    ).toBe(true);
    expect(
      resultsOf(result, mixed)
        .slice(120)
        .every(({ ok }) => ok),
    ).toBe(true);
  });
});

describe('messages that no transport takes', () => {
  const list = (id: unknown, junk: string) =>
    JSON.stringify({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'list_companies', arguments: { junk } },
    });

  test('11 MiB is a message like any other', async () => {
    const { client } = usual();
    client.write(list('eleven', 'x'.repeat(11 * 1024 * 1024)));
    const answer = await client.next(({ id }) => id === 'eleven');
    expect(answer.result).toMatchObject({ isError: true });
    expect((await client.call('list_companies')).isError).toBeFalsy();
  });

  test('17 MiB is refused by its id, and the server still hears', async () => {
    const { client } = usual();
    client.write(list('seventeen', 'x'.repeat(17 * 1024 * 1024)));
    const answer = await client.next(({ id }) => id === 'seventeen');
    expect(answer.error).toMatchObject({ code: -32600, message: expect.stringContaining('16 MiB') });
    expect((await client.call('list_companies')).isError).toBeFalsy();
  });

  test.each([
    [
      'with white space, as Python writes it',
      '{"jsonrpc": "2.0", "id": "py", "method": "x", "params": {"x": "',
      '"}}',
      'py',
    ],
    [
      'at the end, with white space',
      '{"method": "x", "params": {"x": "',
      '"}, "jsonrpc": "2.0", "id": "end"}',
      'end',
    ],
    ['negative', '{"jsonrpc":"2.0","id":-5,"method":"x","params":{"x":"', '"}}', -5],
    [
      'with a quotation mark in it',
      '{"id":"a\\"b","method":"x","jsonrpc":"2.0","params":{"x":"',
      '"}}',
      'a"b',
    ],
  ])('17 MiB is refused by its id: %s', async (_, head, end, its) => {
    const { client } = usual();
    client.write(`${head}${'x'.repeat(17 * 1024 * 1024)}${end}`);
    const answer = await client.next(
      ({ id, error }) => error !== undefined && id !== undefined && id === its,
    );
    expect(answer.error).toMatchObject({ code: -32600, message: expect.stringContaining('16 MiB') });
  });

  test.each([
    ['not JSON', 'hello', -32700],
    ['JSON cut off', '{"jsonrpc":"2.0","id":1', -32700],
    ['an empty batch', '[]', -32600],
    ['another version', '{"jsonrpc":"1.0","id":"old","method":"ping"}', -32600],
    ['a number', '7', -32600],
    ['null', 'null', -32600],
    ['bytes that are no UTF-8', '\u0000\u0001', -32700],
  ])('%s', async (_, line, code) => {
    const { client } = usual();
    client.write(line);
    expect((await client.next(({ error }) => error !== undefined)).error!.code).toBe(code);
    expect((await client.call('list_companies')).isError).toBeFalsy();
  });

  test('a message in many small pieces, and many messages in one', async () => {
    const { client } = usual();
    const message = `${list('pieces', 'ä'.repeat(100))}\n`;
    for (const byte of Buffer.from(message)) client.child.stdin!.write(Buffer.from([byte]));
    await client.next(({ id }) => id === 'pieces');
    client.child.stdin!.write(['a', 'b', 'c'].map((id) => `${list(id, '')}\r\n\n`).join(''));
    for (const one of ['a', 'b', 'c']) await client.next(({ id }) => id === one);
  });
});
