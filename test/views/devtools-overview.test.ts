/** The DevTools summary of a ticket: the number of each entry is the one by which get_devtools shows it. */
import { expect, test } from 'vitest';
import { startFakeApi } from '../support/fake-api.ts';
import { startInProcess } from '../support/in-process.ts';

test('an entry that has an n of its own is numbered as the others are', async () => {
  const ticket = {
    id: 't-abc123',
    title: 'Dead button',
    devtools: {
      console: [],
      network: [],
      errors: [
        { kind: 'error', message: 'first thing', n: 2 },
        { kind: 'error', message: 'second thing', n: 77 },
      ],
    },
  };
  const { env } = await startFakeApi(({ path }) =>
    path === '/auth/token-info' ? undefined : { body: ticket },
  );
  const { call } = startInProcess({ ...env, TOADO_STRUCTURED: 'true' });
  const ask = async (name: string, args: object) =>
    (await call(name, { ticket_id: ticket.id, ...args })).structuredContent as Record<string, unknown>;
  const { devtools } = await ask('get_ticket', { include: ['devtools'] });
  const { first_errors } = devtools as { first_errors: { n: number; message: string }[] };
  expect(first_errors).toHaveLength(2);
  for (const { n, message } of first_errors) {
    const { items } = await ask('get_devtools', { panel: 'errors', entry: n });
    expect(items).toMatchObject([{ n, message }]);
  }
  const { items } = await ask('get_devtools', { panel: 'errors' });
  expect(items).toMatchObject([
    { n: 1, recorded_n: 2 },
    { n: 2, recorded_n: 77 },
  ]);
});
