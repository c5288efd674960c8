/** What ships answers like the sources: the bundler changes nothing that is seen. */
import { describe, expect, test } from 'vitest';
import { world } from '../../src/sandbox/seed/tickets/index.ts';
import { tools } from '../../tools/index.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { type RawSession, startRaw } from '../support/raw-client.ts';
import { startToado } from '../support/toado.ts';

const busy = world.tickets.find(({ capture }) => capture)!;
const { project } = busy;
const other = world.projects.find(({ id }) => id === project)!.columns.find(({ id }) => id !== busy.column)!;
const ticket_id = busy.id;

/** Every tool, right and wrong; writes set what is set already the second time. */
const CALLS: [name: string, args: Record<string, unknown>][] = [
  ['whoami', {}],
  ['list_companies', {}],
  ['list_projects', {}],
  ['list_projects', { company_id: 'Acme Studio' }],
  ['list_columns', { project_id: project }],
  ['list_members', { project_id: project }],
  ['list_tickets', { project_id: project, limit: 5 }],
  ['list_tickets', { project_id: project, column_id: other.name, status: 'all' }],
  ['list_tickets', { project_id: project, limit: '7' }],
  ['search_tickets', { query: 'checkout' }],
  ['search_tickets', { query: 'is:archived the', limit: 100 }],
  ['get_ticket', { ticket_id }],
  ['get_ticket', { ticket_id: `https://app.toado.dev/tickets/${ticket_id}` }],
  ['get_ticket', { ticket_id, include: ['attachments', 'annotations', 'devtools'] }],
  ['get_ticket', { ticket_id, include: '["devtools"]' }],
  ['get_annotations', { ticket_id }],
  ...(['console', 'network', 'errors', 'performance'] as const).map(
    (panel): [string, Record<string, unknown>] => ['get_devtools', { ticket_id, panel }],
  ),
  ['get_capture_asset', { ticket_id }],
  ['list_comments', { ticket_id }],
  ['move_ticket', { ticket_id, target_column_id: other.id, position: 0 }],
  ['update_ticket', { ticket_id, resolved: true, description: 'Seen.\\nTwice.' }],
  ['assign_ticket', { ticket_id, user_id: 'usr_priya' }],
  ['unassign_ticket', { ticket_id, user_id: 'usr_priya' }],
  ['bulk_move_tickets', { ticket_ids: [ticket_id, 't-nothere', 't-aaaaaa'], target_column_id: other.id }],
  ['bulk_unassign_tickets', { ticket_ids: [ticket_id, 't-aaaaaa'], user_id: 'usr_priya' }],
  ['create_ticket', { project_id: project, title: 'Made twice', column_id: other.name }],
  ['create_ticket', { project_id: project, title: ' ' }],
  ['add_comment', { ticket_id, body: 'Said twice.' }],
  ['bulk_assign_tickets', { ticket_ids: [ticket_id, 't-nothere'], user_id: 'usr_priya' }],
  ['bulk_assign_tickets', { ticket_ids: [ticket_id, 't-aaaaaa'], user_id: 'usr_priya' }],
  ['start_work_on_ticket', { ticket_ids: [ticket_id], branch_name: 'fix/it' }],
  ['archive_ticket', { ticket_id }],
  ['restore_ticket', { ticket_id }],
  ['get_ticket', {}],
  ['get_ticket', { ticket_id: 't-../x' }],
  ['get_ticket', { ticket: ticket_id }],
  ['get_ticket', { ticket_id, include: ['everything'] }],
  ['list_tickets', { project_id: project, limit: 0, cursor: '' }],
  ['list_tickets', { project_id: 'nowhere' }],
  ['update_ticket', { ticket_id }],
  ['add_comment', { ticket_id, body: '  ' }],
  ['no_such_tool', {}],
];

test('every tool is called', () => {
  const names = new Set(CALLS.map(([name]) => name));
  expect([...names].filter((name) => name !== 'no_such_tool').sort()).toEqual(tools.map(({ name }) => name));
});

