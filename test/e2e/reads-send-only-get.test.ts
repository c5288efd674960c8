/** What only reads sends nothing but GET, whatever is asked of it and whatever Toado answers. */
import { expect, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { READS } from '../faults/tool-cases.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { sideBySide } from '../support/ending.ts';
import { type FaultName, fault, startFaultProxy } from '../support/fault-proxy.ts';
import { startToado } from '../support/toado.ts';

const CALLS: readonly [tool: string, args: Record<string, unknown>][] = [
  ...READS,
  ['whoami', {}],
  ['get_capture_asset', { ticket_id: 't-7Kq2Mx' }],
  ['get_ticket', { ticket_id: 't-7Kq2Mx', include: ['capture', 'attachments', 'annotations', 'devtools'] }],
  ['list_tickets', { project_id: 'Storefront', status: 'all' }],
  ['get_devtools', { ticket_id: 't-7Kq2Mx', panel: 'performance' }],
];

test('the calls cover what tools/ calls a read', () => {
  expect(new Set(CALLS.map(([tool]) => tool))).toEqual(
    new Set(tools.filter(({ effect }) => effect === 'read').map(({ name }) => name)),
  );
});

const WHERE: [string, FaultName | undefined][] = [
  ['in peace', undefined],
  ['on a network that breaks', 'reset_after'],
  ['where Toado fails', 'unavailable'],
];
for (const [where, broken] of WHERE)
  sideBySide(`reads of every kind send GET alone, ${where}`, () => sendGetAlone(broken));

async function sendGetAlone(broken: FaultName | undefined): Promise<void> {
  const toado = await startToado();
  const proxy = await startFaultProxy(toado.apiUrl);
  const client = await startRawInProcess({ env: { ...toado.env(), TOADO_API_URL: proxy.apiUrl } });
  await client.request('tools/list');
  if (broken) proxy.plan = ({ target }) => (target.startsWith('/auth') ? undefined : fault(broken));
  await Promise.all(CALLS.map(([tool, args]) => client.call(tool, args)));
  const { prompts } = (await client.request('prompts/list')).result as { prompts: { name: string }[] };
  const values = { ticket_id: 't-7Kq2Mx', project_id: 'proj_storefront', column_id: 'col_store_review' };
  for (const { name } of prompts) await client.request('prompts/get', { name, arguments: values });
  const { result } = await client.request('resources/list');
  const { resources = [] } = (result ?? {}) as { resources?: { uri: string }[] };
  for (const { uri } of resources.slice(0, 5)) await client.request('resources/read', { uri });
  await client.request('resources/read', { uri: 'toado://tickets/t-7Kq2Mx' });
  await client.request('completion/complete', {
    ref: { type: 'ref/prompt', name: prompts[0]!.name },
    argument: { name: 'project_id', value: 'st' },
  });
  expect(new Set(proxy.seen.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(proxy.seen.length).toBeGreaterThan(CALLS.length);
}
