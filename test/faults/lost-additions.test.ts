/**
 * A write that adds something is lost on the way, and a row like it stands there all the same: what somebody else made
 * meanwhile, or what was made before, is not taken for this call's own. And what left once leaves no second time.
 */
import { describe, expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { shared, sideBySide } from '../support/ending.ts';
import { type Fault, type FaultName, fault, startFaultProxy } from '../support/fault-proxy.ts';
import { errorOf } from '../support/raw-client.ts';
import { type CallResult, textOf } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

const TICKET = 't-vP4sTe';
const TITLE = 'Checkout spins for ever on the second step';

interface Addition {
  tool: string;
  args: Record<string, unknown>;
  path: string;
  body: Record<string, unknown>;
}

const ADDITIONS: Addition[] = [
  {
    tool: 'add_comment',
    args: { ticket_id: TICKET, body: 'Deployed to staging.' },
    path: `/tickets/${TICKET}/comments`,
    body: { body: 'Deployed to staging.' },
  },
  {
    tool: 'create_ticket',
    args: { project_id: 'proj_storefront', title: TITLE },
    path: '/projects/proj_storefront/tickets',
    body: { title: TITLE },
  },
  {
    tool: 'start_work_on_ticket',
    args: { ticket_ids: [TICKET] },
    path: '/tickets/start-work',
    body: { ticket_ids: [TICKET] },
  },
];

/** Where the API knows no keys, only a look can tell. */
async function start() {
  const toado = await startToado({ features: [] });
  const proxy = await startFaultProxy(toado.apiUrl);
  const client = await startRawInProcess({ env: { ...toado.env(), TOADO_API_URL: proxy.apiUrl } });
  await client.request('tools/list');
  const posts = () => proxy.seen.filter(({ method }) => method !== 'GET');
  return { toado, proxy, client, posts };
}

const reset: Fault = fault('reset_before');

/** Neither claimed nor shown as what may be this call's. */
function expectNotFound(result: CallResult): void {
  expect(errorOf(result)).toMatchObject({ outcome: 'outcome_unknown' });
  expect(textOf(result)).not.toMatch(/may be this call’s|look afterwards shows it/);
}

describe.concurrent.each(ADDITIONS)('$tool, lost on the way', ({ tool, args, path, body }) => {
  sideBySide('what another token made meanwhile is not this call’s', async () => {
    const { toado, proxy, client } = await start();
    const other = await toado.createToken({ label: 'another agent', scopes: ['tickets:write'] });
    proxy.plan = ({ method }) =>
      method === 'POST'
        ? {
            ...reset,
            async act(exchange) {
              expect((await toado.request('POST', path, body, other.token)).status).toBeLessThan(300);
              await reset.act(exchange);
            },
          }
        : undefined;
    expectNotFound(await client.call(tool, args));
  });

  sideBySide('what this token made before is not this call’s', async () => {
    const { toado, proxy, client } = await start();
    expect((await toado.request('POST', path, body)).status).toBeLessThan(300);
    // Times are told to the second, and clocks differ a little.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    proxy.plan = ({ method }) => (method === 'POST' ? reset : undefined);
    expectNotFound(await client.call(tool, args));
  });
});

describe.each([
  ['add_comment', (text: string) => ({ ticket_id: TICKET, body: text })],
  ['create_ticket', (text: string) => ({ project_id: 'proj_storefront', title: text })],
] as const)('%s leaves once', (tool, argsOf) => {
  const started = shared(start);

  test.each<FaultName>([
    'reset_before',
    'reset_after',
    'cut_chunked_after',
    'bad_gateway',
    'gateway_timeout_after',
    'internal_error_after',
    'garbage_after',
    'empty_after',
  ])('%s', async (name) => {
    const { proxy, client, posts } = started();
    proxy.seen.length = 0;
    proxy.plan = ({ method }) => (method === 'POST' ? fault(name) : undefined);
    // Another text each: what was lost before is no part of it.
    await client.call(tool, argsOf(`Lost by ${name}.`));
    proxy.plan = () => undefined;
    expect(posts()).toHaveLength(1);
  });
});
