/** What stays of a write that goes wrong half-way: nothing, whatever its routes do today. */
import { join } from 'node:path';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import type { Context } from '../../../src/sandbox/api/context.ts';
import { ok, route } from '../../../src/sandbox/api/route.ts';
import { serveRoute } from '../../../src/sandbox/api/serve-route.ts';
import { Database } from '../../../src/sandbox/db/database.ts';
import { ApiError } from '../../../src/sandbox/model/errors.ts';
import { ChangeFeed } from '../../../src/sandbox/queries/change-feed.ts';
import { seed } from '../../../src/sandbox/seed/file/seed.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { smallWorld } from '../support/sandbox.ts';

/** A route that writes and then fails so. */
function writesAndThrows(error: Error) {
  const db = new Database(join(temporaryFolder(), 'sandbox.db'));
  onTestFinished(() => db.close());
  seed(db, smallWorld(), { reset: false });
  let runs = 0;
  const app = new Hono();
  app.onError(({ message }, c) => c.text(message, 500));
  const context = { db, changes: new ChangeFeed(db), features: ['idempotency-key'] } as unknown as Context;
  const half = route({
    method: 'POST',
    path: '/half',
    scope: 'tickets:write',
    run: () => {
      runs++;
      db.run("UPDATE tickets SET title = 'half'");
      throw error;
    },
  });
  serveRoute(app, '', context, half);
  const headers = { authorization: 'Bearer tok_olga', 'idempotency-key': 'k1' };
  return {
    app,
    db,
    headers,
    ask: async () => {
      const answer = await app.request('/half', { method: 'POST', headers }, {});
      return [answer.status, await answer.text(), answer.headers.get('ratelimit-limit')];
    },
    runs: () => runs,
    halves: () => db.get<{ n: number }>("SELECT count(*) AS n FROM tickets WHERE title = 'half'")!.n,
  };
}

test('a refusal is remembered, and nothing else', async () => {
  const refusal = new ApiError('conflict', 'No.');
  const { ask, runs, halves } = writesAndThrows(refusal);
  for (const _ of [1, 2]) expect(await ask()).toEqual([409, JSON.stringify(refusal), '60']);
  expect([runs(), halves()]).toEqual([1, 0]);
});

test('a bug is not even that', async () => {
  const { ask, runs, halves } = writesAndThrows(new TypeError('a bug'));
  for (const _ of [1, 2]) expect(await ask()).toEqual([500, 'a bug', null]);
  expect([runs(), halves()]).toEqual([2, 0]);
});

const full = Object.assign(new Error('full'), { code: 'SQLITE_FULL' });

test('a disk that is full is told with what is left of the budget', async () => {
  const { ask, halves } = writesAndThrows(full);
  expect(await ask()).toEqual([507, expect.stringContaining('The disk is full'), '60']);
  expect(halves()).toBe(0);
});

test('what can’t be counted is not carried out, a read neither; only a lock is no reason', async () => {
  const { app, db, headers } = writesAndThrows(full);
  let reads = 0;
  const look = route({
    method: 'GET',
    path: '/look',
    run: () => {
      reads++;
      return ok({});
    },
  });
  serveRoute(app, '', { db } as unknown as Context, look);
  const read = async () => (await app.request('/look', { headers }, {})).text();
  db.requests.write = () => {
    throw full;
  };
  expect([await read(), reads]).toEqual([expect.stringContaining('The disk is full'), 0]);
  db.requests.write = () => {
    throw Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' });
  };
  expect([await read(), reads]).toEqual(['{}', 1]);
});
