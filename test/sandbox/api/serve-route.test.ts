/** What stays of a write that goes wrong half-way: nothing, whatever its routes do today. */
import { join } from 'node:path';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import type { Context } from '../../../src/sandbox/api/context.ts';
import { route } from '../../../src/sandbox/api/route.ts';
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
    ask: async () => {
      const answer = await app.request('/half', { method: 'POST', headers }, {});
      return [answer.status, await answer.text()];
    },
    runs: () => runs,
    halves: () => db.get<{ n: number }>("SELECT count(*) AS n FROM tickets WHERE title = 'half'")!.n,
  };
}

test('a refusal is remembered, and nothing else', async () => {
  const refusal = new ApiError('conflict', 'No.');
  const { ask, runs, halves } = writesAndThrows(refusal);
  for (const _ of [1, 2]) expect(await ask()).toEqual([409, JSON.stringify(refusal)]);
  expect([runs(), halves()]).toEqual([1, 0]);
});

test('a bug is not even that', async () => {
  const { ask, runs, halves } = writesAndThrows(new TypeError('a bug'));
  for (const _ of [1, 2]) expect(await ask()).toEqual([500, 'a bug']);
  expect([runs(), halves()]).toEqual([2, 0]);
});
