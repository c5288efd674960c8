/**
 * What a tool answers by default is text, and pictures as pictures: hosts that find `structuredContent` show it to
 * their model in place of both, and with them the fence around what strangers wrote is gone.
 */
import { expect, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { connect } from '../support/program.ts';
import { SDKS, textOf } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

/** The ticket whose capture has a picture. */
const TICKET = 't-Inj3ct';

/** A call of every reading tool that succeeds. */
const READS: Record<string, Record<string, unknown>> = {
  get_annotations: { ticket_id: TICKET },
  get_capture_asset: { ticket_id: TICKET },
  get_devtools: { ticket_id: TICKET, panel: 'network', min_status: 400, bodies: true },
  get_ticket: { ticket_id: TICKET, include: ['devtools'] },
  list_columns: { project_id: 'Storefront' },
  list_comments: { ticket_id: TICKET },
  list_companies: {},
  list_members: { project_id: 'Storefront' },
  list_projects: {},
  list_tickets: { project_id: 'Storefront', limit: 3 },
  search_tickets: { query: 'checkout' },
  whoami: {},
};

/** Names of fences, signatures and counters are other ones each time. */
const comparable = (text: string) =>
  text
    .replace(/toado-data-\w{12}/g, 'toado-data')
    .replace(/https?:\/\/\S+/g, 'address')
    .replace(/_left=\d+/g, '_left')
    .replace(/\d{4}-\d\d-\d\d [\d:]+/g, 'time');

test('every reading tool is called', () => {
  const reading = tools.filter(({ effect }) => effect === 'read').map(({ name }) => name);
  expect(Object.keys(READS)).toEqual(reading);
});

test.each(
  SDKS,
)('%s: text alone by default, by the built program; --structured adds the same facts as data', async (sdk) => {
  const toado = await startToado();
  const [plain, structured] = await Promise.all([
    connect(sdk, { env: toado.env(), structured: false }),
    connectInProcess(sdk, { env: toado.env(), structured: false, args: ['--structured'] }),
  ]);
  for (const { name, ...tool } of await plain.listTools())
    expect([name, 'outputSchema' in tool]).toEqual([name, false]);
  for (const { name, outputSchema } of await structured.listTools())
    expect([name, outputSchema?.type]).toEqual([name, 'object']);
  for (const [name, args] of Object.entries(READS)) {
    const result = await plain.call(name, args);
    expect(result.isError, textOf(result)).toBeFalsy();
    expect(result, name).not.toHaveProperty('structuredContent');
    expect(textOf(result), name).toMatch(/^<(toado-data-\w{12})>\n[\s\S]*\n<\/\1>/);
    const both = await structured.call(name, args);
    expect(both.structuredContent, name).toBeTypeOf('object');
    expect(comparable(textOf(both)), name).toBe(comparable(textOf(result)));
    const images = (one: typeof both) => one.content.filter(({ type }) => type === 'image').length;
    expect([name, images(result), images(both)]).toEqual(
      name === 'get_capture_asset' ? [name, 1, 1] : [name, 0, 0],
    );
  }
  const refused = await plain.call('get_ticket', { ticket_id: 't-000000' });
  expect(refused.isError).toBe(true);
  expect(refused).not.toHaveProperty('structuredContent');
}, 60_000);
