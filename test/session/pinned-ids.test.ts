/** A fixed project or company stays what it was when Toado first said what it is, whatever is called so later. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakeAnswer, startFakeApi } from '../support/fake-api.ts';
import { startInProcess } from '../support/in-process.ts';
import { temporaryFolder } from '../support/temporary.ts';

interface Row {
  id: string | number;
  name: string;
  company_id?: string | number;
}

interface State {
  projects: Row[];
  companies?: Row[];
  isAway?: boolean;
  ignoresFilter?: boolean;
  shown?: (company: string | null) => object;
}

/** A Toado whose projects and companies change; tickets can be made in each that is there. */
async function toado(at: State) {
  const { env, requests } = await startFakeApi(({ path, method, query }): FakeAnswer | undefined => {
    if (at.isAway && /^\/(projects|companies)$/.test(path))
      return { status: 400, body: { error: { code: 'validation_error', message: 'Not now.' } } };
    if (path === '/companies') return { body: at.companies ?? [{ id: 'co_1', name: 'Acme' }] };
    const company = query.get('company_id');
    const isShown = ({ company_id }: Row) => !company || at.ignoresFilter || String(company_id) === company;
    if (path === '/projects') return { body: at.shown?.(company) ?? at.projects.filter(isShown) };
    const [, project] = /^\/projects\/([^/]+)\/tickets$/.exec(path) ?? [];
    if (method !== 'POST' || project === undefined) return undefined;
    return at.projects.some(({ id }) => String(id) === project)
      ? { body: { id: `t-aaa11${requests.length % 10}`, title: 'Dead button', project_id: project } }
      : { status: 404, body: { error: { code: 'project_not_found', message: 'Gone.' } } };
  });
  const made = () => requests.filter(({ method }) => method === 'POST').map(({ path }) => path.split('/')[2]);
  return { at, env, made };
}

/** Toado is asked again after a second what there is: here each call comes that much later. */
let later = 0;
beforeEach(() => {
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + later);
});
afterEach(() => void vi.restoreAllMocks());

/** Makes a ticket, and says what became of that. */
function create({ text }: ReturnType<typeof startInProcess>, args: object = {}): Promise<string> {
  later += 2_000;
  return text('create_ticket', { title: 'Dead button', ...args });
}

describe('an id that was found is never read as a name', () => {
  test.each<[what: string, pin: string, first: Row[], after: Row[]]>([
    [
      'a number, by name',
      'Alpha',
      [
        { id: 7, name: 'Alpha' },
        { id: 9, name: 'Beta' },
      ],
      [{ id: 9, name: '7' }],
    ],
    ['a number, by itself', '7', [{ id: 7, name: 'Alpha' }], [{ id: 9, name: '7' }]],
    ['a word', 'Website', [{ id: 'web', name: 'Website' }], [{ id: 'x1', name: 'Web' }]],
    [
      'a name that is free again',
      'Website',
      [{ id: 'web', name: 'Website' }],
      [{ id: 'x1', name: 'Website' }],
    ],
  ])('%s', async (_, pin, first, after) => {
    const { at, env, made } = await toado({ projects: first });
    const it = startInProcess({ ...env, TOADO_PROJECT: pin });
    const id = String(first[0]!.id);
    expect(await create(it)).toContain('Created.');
    expect(made()).toEqual([id]);
    at.projects = after;
    const said = await create(it);
    expect(said).toMatch(/^not_offered.*sees no project/);
    if (pin !== id) expect(said).toContain(`this meant at first ("${id}")`);
    expect(await it.text('whoami')).toContain('sees no project');
    expect(await create(it)).toContain('sees no project');
    expect(made().filter((project) => project !== id)).toEqual([]);
  });

  test('a company', async () => {
    const { at, env, made } = await toado({
      companies: [
        { id: 1, name: 'A' },
        { id: 2, name: 'B' },
      ],
      projects: [
        { id: 11, name: 'App', company_id: 1 },
        { id: 12, name: 'App', company_id: 2 },
      ],
    });
    const it = startInProcess({ ...env, TOADO_COMPANY: 'B' });
    expect(await create(it, { project_id: 'App' })).toContain('Created.');
    at.companies = [{ id: 1, name: '2' }];
    at.projects = [{ id: 11, name: 'App', company_id: 1 }];
    expect(await create(it, { project_id: 'App' })).toMatch(/^not_offered.*sees no company/);
    expect(made()).toEqual(['12']);
  });
});

const TAKEN_OVER = [
  { id: 'proj_1', name: 'Web old' },
  { id: 'proj_2', name: 'Web' },
];

