/** What leaves beside the tools' answers keeps to a budget, too: cursors, resources, completions, prompts, whoami. */
import { expect, test } from 'vitest';
import { estimateTokens } from '../../src/respond/estimate-tokens.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { startFakeApi, TOKEN_INFO } from '../support/fake-api.ts';
import { textOf } from '../support/sdk-client.ts';

const BUDGET = 8_000;
/** Notes and the fence come on top. */
const MOST = BUDGET + 400;
const LONG = 'word '.repeat(50_000);
const many = <Item>(count: number, item: (at: number) => Item) =>
  Array.from({ length: count }, (_, at) => item(at));

async function start(more: Record<string, unknown> = {}) {
  const projects = many(5_000, (at) => ({
    id: `proj_${at}`,
    company_id: `co_${at}`,
    name: at % 1_000 === 0 ? `${LONG}${at}` : `Project ${at} ${'x'.repeat(60)}`,
  }));
  const api = await startFakeApi(({ path }) => {
    if (path === '/auth/token-info') return { body: { ...TOKEN_INFO, ...more } };
    if (path === '/projects') return { body: projects };
    if (path === '/companies')
      return { body: many(5_000, (at) => ({ id: `co_${at}`, name: `${at} ${LONG.slice(0, 500)}` })) };
    if (path.endsWith('/columns'))
      return { body: many(5_000, (at) => ({ id: `col_${at}`, name: `Column ${at}` })) };
    if (path.endsWith('/comments'))
      return { body: { items: [{ id: 'cmt_1', body: 'x' }], cursor: 'c'.repeat(6_000_000) } };
    if (path.endsWith('/tickets'))
      return {
        body: {
          items: [{ id: 't-AAAAA1', title: 'x' }],
          ...(path.includes('proj_2/') && { cursor: `\n${LONG}` }),
        },
      };
    return path.startsWith('/tickets/')
      ? { body: { id: 't-AAAAA1', title: LONG, description: LONG } }
      : undefined;
  });
  const client = await startRawInProcess({ env: api.env });
  await client.request('tools/list');
  return client;
}

const usual = shared(() => start());

const tokensOf = (value: unknown) => estimateTokens(JSON.stringify(value));

test('a cursor of megabytes is not handed on, and said', { timeout: 60_000 }, async () => {
  const client = usual();
  for (const [tool, args] of [
    ['list_comments', { ticket_id: 't-AAAAA1' }],
    ['list_tickets', { project_id: 'proj_2' }],
  ] as const) {
    const result = await client.call(tool, args);
    expect(textOf(result)).toMatch(/there are more, but Toado’s cursor for them is too long to be handed on/);
    expect(tokensOf(result)).toBeLessThan(1_000);
  }
});

test('resources: the list, and what is read', { timeout: 60_000 }, async () => {
  const client = usual();
  const { result } = await client.request('resources/list');
  const { resources } = result as { resources: { name: string; title: string }[] };
  expect(resources.length).toBeGreaterThan(20);
  expect(tokensOf(result)).toBeLessThan(MOST);
  for (const { title } of resources) expect(title.length).toBeLessThan(200);
  for (const uri of ['toado://tickets/t-AAAAA1', 'toado://projects/proj_1/board']) {
    const read = (await client.request('resources/read', { uri })).result as { contents: { text: string }[] };
    expect(estimateTokens(read.contents[0]!.text), uri).toBeLessThan(MOST);
  }
});

test('completions hold at most a hundred values, and none that is long', { timeout: 60_000 }, async () => {
  const client = usual();
  for (const [ref, argument] of [
    [{ type: 'ref/resource', uri: 'toado://projects/{id}/board' }, 'id'],
    [{ type: 'ref/prompt', name: 'triage_column' }, 'project'],
    [{ type: 'ref/prompt', name: 'triage_column' }, 'column'],
  ] as const) {
    for (const value of ['', 'p', LONG]) {
      const answer = await client.request('completion/complete', {
        ref,
        argument: { name: argument, value },
      });
      const values =
        (answer.result as { completion?: { values: string[] } } | undefined)?.completion?.values ?? [];
      expect(values.length).toBeLessThanOrEqual(100);
      expect(tokensOf(answer), `${JSON.stringify(ref)} ${value.slice(0, 5)}`).toBeLessThan(MOST);
    }
  }
});

test('prompts carry no more of an argument than an argument is', { timeout: 60_000 }, async () => {
  const client = usual();
  const { result } = await client.request('prompts/list');
  for (const { name, arguments: all } of result!.prompts as {
    name: string;
    arguments: { name: string }[];
  }[]) {
    for (const value of [LONG, '\u202e'.repeat(200_000), '{{'.repeat(100_000), '"\n'.repeat(50_000)]) {
      const answer = await client.request('prompts/get', {
        name,
        arguments: Object.fromEntries(all.map((one) => [one.name, value])),
      });
      expect(tokensOf(answer), name).toBeLessThan(MOST);
      expect(JSON.stringify(answer), name).not.toContain('\u202e');
    }
  }
});

test('whoami with thousands of companies, projects and unknown scopes', { timeout: 60_000 }, async () => {
  const client = await start({
    label: LONG,
    companies: many(5_000, (at) => `co_${at}`),
    projects: many(20_000, (at) => `proj_${at}`),
    features: many(5_000, (at) => `feature_${at}`),
    scopes: [...TOKEN_INFO.scopes, ...many(20_000, (at) => `scope_${at}`)],
  });
  const result = await client.call('whoami');
  expect(estimateTokens(textOf(result))).toBeLessThan(MOST);
  expect(textOf(result)).toContain('tickets:write');
});
