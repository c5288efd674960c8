/** What every client and model provider has to accept: the wire surface, for every token there can be, in both eras. */
import { describe, expect, test } from 'vitest';
import { catalogueEntries } from '../../build/catalogue.ts';
import { decideAccess, decideUse } from '../../src/access/access.ts';
import { readScopes, type Scope } from '../../src/base/scopes.ts';
import { catalogue as listed } from '../../src/catalogue/index.ts';
import { wireTool } from '../../src/mcp/lists/wire-tool.ts';
import { prompts } from '../../src/prompts/index.ts';
import { estimateTokens } from '../../src/respond/estimate-tokens.ts';
import { world } from '../../src/sandbox/seed/tickets/index.ts';
import { tools } from '../../tools/index.ts';
import { connectInProcess, type InProcessOptions } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { connect } from '../support/program.ts';
import type { ClientKind, WireTool } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';
import { connectOnTokenFile } from '../support/token-file.ts';
import { SUBSETS, toolsOf } from '../support/tools-of-scopes.ts';

/** Characters of the tool list with all scopes, as a client gets it by default. */
const BUDGET = 13_500;
/** The same with output schemas, for programs. */
const STRUCTURED_BUDGET = 24_000;

const subsets = SUBSETS;
const ERAS = ['sdk 2.x legacy', 'sdk 2.x modern'] as const;

type Schema = Record<string, unknown>;

function size(value: unknown): number {
  return JSON.stringify(value).length;
}

const BOUNDS = ['minimum', 'maximum', 'minItems', 'maxItems'];
const IN_A_SCHEMA = new Set([
  ...['type', 'description', 'properties', 'required', 'items', 'enum', 'default'],
  ...BOUNDS,
]);
const TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'object'];

/** The subset that all of them take; anything else is named with its place. */
function strangeIn(schema: unknown, at: string): string[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [`${at}: no object`];
  const { type, properties = {}, required = [], items, enum: values, ...rest } = schema as Schema;
  const found = Object.keys(rest)
    .filter((key) => !IN_A_SCHEMA.has(key))
    .map((key) => `${at}: ${key}`);
  for (const bound of BOUNDS)
    if (bound in rest && !Number.isInteger(rest[bound])) found.push(`${at}: ${bound}`);
  if (!TYPES.includes(type as string)) found.push(`${at}: type ${JSON.stringify(type)}`);
  const names = Object.keys(properties as Schema);
  for (const name of required as string[]) if (!names.includes(name)) found.push(`${at}: requires ${name}`);
  if (values !== undefined && !(values as unknown[]).every((one) => typeof one === 'string'))
    found.push(`${at}: enum of ${JSON.stringify(values)}`);
  if ((type === 'array') !== (items !== undefined)) found.push(`${at}: items`);
  if (items !== undefined) found.push(...strangeIn(items, `${at}[]`));
  for (const name of names) {
    if (!/^[a-z][a-z_]{0,31}$/.test(name)) found.push(`${at}: name ${name}`);
    found.push(...strangeIn((properties as Schema)[name], `${at}.${name}`));
  }
  return found;
}

test('the check of schemas finds what is not portable', () => {
  const strange = {
    $schema: 'x',
    type: 'object',
    additionalProperties: false,
    required: ['gone'],
    properties: {
      a: { anyOf: [{ type: 'string' }] },
      b: { type: ['string', 'null'] },
      c: { type: 'integer', exclusiveMinimum: 0 },
      d: { type: 'array', items: [{ type: 'string' }] },
      e: true,
      f: { type: 'string', pattern: 'x', format: 'uri', const: 'y', $ref: '#' },
      'not-portable': { type: 'string' },
    },
  };
  const found = strangeIn(strange, 'x').join('\n');
  for (const what of [
    '$schema',
    'additionalProperties',
    'requires gone',
    'anyOf',
    'type ["string","null"]',
    'exclusiveMinimum',
    'x.d[]: no object',
    'x.e: no object',
    'pattern',
    'format',
    'const',
    '$ref',
    'name not-portable',
  ])
    expect(found).toContain(what);
});

