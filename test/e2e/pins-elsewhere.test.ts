/** What `--project` and `--company` fix, and `--exclude` takes away, holds outside of the tools too. */
import { expect, test } from 'vitest';
import { startFakeApi } from '../support/fake-api.ts';
import { connect, SDKS, textOf } from '../support/program.ts';
import { startToado } from '../support/toado.ts';

const nameOf = (uri: string) => decodeURIComponent(uri.replace(/^.*projects\//, '').replace('/board', ''));

test.each(SDKS)('%s: boards and completions know the project and the company', async (sdk) => {
  const toado = await startToado();
  const { body } = await toado.request('GET', '/projects');
  const all = body as { id: string; name: string; company_id: string }[];
  const [one] = all;
  const other = all.find(({ company_id }) => company_id !== one!.company_id)!;
  const near = all.filter(({ company_id }) => company_id === one!.company_id).map(({ id }) => id);

  const pinned = await connect(sdk, { env: toado.env(), args: ['--project', one!.name] });
  const board = (id: string) => pinned.client.readResource({ uri: `toado://projects/${id}/board` });
  await expect(board(one!.id)).resolves.toBeDefined();
  const refused = await board(other.id).catch((error: Error) => error.message);
  expect(refused).toMatch(/started for one project only/);
  for (const { name } of all.filter(({ id }) => id !== one!.id)) expect(refused).not.toContain(name);
  const template = { type: 'ref/resource', uri: 'toado://projects/{id}/board' } as const;
  const completed = await pinned.client.complete({ ref: template, argument: { name: 'id', value: '' } });
  expect(completed.completion.values).toEqual([one!.id]);

  const company = await connect(sdk, { env: toado.env(), args: ['--company', one!.company_id] });
  const { resources } = await company.client.listResources();
  expect(resources.map(({ uri }) => nameOf(uri)).sort()).toEqual([...near].sort());
  await expect(company.client.readResource({ uri: `toado://projects/${other.id}/board` })).rejects.toThrow(
    /started for one company only/,
  );
});

test('a pin that is not there lists nothing that is excluded', async () => {
  const toado = await startToado();
  const args = ['--project', 'Nope', '--exclude', 'list_projects'];
  const { call } = await connect('sdk 1.x', { env: toado.env(), args });
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
  const { call } = await connect('sdk 2.x legacy', { env: api.env, args });
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
