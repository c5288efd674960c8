/** What goes over the wire unasked, and what calls may look like. */
import { expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { textOf } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

const changes = (messages: { method?: string }[]) =>
  messages.flatMap(({ method }) => (method?.endsWith('list_changed') ? [method] : []));

/** A client that has been answered and has not said yet that it is ready. */
async function notYetReady() {
  const toado = await startToado();
  const made = await toado.createToken({ scopes: ['read'] });
  const client = await startRawInProcess({ env: toado.env(made.token), initialize: false });
  await client.request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'raw', version: '1' },
  });
  return { toado, made, client };
}

test('a start sends no list_changed; a list that the client holds and that changes is told once', async () => {
  const { toado, made, client } = await notYetReady();
  // By now Toado has answered.
  await expect.poll(() => client.stderr()).toContain('ready at');
  expect(changes(client.messages)).toEqual([]);
  client.notify('notifications/initialized');
  await client.request('tools/list');
  await client.call('whoami');
  expect(changes(client.messages)).toEqual([]);
  await toado.revoke(made.id);
  await client.call('whoami');
  await client.next(({ method }) => method === 'notifications/tools/list_changed');
  await client.request('ping');
  // It was never given the other two.
  expect(changes(client.messages)).toEqual(['notifications/tools/list_changed']);
});

test('what changes before the client has said that it is ready is told then', async () => {
  const { toado, made, client } = await notYetReady();
  await client.request('tools/list');
  await toado.revoke(made.id);
  await client.request('resources/list');
  await expect.poll(client.stderr).toMatch(/revoked|not accept/);
  expect(changes(client.messages)).toEqual([]);
  client.notify('notifications/initialized');
  await client.next(({ method }) => method === 'notifications/tools/list_changed');
});

test('arguments that are null, empty or a JSON text are understood; what is no call gets a sentence', async () => {
  const toado = await startToado();
  const client = await startRawInProcess({ env: toado.env(), structured: false });
  const call = (params: unknown) => client.request('tools/call', params as Record<string, unknown>);
  for (const given of [null, '', ' ', '{}', 'null', {}]) {
    const { result } = await call({ name: 'list_companies', arguments: given });
    expect(result, JSON.stringify(given)).toHaveProperty('content');
    expect(result!.isError).toBeFalsy();
  }
  const { result } = await call({ name: 'get_ticket', arguments: '{"ticketId":"#t-vP4sTe"}' });
  expect(textOf(result as never)).toContain('id: t-vP4sTe');
  for (const params of [
    {},
    { name: 7 },
    { name: '' },
    { name: 'get_ticket', arguments: ['t-vP4sTe'] },
    { name: 'get_ticket', arguments: 'ticket_id=t-vP4sTe' },
    { name: 'get_ticket', arguments: 7 },
  ]) {
    const { error } = await call(params);
    expect(error?.code, JSON.stringify(params)).toBe(-32602);
    expect(error!.message).toMatch(/^(tools\/call needs|The arguments of a tools\/call)[^{}\n]{20,120}\.$/);
  }
});