/** Without what differs from call to call: the fence's name, times, what is left of budgets, signed addresses. */
function comparable(answer: unknown): unknown {
  const text = JSON.stringify(answer)
    .replace(/toado-data-[0-9a-f]+/g, 'toado-data-x')
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, 'TIME')
    .replace(
      /(remaining|reset_in|resets_in|_left)(\\?"?\s*[:=]\s*)\d+/g,
      (_, name, sign) => `${name}${sign}0`,
    )
    .replace(/\b\d+( of \d+ left| left)/g, '0$1')
    // What a call makes has an id of its own each time.
    .replace(/\bcmt_\w+/g, 'cmt_x')
    .replace(/\bt-\w{6}\b(?=[^}]*Made twice)/g, 't-made')
    .replace(/(Made twice[^}]*)\bt-\w{6}\b/g, '$1t-made')
    .replace(/https?:\/\/127\.0\.0\.1[^"\s\\]*/g, 'ADDRESS');
  const { result, error } = JSON.parse(text) as { result?: unknown; error?: unknown };
  return error ?? result;
}

describe('what ships answers like the sources', () => {
  const sessions = shared(async () => {
    const toado = await startToado();
    const pair = (more: Record<string, string> = {}) => {
      const options = { env: { ...toado.env(), ...more }, structured: false, initialize: false };
      return Promise.all([startRaw(options), startRawInProcess(options)]);
    };
    return { usual: await pair(), fixed: await pair({ TOADO_PROJECT: project }) };
  });

  const both = async (method: string, params: Record<string, unknown>) => {
    const [shipped, sources] = sessions().usual;
    // Writes once before, so that both find the same state.
    if (method === 'tools/call') await sources.request(method, params);
    const ours = comparable(await shipped.request(method, params));
    const theirs = comparable(await sources.request(method, params));
    return { ours, theirs };
  };

  // The usual revision last: every other test of the program begins with it.
  test('initialize, with a revision that nobody knows, an old one and the usual one', async () => {
    const { usual, fixed } = sessions();
    const asked: [version: string, pair: RawSession[]][] = [
      ['2099-01-01', usual],
      ['2024-10-07', fixed],
      ['2025-11-25', fixed],
    ];
    for (const [protocolVersion, pair] of asked) {
      const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
      const [ours, theirs] = await Promise.all(pair.map((session) => session.request('initialize', params)));
      expect(ours!.result, protocolVersion).toHaveProperty('protocolVersion');
      expect(comparable(ours), protocolVersion).toEqual(comparable(theirs));
    }
    for (const session of [...usual, ...fixed]) session.notify('notifications/initialized');
  });

  for (const method of ['tools/list', 'prompts/list', 'resources/templates/list', 'resources/list', 'ping'])
    test(method, async () => {
      const { ours, theirs } = await both(method, {});
      expect(ours).toEqual(theirs);
    });

  for (const [name, args] of CALLS)
    test(`${name} ${JSON.stringify(args)}`, async () => {
      const { ours, theirs } = await both('tools/call', { name, arguments: args });
      expect(ours).toEqual(theirs);
    });

  test('with a fixed project, the schemas lose the same arguments', async () => {
    const [ours, theirs] = await Promise.all(
      sessions().fixed.map((session) => session.request('tools/list')),
    );
    expect(comparable(ours)).toEqual(comparable(theirs));
    const { tools } = ours!.result as { tools: { inputSchema: unknown }[] };
    expect(tools.length).toBe(24);
    expect(JSON.stringify(tools.map(({ inputSchema }) => inputSchema))).not.toContain('"project_id"');
  });

  for (const [what, line] of [
    ['wrong parameters', { method: 'tools/call', params: { name: 7 } }],
    ['an unknown method', { method: 'nothing/here', params: {} }],
    ['server/discover without the envelope', { method: 'server/discover', params: {} }],
  ] as const)
    test(`the protocol refuses ${what} in the same words`, async () => {
      const { ours, theirs } = await both(line.method, line.params);
      expect(ours).toEqual(theirs);
    });
});
