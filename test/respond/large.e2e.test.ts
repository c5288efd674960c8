/** Large boards and bulk calls: what matters is never what is cut. */
import type { Client } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { estimateTokens } from '../../src/respond/estimate-tokens.ts';
import { rowsOf } from '../support/bulk-results.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { startFakeApi } from '../support/fake-api.ts';
import { textOf } from '../support/sdk-client.ts';

const ids = (count: number) => Array.from({ length: count }, (_, at) => `t-${String(at).padStart(6, '0')}`);

test('a bulk call of 150 says for each what became of it; a reason that all share stands once', async () => {
  const message = 'Somebody wrote a long reason for this. '.repeat(4).trim();
  const { env } = await startFakeApi(({ path, body }) => {
    if (path === '/auth/token-info') return undefined;
    const { ticket_ids } = body as { ticket_ids: string[] };
    const results = ticket_ids.map((ticket_id, at) =>
      at % 2 === 0
        ? { ticket_id, ok: true }
        : { ticket_id, ok: false, error: { code: 'forbidden', message } },
    );
    return { body: { results } };
  });
  const { call } = await connectInProcess('sdk 2.x modern', { env });
  const result = await call('bulk_move_tickets', { ticket_ids: ids(150), target_column_id: 'col_1' });
  const results = rowsOf(result, ids(150));
  expect(results.filter(({ ok }) => !ok)).toHaveLength(75);
  for (const { ok, error } of results) expect(ok || error?.code).toBeTruthy();
  expect(textOf(result).split(message)).toHaveLength(2);
  expect(textOf(result)).toContain('75 of 150 done; see error of the others.');
  expect(estimateTokens(textOf(result))).toBeLessThan(1_200);
});

test('a board of 400 fits the budget, shows something of every column, and says how much of each', async () => {
  const columns = ['To Do', 'In Progress', 'Done'].map((name, order) => ({
    id: `col_${order}`,
    name,
    order,
  }));
  const tickets = ids(400).map((id, at) => ({
    id,
    title: `Ticket ${at} with a title of usual length`,
    column_id: at < 390 ? 'col_0' : at < 395 ? 'col_1' : 'col_2',
  }));
  const { env } = await startFakeApi(({ path, query }) => {
    if (path.endsWith('/columns')) return { body: columns };
    if (!path.endsWith('/tickets')) return undefined;
    const from = Number(query.get('cursor') ?? 0);
    const to = from + Number(query.get('limit'));
    return { body: { items: tickets.slice(from, to), cursor: to < tickets.length ? String(to) : undefined } };
  });
  const { client } = await connectInProcess('sdk 2.x modern', { env, args: ['--answer-tokens', '2000'] });
  const { contents } = await (client as Client).readResource({ uri: 'toado://projects/proj_1/board' });
  const { text } = contents[0] as { text: string };
  expect(estimateTokens(text)).toBeLessThan(2_200);
  expect(text).toContain('tickets: 400');
  for (const { id } of tickets.slice(390)) expect(text).toContain(id);
  expect(text).toMatch(/column_1\.tickets: \d+ of 390 shown; the rest: list_tickets with its column_id\./);
  expect(text).not.toMatch(/column_[23]\.tickets: \d+ of/);
});