describe('for all sixteen scope subsets, in both eras', () => {
  const lists = new Map<string, WireTool[]>();
  /** With `--structured`, by the subset. */
  const structured = new Map<number, WireTool[]>();

  // The first test asks; the others look at what it got.
  test('every one gets a list', async () => {
    const [ready] = world.tokens;
    const tokens = subsets.map((scopes, at) => ({
      ...ready!,
      id: `tkn_subset_${at}`,
      name: `subset-${at}`,
      token: `tok_subset_${at}_${'x'.repeat(20)}`,
      scopes: scopes as Scope[],
    }));
    const toado = await startToado({ world: { ...world, tokens: [...world.tokens, ...tokens] } });
    // Starts with each of them: test/e2e/scopes.
    const first = { apiUrl: toado.apiUrl, token: toado.token('subset-0') };
    const listed = async (
      kind: ClientKind,
      options: InProcessOptions,
      keep: (at: number, list: WireTool[]) => void,
    ) => {
      const { use, listTools } = await connectOnTokenFile(kind, { ...first, ...options }, connect);
      for (const at of subsets.keys()) {
        await use(toado.token(`subset-${at}`));
        keep(at, await listTools());
      }
    };
    await Promise.all([
      ...ERAS.map((era) =>
        listed(era, { structured: false }, (at, list) => void lists.set(`${at} ${era}`, list)),
      ),
      listed(ERAS[0], { structured: true }, (at, list) => void structured.set(at, list)),
    ]);
    expect(lists.size).toBe(subsets.length * ERAS.length);
  }, 120_000);

  const every = subsets.flatMap((scopes, at) => ERAS.map((era) => ({ scopes, at, era })));
  const listOf = ({ at, era }: { at: number; era: string }) => lists.get(`${at} ${era}`)!;

  test('exactly the tools that the scopes permit', () => {
    for (const one of every)
      expect(
        listOf(one).map(({ name }) => name),
        `${one.era}: ${one.scopes}`,
      ).toEqual(toolsOf(one.scopes));
  });

  test('portable schemas, good names, complete annotations, every parameter described', () => {
    for (const one of every) {
      const tools = listOf(one);
      expect(tools.length).toBeGreaterThan(0);
      expect(tools.map(({ name }) => name)).toEqual([...tools.map(({ name }) => name)].sort());
      for (const tool of tools) {
        expect(tool.name).toMatch(/^[a-z_]{1,32}$/);
        expect(tool.title?.length).toBeGreaterThan(3);
        expect(tool.description).toMatch(/\S.{10,}\.$/s);
        expect(
          Object.keys(tool.annotations!)
            .filter((key) => key !== 'title')
            .sort(),
        ).toEqual(['destructiveHint', 'idempotentHint', 'openWorldHint', 'readOnlyHint']);
        expect(Object.values(tool.annotations!).every((hint) => typeof hint === 'boolean')).toBe(true);
        expect(strangeIn(tool.inputSchema, `${tool.name} in`)).toEqual([]);
        expect(tool.inputSchema.type).toBe('object');
        expect(tool).not.toHaveProperty('outputSchema');
        for (const [name, parameter] of Object.entries(tool.inputSchema.properties as Record<string, Schema>))
          expect(parameter.description, `${tool.name}.${name}`).toMatch(/\S{2,}/);
      }
    }
  });

  test('--structured adds portable output schemas, and nothing else', () => {
    for (const [at, tools] of structured) {
      for (const { name, outputSchema } of tools) {
        expect(strangeIn(outputSchema, `${name} out`)).toEqual([]);
        expect(outputSchema!.type).toBe('object');
      }
      const rest = tools.map(({ outputSchema: _, ...tool }) => tool);
      expect(rest).toEqual(lists.get(`${at} ${ERAS[0]}`));
    }
    expect(structured.size).toBe(subsets.length);
  });

  test('the hints say what the tool does', () => {
    for (const tool of listOf({ at: 15, era: ERAS[0] })) {
      const { readOnlyHint, destructiveHint } = tool.annotations!;
      const reads = /^(get|list|search)_|^whoami$/.test(tool.name);
      // The one thing that nobody can bring back is a description that was written over.
      const overwrites = tool.name === 'update_ticket';
      expect([tool.name, readOnlyHint, destructiveHint]).toEqual([tool.name, reads, overwrites]);
    }
  });

  test('the budget, and less for smaller tokens', () => {
    const lines = subsets.map((scopes, at) => {
      const tools = listOf({ at, era: ERAS[1] });
      const input = size(tools);
      const all = size(structured.get(at));
      expect(input).toBeLessThan(BUDGET);
      expect(all).toBeLessThan(STRUCTURED_BUDGET);
      return { scopes, count: tools.length, input, all };
    });
    const whole = lines.at(-1)!;
    for (const one of lines) if (one.count < whole.count) expect(one.input).toBeLessThan(whole.input);
    console.log(
      [
        `tool list, characters (budget ${BUDGET} / ${STRUCTURED_BUDGET} with output schemas):`,
        ...lines.map(
          ({ scopes, count, input, all }) =>
            `  ${String(count).padStart(2)} tools ${String(input).padStart(6)} ${String(all).padStart(6)}  ${scopes.join(', ') || 'no scope'}`,
        ),
        `  with all scopes about ${estimateTokens(JSON.stringify(listOf({ at: 15, era: ERAS[1] })))} tokens`,
      ].join('\n'),
    );
  });

  test('both eras show the same', () => {
    for (const at of subsets.keys())
      expect(listOf({ at, era: ERAS[0] })).toEqual(listOf({ at, era: ERAS[1] }));
  });

  test('no prompt names a tool that the token leaves out', () => {
    for (const [at, scopes] of subsets.entries()) {
      const access = decideAccess(tools, readScopes(scopes).granted, { readOnly: false, exclude: [] });
      const listed = listOf({ at, era: ERAS[0] }).map(({ name }) => name);
      expect(access.offered).toEqual(listed);
      for (const name of decideUse(prompts, access).offered) {
        const prompt = prompts.find((one) => one.name === name)!;
        const said = prompt.write({ ticket: '"x"', project: '"x"', column: '"x"' });
        const named = tools.map((tool) => tool.name).filter((tool) => new RegExp(`\\b${tool}\\b`).test(said));
        expect(named.filter((tool) => !listed.includes(tool))).toEqual([]);
        expect(named.sort()).toEqual([...prompt.uses].sort());
      }
    }
  });
});

