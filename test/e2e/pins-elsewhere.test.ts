/** What `--project` and `--company` fix, and `--exclude` takes away, holds outside of the tools too. */
import { describe, expect, test } from 'vitest';
import { connectInProcess } from '../support/connect-in-process.ts';
import { startFakeApi } from '../support/fake-api.ts';
import { SDKS, textOf } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

const nameOf = (uri: string) => decodeURIComponent(uri.replace(/^.*projects\//, '').replace('/board', ''));

test.each(SDKS)('%s: boards and completions know the project and the company', async (sdk) => {
  const toado = await startToado();
  const { body } = await toado.request('GET', '/projects');
  const all = body as { id: string; name: string; company_id: string }[];
  const [one] = all;
  const other = all.find(({ company_id }) => company_id !== one!.company_id)!;
  const near = all.filter(({ company_id }) => company_id === one!.company_id).map(({ id }) => id);

  const pinned = await connectInProcess(sdk, { env: toado.env(), args: ['--project', one!.name] });
  const board = (id: string) => pinned.client.readResource({ uri: `toado://projects/${id}/board` });
  await expect(board(one!.id)).resolves.toBeDefined();
  const refused = await board(other.id).catch((error: Error) => error.message);
  expect(refused).toMatch(/started for one project only/);
  for (const { name } of all.filter(({ id }) => id !== one!.id)) expect(refused).not.toContain(name);
  const template = { type: 'ref/resource', uri: 'toado://projects/{id}/board' } as const;
  const completed = await pinned.client.complete({ ref: template, argument: { name: 'id', value: '' } });
  expect(completed.completion.values).toEqual([one!.id]);

  const company = await connectInProcess(sdk, { env: toado.env(), args: ['--company', one!.company_id] });
  const { resources } = await company.client.listResources();
  expect(resources.map(({ uri }) => nameOf(uri)).sort()).toEqual([...near].sort());
  await expect(company.client.readResource({ uri: `toado://projects/${other.id}/board` })).rejects.toThrow(
    /started for one company only/,
  );
});

test('a pin that is not there lists nothing that is excluded', async () => {
  const toado = await startToado();
  const args = ['--project', 'Nope', '--exclude', 'list_projects'];
  const { call } = await connectInProcess('sdk 1.x', { env: toado.env(), args });
  const said = textOf(await call('whoami'));
  expect(said).toContain('--project');
  expect(said).not.toContain('Storefront');
});

test.each([
  'by its id',
  'by its name',
])('a company fixed %s: a project’s name is looked for in no other', async (by) => {
  const projects = [
    { id: 'proj_near', name: 'Website', company_id: 'co_near' },
    { id: 'proj_far', name: 'Website', company_id: 'co_far' },
    { id: 'proj_other', name: 'Secret launch', company_id: 'co_far' },
  ];
  const api = await startFakeApi(({ path }) => {
    if (path === '/companies')
      return {
        body: [
          { id: 'co_near', name: 'Near' },
          { id: 'co_far', name: 'Far' },
        ],
      };
    // The filter is not taken into account.
    if (path === '/projects') return { body: projects };
    if (path.endsWith('/columns')) return { body: [{ id: 'col_1', name: 'To Do' }] };
    return path.endsWith('/members') ? { body: [{ id: 'usr_1', name: 'Mia' }] } : undefined;
  });
  const args = ['--company', by === 'by its id' ? 'co_near' : 'near'];
  const { call } = await connectInProcess('sdk 2.x legacy', { env: api.env, args });
  for (const tool of ['list_columns', 'list_members']) {
    expect((await call(tool, { project_id: 'website' })).isError, tool).toBeFalsy();
    const refused = textOf(await call(tool, { project_id: 'Nope' }));
    expect(refused).toContain('proj_near');
    expect(refused).not.toMatch(/proj_far|Secret/);
    expect(textOf(await call(tool, { project_id: 'Secret launch' }))).toContain('neither an id nor a name');
  }
  const read = api.requests.map(({ path }) => path).filter((path) => /columns|members/.test(path));
  expect(new Set(read)).toEqual(new Set(['/projects/proj_near/columns', '/projects/proj_near/members']));
});

describe('names that are not unique, and change', () => {
  const PROJECTS = [
    { id: 'proj_1', name: 'Web', company_id: 'co_1' },
    { id: 'proj_2', name: 'web', company_id: 'co_2' },
    { id: 'proj_3', name: 'proj_1', company_id: 'co_1' },
    { id: 'proj_4', name: 'Solo', company_id: 'co_2' },
  ];
  const COMPANIES = [
    { id: 'co_1', name: 'Acme' },
    { id: 'co_2', name: 'Beta' },
    { id: 'co_3', name: 'acme' },
    { id: 'co_9', name: 'Acme GmbH' },
  ];

  /** The company that is asked for is not taken into account. */
  function started(...args: string[]) {
    return startedWith(PROJECTS, ...args);
  }

  async function startedWith(projects: unknown, ...args: string[]) {
    const has = { projects };
    const api = await startFakeApi(({ path }) => {
      if (path === '/companies') return { body: COMPANIES };
      if (path === '/projects') return { body: has.projects };
      if (path.endsWith('/tickets')) return { body: { items: [] } };
      if (!path.endsWith('/columns')) return undefined;
      const isThere = !Array.isArray(has.projects) || has.projects.some(({ id }) => path.includes(id));
      return isThere
        ? { body: [{ id: 'col_1', name: 'To Do' }] }
        : { status: 404, body: { error: { code: 'not_found', message: 'No such project.' } } };
    });
    return { has, api, ...(await connectInProcess('sdk 1.x', { env: api.env, args })) };
  }

  test.each([
    ['--project', 'Web', ['proj_1', 'proj_2']],
    ['--company', 'ACME', ['co_1', 'co_3']],
  ])('%s %s fits two, and both are said', async (flag, name, ids) => {
    const { call } = await started(flag, name);
    const refused = await call('list_columns', { ...(flag === '--company' && { project_id: 'proj_1' }) });
    for (const answer of [await call('whoami'), refused]) {
      const said = textOf(answer);
      expect(said).toContain(`${flag} "${name}", and that fits 2`);
      expect(said).toMatch(/The person who started it gives the (project|company)'s id/);
      for (const id of ids) expect(said).toContain(`(${id})`);
      expect(said).not.toMatch(/sees no|Use an id|proj_4|\(co_2\)/);
    }
    expect(refused.isError).toBe(true);
  });

  test.each([
    [[]],
    [['--company', 'Acme GmbH']],
    [['--company', 'co_9']],
  ])('a board by a name that two share is neither’s: %j', async (args) => {
    const { client, has, api } = await started(...args);
    has.projects = [
      { id: 'proj_5', name: 'Twin', company_id: 'co_9' },
      { id: 'proj_6', name: 'twin', company_id: 'co_9' },
    ];
    const read = (id: string) => client.readResource({ uri: `toado://projects/${id}/board` });
    const refused = await read('Twin').catch((error: Error) => error.message);
    expect(refused).toMatch(/"Twin" fits 2 of them/);
    expect(refused).toMatch(/Twin \(proj_5\)\s+twin \(proj_6\)/);
    expect(api.requests.filter(({ path }) => path.includes('/projects/'))).toEqual([]);
    await expect(read('proj_6')).resolves.toBeDefined();
    const prompt = { type: 'ref/prompt', name: 'triage_column' } as const;
    const completed = await client.complete({
      ref: prompt,
      argument: { name: 'column', value: '' },
      context: { arguments: { project: 'Twin' } },
    });
    expect(completed.completion.values).toEqual([]);
  });

  test('each list is asked for once to look a fixed name up', async () => {
    const { call, api } = await started('--company', 'Beta', '--project', 'Solo');
    await call('whoami');
    const first = api.requests.findIndex(({ path }) => path === '/projects');
    const asked = api.requests.slice(0, first + 1).map(({ path }) => path);
    expect(asked).toEqual(['/auth/token-info', '/companies', '/projects']);
    const times = (path: string) => api.requests.filter((one) => one.path === path).length;
    expect(times('/projects')).toBe(times('/auth/token-info'));
  });

  test('what isn’t in a list that may lack something is not said to be missing', async () => {
    const part = { data: PROJECTS.slice(0, 2), errors: [{ message: 'co_2 is not there today' }] };
    const { call } = await startedWith(part, '--project', 'Solo');
    expect(textOf(await call('whoami'))).not.toContain('sees no project');
    const said = textOf(await call('list_columns'));
    expect(said).toMatch(/sees no project of that id or name, among those that could be read/);
  });

  test('one of the company is the only one of its name', async () => {
    const { call, api } = await started('--company', 'co_1', '--project', 'Web');
    expect((await call('list_columns')).isError).toBeFalsy();
    expect(api.requests.at(-1)!.path).toBe('/projects/proj_1/columns');
    const listed = textOf(await call('list_projects'));
    expect(listed).toContain('proj_3');
    expect(listed).not.toMatch(/proj_2|proj_4|Solo/);
  });

  test('a name means what it meant first: whoever has it later is somebody else', async () => {
    const { call, has, api } = await started('--project', 'Solo');
    const asks = async () => {
      expect((await call('list_columns')).isError).toBeFalsy();
      expect(api.requests.at(-1)!.path).toBe('/projects/proj_4/columns');
    };
    await asks();
    const renamed = PROJECTS.map((one) => (one.id === 'proj_4' ? { ...one, name: 'Renamed' } : one));
    has.projects = [...renamed, { id: 'proj_9', name: 'Solo', company_id: 'co_1' }];
    expect(textOf(await call('whoami'))).not.toContain('sees no project');
    await asks();
    // Also where Toado doesn't list it for a while.
    has.projects = { data: [{ id: 'proj_9', name: 'Solo', company_id: 'co_1' }], partial: true };
    await call('whoami');
    await asks();
  });

  test('gone while the server runs: the person who started it is named', async () => {
    const { call, has } = await started('--project', 'Solo');
    expect((await call('list_columns')).isError).toBeFalsy();
    has.projects = [...PROJECTS.slice(0, 3), { id: 'proj_9', name: 'Solo', company_id: 'co_1' }];
    // Toado was asked a moment ago what there is, and isn't twice in a second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (const said of [textOf(await call('list_columns')), textOf(await call('whoami'))]) {
      expect(said).toContain('--project "Solo", and this token sees no project');
      expect(said).toContain('The person who started it corrects --project');
    }
  });

  test('an id that is another’s name means the one whose id it is', async () => {
    const { client } = await started('--project', 'proj_1');
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => nameOf(uri))).toEqual(['proj_1']);
    const template = { type: 'ref/resource', uri: 'toado://projects/{id}/board' } as const;
    const completed = await client.complete({ ref: template, argument: { name: 'id', value: '' } });
    expect(completed.completion.values).toEqual(['proj_1']);
    await expect(client.readResource({ uri: 'toado://projects/proj_3/board' })).rejects.toThrow(
      /one project/,
    );
  });

  test('a project of another company is none of the fixed company’s', async () => {
    const { call, api } = await started('--company', 'co_2', '--project', 'proj_1');
    const refused = await call('list_columns');
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toContain('--project "proj_1", and this token sees no project');
    expect(textOf(refused)).toContain('in that company');
    expect(api.requests.map(({ path }) => path).filter((path) => path.includes('columns'))).toEqual([]);
  });
});
