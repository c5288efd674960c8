import { describe, expect, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { connect } from '../support/program.ts';
import { SDKS, textOf } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

const names = (keep: (tool: (typeof tools)[number]) => boolean) => tools.filter(keep).map(({ name }) => name);

/** The same, once by flag and once by variable. */
const ways = [
  ['by flag', (flag: string, value?: string) => ({ args: value === undefined ? [flag] : [flag, value] })],
  [
    'by variable',
    (flag: string, value = 'true') => ({
      env: { [`TOADO_${flag.slice(2).toUpperCase().replace('-', '_')}`]: value },
    }),
  ],
] as const;

const toado = shared(() => startToado());

describe.each(SDKS)('%s', (sdk) => {
  type Given = { args?: string[]; env?: Record<string, string> };
  async function open(
    token: string,
    { args, env }: Given,
    start: typeof connectInProcess = connectInProcess,
  ) {
    return start(sdk, { args, env: { ...toado().env(token), ...env } });
  }

  describe('narrowing only ever takes away', () => {
    for (const [way, given] of ways) {
      test(`--read-only leaves what changes nothing, ${way}`, async () => {
        const agent = await open('triage', given('--read-only'));
        expect(await agent.toolNames()).toEqual(names(({ effect }) => effect === 'read'));
        const refused = await agent.call('add_comment', { ticket_id: 't-aaaaaa', body: 'hello' });
        expect(refused.isError).toBe(true);
        expect(await agent.text('add_comment', { ticket_id: 't-aaaaaa', body: 'hello' })).toContain(
          '--read-only',
        );
      });

      test(`--tools leaves these and whoami, ${way}`, async () => {
        const agent = await open('triage', given('--tools', 'get_ticket,move_ticket'));
        expect(await agent.toolNames()).toEqual(['get_ticket', 'move_ticket', 'whoami']);
      });

      test(`--exclude takes these away, ${way}`, async () => {
        const agent = await open('triage', given('--exclude', 'archive_ticket, create_ticket'));
        expect(await agent.toolNames()).toEqual(
          names(({ name }) => name !== 'archive_ticket' && name !== 'create_ticket'),
        );
      });
    }

    test('asking for a tool that the token doesn’t permit brings it no nearer', async () => {
      const agent = await open('reader', { args: ['--tools', 'get_ticket,move_ticket'] });
      expect(await agent.toolNames()).toEqual(['get_ticket', 'whoami']);
    });

    test('together they take away together, and whoami says what took what: the built program', async () => {
      const given = {
        args: ['--read-only', '--exclude', 'get_devtools'],
        env: { TOADO_TOOLS: 'get_devtools,list_tickets,move_ticket,assign_ticket' },
      };
      const agent = await open('status', given, connect);
      expect(await agent.toolNames()).toEqual(['list_tickets', 'whoami']);
      const whoami = await agent.call('whoami');
      const { structuredContent } = whoami;
      const withheld = (structuredContent as { withheld: { tool: string; reason: string }[] }).withheld;
      const why = (name: string) => withheld.find(({ tool }) => tool === name)?.reason;
      expect(why('assign_ticket')).toBe('needs scope tickets:assign');
      expect(why('move_ticket')).toBe('left out by --read-only');
      expect(why('get_ticket')).toBe('not among --tools');
      expect(why('get_devtools')).toBe('left out by --exclude');
      // By reason, and none of those that the model has in its list anyway.
      const text = textOf(whoami);
      expect(text).toContain(`\n2 of ${tools.length} tools are offered; missing: `);
      expect(text).toMatch(/; missing: .*assign_ticket.* \(needs scope tickets:assign\)/);
      expect(text).toContain('get_devtools (left out by --exclude)');
      expect(text.match(/list_tickets/g)).toBeNull();
    });
  });

  describe('pinning fixes an argument everywhere', () => {
    const byName = shared(() => open('triage', { args: ['--project', 'Storefront'] }));

    for (const project of ['proj_storefront', 'Storefront']) {
      test(`--project ${project}: gone from every schema, and used`, async () => {
        const agent =
          project === 'Storefront' ? byName() : await open('triage', { args: ['--project', project] });
        for (const { name, inputSchema } of await agent.listTools())
          expect([name, JSON.stringify(inputSchema)]).not.toContainEqual(
            expect.stringContaining('"project_id"'),
          );
        const { columns } = (await agent.call('list_columns')).structuredContent as {
          columns: { id: string }[];
        };
        const { body } = await toado().request('GET', '/projects/proj_storefront/columns');
        expect(columns.map(({ id }) => id)).toEqual((body as { id: string }[]).map(({ id }) => id));
      });
    }

    test('nothing that names another project gets through', async () => {
      const agent = await open('triage', { env: { TOADO_PROJECT: 'Storefront' } });
      const other = await agent.text('list_tickets', { project_id: 'proj_console' });
      expect(other).toContain('project_id is fixed');
      const { isError } = await agent.call('list_tickets', { project_id: 'proj_console' });
      expect(isError).toBe(true);
    });

    test('a search stays in the pinned project', async () => {
      const { structuredContent } = await byName().call('search_tickets', {
        query: 'is:archived the',
        limit: 100,
      });
      const items = (structuredContent as { items: { project_id: string }[] }).items;
      expect(items.length).toBeGreaterThan(0);
      expect(new Set(items.map((item) => item.project_id))).toEqual(new Set(['proj_storefront']));
    });

    test('--company: gone from every schema, and used', async () => {
      const agent = await open('triage', { args: ['--company', 'acme studio'] });
      for (const { inputSchema } of await agent.listTools())
        expect(Object.keys(inputSchema.properties ?? {})).not.toContain('company_id');
      const { projects } = (await agent.call('list_projects')).structuredContent as {
        projects: { company_id: string }[];
      };
      expect(projects.length).toBeGreaterThan(0);
      expect(new Set(projects.map((one) => one.company_id))).toEqual(new Set(['co_acme']));
    });

    test('a project that isn’t there: every call says so, with the closest', async () => {
      const agent = await open('triage', { args: ['--project', 'Storefrnt'] });
      const { isError } = await agent.call('list_columns');
      expect(isError).toBe(true);
      expect(await agent.text('list_columns')).toContain('proj_storefront');
    });
  });
});