test('the generated list of tools is what tools/ says (npm run build writes it)', () => {
  expect(listed).toEqual(catalogueEntries());
});

/** A change of these files is a change that every client sees: look at it twice. */
describe('the wire surface', () => {
  for (const entry of catalogueEntries()) {
    test(entry.name, async () => {
      const { name, title, description, inputSchema, outputSchema, annotations } = wireTool(entry, {
        structured: true,
      });
      const hints = Object.entries(annotations).map(([hint, on]) => `${hint} ${on ? 'yes' : 'no'}`);
      await expect(
        [
          `# ${name}: ${title}`,
          description,
          hints.join(', '),
          '## takes',
          `\`\`\`json\n${JSON.stringify(inputSchema, null, 2)}\n\`\`\``,
          '## answers',
          `\`\`\`json\n${JSON.stringify(outputSchema, null, 2)}\n\`\`\`\n`,
        ].join('\n\n'),
      ).toMatchFileSnapshot(`wire/${name}.md`);
    });
  }
});

const usual = shared(() => startToado());

test('--always-load marks the tools that every workflow begins with, and only then', async () => {
  const marked = async (args: string[]) => {
    const { listTools, kill } = await connect('sdk 2.x modern', { env: usual().env(), args });
    const tools = (await listTools()) as (WireTool & { _meta?: Record<string, unknown> })[];
    await kill();
    return tools.filter(({ _meta }) => _meta?.['anthropic/alwaysLoad'] === true).map(({ name }) => name);
  };
  expect(await marked([])).toEqual([]);
  expect(await marked(['--always-load'])).toEqual([
    'get_ticket',
    'list_comments',
    'list_tickets',
    'search_tickets',
  ]);
});

describe('pins', () => {
  const free = shared(() => connectInProcess('sdk 2.x modern', { env: usual().env() }));

  test.each([
    ['--project', 'Nope', 'project'],
    ['--project', 'proj_nope', 'project'],
    ['--company', 'co_nope', 'company'],
  ])('%s %s is not there: whoami alone is offered, and says why', async (flag, value, what) => {
    const { toolNames, text } = await connectInProcess('sdk 2.x modern', {
      env: usual().env(),
      args: [flag, value],
    });
    expect(await toolNames()).toEqual(['whoami']);
    const says = new RegExp(`started with ${flag} .*${value}.*sees no ${what} of that id or name`);
    expect(await text('whoami')).toMatch(says);
    expect(await text('search_tickets', { query: 'checkout' })).toMatch(says);
  });

  test.each([
    ['--project', 'Storefront', 'project_id'],
    ['--company', 'Acme Studio', 'company_id'],
  ])('%s takes its argument out of every schema', async (flag, value, argument) => {
    const { listTools, call } = await connectInProcess('sdk 2.x modern', {
      env: usual().env(),
      args: [flag, value],
    });
    const has = (tools: WireTool[]) =>
      tools.filter(({ inputSchema }) => JSON.stringify(inputSchema).includes(`"${argument}"`));
    expect(has(await free().listTools()).length).toBeGreaterThan(1);
    expect(has(await listTools())).toEqual([]);
    const refused = await call('search_tickets', { query: 'checkout', [argument]: 'x' });
    expect(refused.content[0]!.text).toMatch(/validation_error \(not_sent\): .* is fixed for this server/);
    const found = await call('search_tickets', { query: 'the' });
    const items = found.structuredContent!.items as { project_id: string }[];
    expect(items.length).toBeGreaterThan(0);
    const allowed = flag === '--project' ? ['proj_storefront'] : ['proj_storefront', 'proj_console'];
    expect(items.filter(({ project_id }) => !allowed.includes(project_id))).toEqual([]);
  });
});
