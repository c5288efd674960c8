/** Ids that are none, from the API and from the agent, over all tools: nothing breaks, and nothing goes elsewhere. */
import { expect, test } from 'vitest';
import { shared } from '../support/ending.ts';
import { startChangingApi } from '../support/fake-api.ts';
import { errorOf, startRaw } from '../support/raw-client.ts';
import { rounds } from '../support/rounds.ts';
import { textOf } from '../support/sdk-client.ts';

const ODD: unknown[] = [
  ...[
    '\ud800',
    '\udfff\ud800',
    '\u0000',
    'a\u0007b',
    'x\r\nHost: evil',
    'y'.repeat(100_000),
    '../../admin',
    '..',
    '.',
  ],
  ...[
    'a/../../b',
    '%2e%2e%2f',
    '?x=1',
    '#x',
    ' ',
    '',
    '\u202e',
    '💥',
    'a b',
    '\\..\\',
    '__proto__',
    '-1',
    '[object]',
  ],
  ...[0, -1, 1.5, 12_345_678_901_234_567_000, true, null, [], {}, ['t-AAAAA1'], { id: 't-AAAAA1' }],
];
/** With few rounds, each argument and each tool meets every second of them, by turns the one half and the other. */
const PARTS = rounds(2, 1);
const NAMES = ['ticket_id', 'project_id', 'company_id', 'column_id', 'target_column_id', 'user_id', 'asset'];

/** What each tool needs beside the odd one. */
const USUAL: Record<string, unknown> = {
  ticket_id: 't-AAAAA1',
  ticket_ids: ['t-AAAAA1'],
  project_id: 'proj_1',
  target_column_id: 'col_1',
  user_id: 'usr_1',
  query: 'x',
  body: 'x',
  title: 'x',
  panel: 'network',
  branch_name: 'b',
};

/** The addresses that there are, with an id in place of each `*`. */
const ADDRESSES = [
  ...['/auth/token-info', '/companies', '/projects', '/projects/*/columns', '/projects/*/members'],
  ...[
    '/projects/*/tickets',
    '/tickets/search',
    '/tickets/*',
    '/tickets/*/comments',
    '/tickets/*/annotations',
  ],
  ...[
    '/tickets/*/assets/*',
    '/tickets/*/move',
    '/tickets/*/archive',
    '/tickets/*/restore',
    '/tickets/start-work',
  ],
  ...['/tickets/*/assignees', '/tickets/*/assignees/*', '/tickets/bulk-*'],
].map((one) => new RegExp(`^${one.replaceAll('*', '[^/]+')}$`));

interface ListedTool {
  name: string;
  inputSchema: { properties: Record<string, unknown>; required?: string[] };
}

const started = shared(async () => {
  const api = await startChangingApi();
  return { api, client: await startRaw({ env: api.env }) };
});

test('from the agent', { timeout: 180_000 }, async () => {
  const { api, client } = started();
  api.answer(({ path }) =>
    path === '/auth/token-info' ? undefined : { body: /^\/(companies|projects)$|s$/.test(path) ? [] : {} },
  );
  const tools = (await client.request('tools/list')).result!.tools as ListedTool[];
  let turn = 0;
  let tried = 0;
  for (const { name, inputSchema } of tools) {
    const required = Object.fromEntries((inputSchema.required ?? []).map((one) => [one, USUAL[one]]));
    const ids = [...NAMES, 'ticket_ids'].filter((one) => one in inputSchema.properties);
    for (const id of ids) {
      turn++;
      for (const odd of ODD.filter((_, at) => (at + turn) % PARTS === 0)) {
        const given = id === 'ticket_ids' ? [odd] : odd;
        const before = api.requests.length;
        const args = { ...required, ...(name === 'update_ticket' && { title: 'x' }), [id]: given };
        const result = await client.call(name, args);
        const what = `${name} ${id}: ${JSON.stringify(odd)?.slice(0, 60)}: ${textOf(result).slice(0, 300)}`;
        tried++;
        expect(textOf(result), what).not.toMatch(/bug of ours|undefined/);
        expect(errorOf(result)?.code, what).not.toBe('internal');
        const sent = api.requests.slice(before);
        if (sent.every(({ method }) => method === 'GET'))
          expect(errorOf(result)?.outcome, what).not.toBe('outcome_unknown');
        for (const { path } of sent)
          expect(
            ADDRESSES.some((one) => one.test(path)),
            `${what}\n${path}`,
          ).toBe(true);
      }
    }
  }
  expect(tried).toBeGreaterThan(600 / PARTS);
});

test('from the API', { timeout: 180_000 }, async () => {
  let odd: unknown;
  const ticket = () => ({
    id: odd,
    title: 'x',
    project_id: odd,
    column_id: odd,
    assignees: [{ id: odd, name: 'M' }],
  });
  const { api, client } = started();
  api.answer(({ path }) => {
    if (path === '/auth/token-info') return undefined;
    if (path.includes('bulk')) return { body: { results: [{ ticket_id: odd, ok: true }] } };
    if (path.includes('start-work')) return { body: { branch_name: 'b', ticket_ids: [odd] } };
    if (path.endsWith('/comments')) return { body: { items: [{ id: odd, ticket_id: odd, body: 'x' }] } };
    if (path.includes('/assets/')) return { body: { url: 'https://a.invalid/x.png' } };
    if (/^\/(companies|projects)$|(columns|members|annotations)$/.test(path))
      return { body: [{ id: odd, name: 'N', company_id: odd, type: odd }] };
    return { body: path.endsWith('/tickets') || path.endsWith('/search') ? { items: [ticket()] } : ticket() };
  });
  const tools = (await client.request('tools/list')).result!.tools as ListedTool[];
  let turn = 0;
  for (odd of ODD) {
    const its = JSON.stringify(odd)?.slice(0, 60);
    turn++;
    for (const { name, inputSchema } of tools.filter((_, at) => (at + turn) % PARTS === 0)) {
      const required = Object.fromEntries((inputSchema.required ?? []).map((one) => [one, USUAL[one]]));
      const result = await client.call(name, {
        ...required,
        ...(name === 'update_ticket' && { title: 'x' }),
      });
      const what = `${name}: ${its}: ${textOf(result).slice(0, 300)}`;
      expect(textOf(result), what).not.toMatch(/bug of ours|internal \(/);
      expect(textOf(result).length, what).toBeLessThan(40_000);
      // What names a row goes on to name it as it is, and hides nothing.
      expect(textOf(result), what).not.toMatch(/[\u0000-\u0008\u0007\u202e]/);
    }
    for (const method of ['resources/list', 'resources/templates/list', 'prompts/list']) {
      const { result, error } = await client.request(method);
      expect(error, `${method}: ${its}`).toBeUndefined();
      expect(JSON.stringify(result), `${method}: ${its}`).not.toMatch(/\\u000[0-8]|\u202e/);
    }
    for (const uri of ['toado://tickets/t-AAAAA1', 'toado://projects/proj_1/board'])
      expect(JSON.stringify(await client.request('resources/read', { uri })), `${uri}: ${its}`).not.toMatch(
        /bug of ours|Cannot read/,
      );
    const completed = await client.request('completion/complete', {
      ref: { type: 'ref/resource', uri: 'toado://projects/{id}/board' },
      argument: { name: 'id', value: '' },
    });
    expect(completed.error, `completion: ${its}`).toBeUndefined();
  }
});