test.each([
  ['sees it still', TAKEN_OVER, ['proj_1', 'proj_1']],
  ['doesn’t see it', TAKEN_OVER.slice(1), ['proj_1']],
])('a token in the place of the last one, which %s', async (_, projects, expected) => {
  const { at, env, made } = await toado({ projects: [{ id: 'proj_1', name: 'Web' }] });
  const path = join(temporaryFolder(), 'token');
  writeFileSync(path, 'tok_pinned_before', { mode: 0o600 });
  const { TOADO_API_TOKEN: _token, ...others } = env;
  const it = startInProcess({ ...others, TOADO_API_TOKEN_FILE: path, TOADO_PROJECT: 'Web' });
  expect(await create(it)).toContain('Created.');
  at.projects = projects;
  writeFileSync(path, 'tok_pinned_after');
  expect(it.session.token.reread('tok_pinned_before')).toBe(true);
  expect(await create(it)).toMatch(expected.length > 1 ? /Created\./ : /sees no project/);
  expect(made()).toEqual(expected);
});

test('a name that could not be looked up at the start means what the first call finds', async () => {
  const { at, env, made } = await toado({ projects: [{ id: 'proj_1', name: 'Web' }], isAway: true });
  const it = startInProcess({ ...env, TOADO_PROJECT: 'Web' });
  await it.session.grant.untilKnown(5_000);
  expect(await create(it)).toMatch(/^validation_error/);
  expect(await it.text('whoami')).toMatch(/^fixed: project_id=Web$/m);
  at.isAway = false;
  expect(await create(it)).toContain('Created.');
  at.projects = TAKEN_OVER;
  expect(await create(it)).toContain('Created.');
  expect(await it.text('whoami')).toMatch(/^fixed: project_id=proj_1$/m);
  expect(made()).toEqual(['proj_1', 'proj_1']);
});

test('a project is not looked for in every company while the fixed one is unknown', async () => {
  const { at, env, made } = await toado({
    companies: [],
    projects: [{ id: 'proj_2', name: 'App', company_id: 'co_2' }],
  });
  const it = startInProcess({ ...env, TOADO_COMPANY: 'A', TOADO_PROJECT: 'App' });
  expect(await create(it)).toContain('sees no company');
  at.companies = [{ id: 'co_1', name: 'A' }];
  await it.session.grant.refresh();
  expect(await create(it)).toContain('sees no project');
  at.projects.push({ id: 'proj_1', name: 'App', company_id: 'co_1' });
  await it.session.grant.refresh();
  expect(await create(it)).toContain('Created.');
  expect(made()).toEqual(['proj_1']);
});

test('what was given by its id needs no list', async () => {
  const { env, made } = await toado({ projects: [{ id: 'proj_1', name: 'Web' }], isAway: true });
  const it = startInProcess({ ...env, TOADO_PROJECT: 'proj_1', TOADO_COMPANY: 'Acme' });
  await it.session.grant.untilKnown(5_000);
  expect(await create(it)).toContain('Created.');
  expect(made()).toEqual(['proj_1']);
});

describe('projects that don’t say which company they are in', () => {
  const two = [
    { id: 'co_1', name: 'A' },
    { id: 'co_2', name: 'B' },
  ];
  const app = { id: 'proj_2', name: 'App', workspace_id: 'co_2' };

  test.each([
    ['fixed, too', { TOADO_PROJECT: 'App' }, {}],
    ['given', {}, { project_id: 'App' }],
  ])('the filter may not be heeded: no name is taken, %s', async (_, pin, args) => {
    const { at, env, made } = await toado({ companies: two, projects: [app], ignoresFilter: true });
    const it = startInProcess({ ...env, TOADO_COMPANY: 'A', ...pin });
    expect(await create(it, args)).toMatch(
      /^validation_error \(not_sent\): Toado does not say which company these projects are in/,
    );
    expect(await it.text('list_projects')).toContain('Toado does not say of each which company it is in');
    expect(made()).toEqual([]);
    // Where there is no other company, or the filter leaves something out, it can't be another's.
    at.companies = two.slice(0, 1);
    expect(await create(it, args)).toContain('Created.');
    expect(made()).toEqual(['proj_2']);
  });

  test.each([
    ['empty', { projects: [] }, /Created\./],
    ['empty, as far as could be read', { projects: [], warning: 'Not all was read' }, /^validation_error/],
    ['not known', {}, /^validation_error/],
  ])('where the other company’s list is %s', async (_, others, expected) => {
    const { at, env } = await toado({ companies: two, projects: [app] });
    at.shown = (company) => (company === 'co_2' ? others : [app]);
    const it = startInProcess({ ...env, TOADO_COMPANY: 'A' });
    expect(await create(it, { project_id: 'App' })).toMatch(expected);
  });

  test('a list that leaves others out is the company’s', async () => {
    const { at, env, made } = await toado({ companies: two, projects: [app], ignoresFilter: true });
    at.shown = (company) =>
      company === 'co_1' ? [{ id: 'proj_1', name: 'App' }] : [app, { id: 'proj_1', name: 'App' }];
    const it = startInProcess({ ...env, TOADO_COMPANY: 'A', TOADO_PROJECT: 'App' });
    at.projects.push({ id: 'proj_1', name: 'App' });
    expect(await create(it)).toContain('Created.');
    expect(made()).toEqual(['proj_1']);
  });
});
