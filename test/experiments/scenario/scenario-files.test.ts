/** Scenarios of one's own that are wrong: each is told by its place, in a sentence, before anything is run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scenarios } from '../../../src/experiments/built-in-scenarios/index.ts';
import { loadScenarios } from '../../../src/experiments/run/choose-scenarios.ts';
import { missingReferences } from '../../../src/experiments/scenario/references.ts';
import { worldOf } from '../../../src/experiments/scenario/world.ts';
import { world } from '../../../src/sandbox/seed/tickets/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const RIGHT = {
  name: 'mine',
  title: 'Mine',
  about: 'Tries it.',
  task: 'Do it.',
  token: { scopes: ['read'] },
  must: [{ ticket: 't-7Kq2Mx', is: { column: 'Done' } }],
};
const ticket = { id: 't-aaaaa1', project: 'proj_storefront', title: 'X', by: 'usr_lena' };

function load(...files: (object | string)[]) {
  const folder = temporaryFolder();
  for (const [at, file] of files.entries())
    writeFileSync(join(folder, `${at}.yaml`), typeof file === 'string' ? file : JSON.stringify(file));
  return loadScenarios(folder);
}

test('one that is right stands beside the built-in ones', async () => {
  const all = await load({ ...RIGHT, state: { tickets: [ticket] } });
  expect(all).toHaveLength(scenarios.length + 1);
});

test('what is no file is none, and endings may be in capitals', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'folder.yaml'));
  writeFileSync(join(folder, 'MINE.YAML'), JSON.stringify(RIGHT));
  expect((await loadScenarios(folder)).map(({ name }) => name)).toContain('mine');
});

test('faults on any request, and on one ticket’s, are taken', async () => {
  const on = ['*', 'GET *', 'PATCH /tickets/t-7Kq2Mx', '/tickets/:ticket/comments'];
  await expect(
    load({ ...RIGHT, faults: on.map((one) => ({ on: one, status: 500 })) }),
  ).resolves.toBeDefined();
});

test('columns whose names have other letters, or other signs, have ids of their own', async () => {
  const columns = ['予定', '完了', 'In Review', 'In-Review'];
  const project = { id: 'proj_mine', company: 'co_acme', name: 'Mine', columns };
  // Storefront's columns have such ids.
  const other = { ...project, id: 'proj_store', columns: ['Done'] };
  const all = await load({ ...RIGHT, state: { projects: [project, other] } });
  const its = worldOf(all.at(-1)!, world, 'tok_any').projects.flatMap(({ columns }) =>
    columns.map(({ id }) => id),
  );
  expect(its).toContain('col_mine_in_review');
  expect(new Set(its).size).toBe(its.length);
});

test('those that come with the program name nothing that isn’t there', () => {
  for (const scenario of scenarios) expect(missingReferences(scenario, world), scenario.name).toEqual([]);
});

describe('one that is wrong', () => {
  const without = ({ must: _, ...rest }: typeof RIGHT) => rest;
  test.each<[string, object | string, string]>([
    ['an empty file', '', 'the file: Invalid input: expected object'],
    ['no YAML', 'name: [a', "can't be read as YAML or JSON"],
    ['a list', '- a', 'is not a scenario'],
    ['a name that is a path', { ...RIGHT, name: '../x' }, 'name: small letters and digits'],
    ['a name that means all of them', { ...RIGHT, name: 'all' }, 'name: all stands for every scenario'],
    [
      'somebody assigned twice',
      { ...RIGHT, state: { tickets: [{ ...ticket, assignees: ['usr_lena', 'usr_lena'] }] } },
      'state.tickets[0].assignees: somebody is named twice',
    ],
    ['no must', without(RIGHT), 'must: Invalid input'],
    ['a key too many', { ...RIGHT, musts: [] }, 'Unrecognized key: "musts"'],
    ['a scope', { ...RIGHT, token: { scopes: ['write'] } }, 'token.scopes[0]: Invalid option'],
    ['a check that there isn’t', { ...RIGHT, must: [{ dance: 1 }] }, 'must[0]: no check that there is'],
    [
      'a check’s field',
      { ...RIGHT, must: [{ ticket: 't-7Kq2Mx', is: { colum: 'Done' } }] },
      'must[0].is: Unrecognized key: "colum"',
    ],
    ['a ticket’s id', { ...RIGHT, must: [{ comment_on: 't-nope' }] }, 'must[0].comment_on: a ticket’s id'],
    ['a pattern', { ...RIGHT, score: [{ answer_says: ['(x'] }] }, 'answer_says[0]: not a regular expression'],
    [
      'free text as a must',
      { ...RIGHT, must: [{ answer_says: ['x'] }] },
      'must: answer_says can only lower the score',
    ],
    [
      'a ticket that isn’t there',
      { ...RIGHT, must: [{ comment_on: 't-zzzzzz' }] },
      'There is no ticket t-zzzzzz.',
    ],
    [
      'a column that its project hasn’t',
      { ...RIGHT, score: [{ moved: 't-7Kq2Mx', through: ['Nowhere'] }] },
      'The project of t-7Kq2Mx has no column Nowhere.',
    ],
    [
      'a person who isn’t there',
      { ...RIGHT, must: [{ ticket: 't-7Kq2Mx', is: { assignees: ['usr_x'] } }] },
      'There is no user usr_x.',
    ],
    [
      'an author who isn’t there',
      { ...RIGHT, state: { tickets: [{ ...ticket, by: 'usr_x' }] } },
      'state.tickets: t-aaaaa1: there is no user usr_x.',
    ],
    [
      'a project that isn’t there',
      { ...RIGHT, state: { tickets: [{ ...ticket, project: 'proj_x' }] } },
      "is in the project proj_x, which isn't there",
    ],
    [
      'a token’s owner',
      { ...RIGHT, token: { scopes: ['read'], user: 'usr_x' } },
      'token: there is no user usr_x.',
    ],
    [
      'a fault that does nothing',
      { ...RIGHT, faults: [{ on: 'POST *' }] },
      'faults: nothing happens to POST *.',
    ],
    [
      'a fault’s path',
      { ...RIGHT, faults: [{ on: 'POST /ticket/:ticket/comments', status: 500 }] },
      'faults: no request of the API is POST /ticket/:ticket/comments.',
    ],
    [
      'a fault’s method',
      { ...RIGHT, faults: [{ on: 'PUT /tickets/:ticket', status: 500 }] },
      'faults: no request of the API is PUT /tickets/:ticket.',
    ],
    [
      'a tool that is to be called',
      { ...RIGHT, score: [{ called: ['get_tickt'], times: 1 }] },
      'There is no tool get_tickt. Did you mean get_ticket?',
    ],
    [
      'a tool of the solution',
      { ...RIGHT, solution: { calls: [{ tool: 'move' }], answer: '' } },
      'There is no tool move.',
    ],
    [
      'a tool of a wrong way',
      { ...RIGHT, wrong: [{ name: 'x', fails: 'x', calls: [{ tool: 'whoam' }], answer: '' }] },
      'There is no tool whoam. Did you mean whoami?',
    ],
    [
      'a ticket that is there already',
      { ...RIGHT, state: { tickets: [{ ...ticket, id: 't-7Kq2Mx' }] } },
      'state.tickets: there is a t-7Kq2Mx already.',
    ],
    ['a ticket twice', { ...RIGHT, state: { tickets: [ticket, ticket] } }, 'there is a t-aaaaa1 already.'],
    [
      'a person who is there already',
      { ...RIGHT, state: { users: [{ id: 'usr_lena', name: 'L', email: 'l@x.example', roles: {} }] } },
      'state.users: there is a usr_lena already.',
    ],
    [
      'a person’s company',
      {
        ...RIGHT,
        state: { users: [{ id: 'usr_z', name: 'Z', email: 'z@x.example', roles: { comp_x: 'owner' } }] },
      },
      'state.users: usr_z: there is no company comp_x.',
    ],
    [
      'a project’s company',
      { ...RIGHT, state: { projects: [{ id: 'proj_x', company: 'comp_x', name: 'X', columns: ['A'] }] } },
      'state.projects: proj_x: there is no company comp_x.',
    ],
    [
      'a project’s columns',
      {
        ...RIGHT,
        state: { projects: [{ id: 'proj_x', company: 'comp_x', name: 'X', columns: ['A', 'a'] }] },
      },
      'state.projects: proj_x has two columns of one name.',
    ],
    [
      'a count that nothing is',
      { ...RIGHT, must: [{ called: ['whoami'], times: { min: 3, max: 2 } }] },
      'min is more than max',
    ],
    [
      'more than there are',
      { ...RIGHT, must: [{ at_least: 2, of: [{ calls: { max: 1 } }] }] },
      'at_least is more than there are under of',
    ],
    ['no task', { ...RIGHT, task: ' ' }, 'task: Too small'],
    [
      'a time before there was time',
      { ...RIGHT, state: { tickets: [{ ...ticket, hours_ago: 1e300 }] } },
      'state.tickets[0].hours_ago: Too big',
    ],
    [
      'a delay that nobody waits for',
      { ...RIGHT, faults: [{ on: '*', delay_ms: 1e9 }] },
      'faults[0].delay_ms: Too big',
    ],
  ])('%s', async (_, file, says) => {
    await expect(load(file)).rejects.toThrow(says);
  });

  test('two of one name', async () => {
    await expect(load(RIGHT, RIGHT)).rejects.toThrow(/two files of .* hold a scenario "mine"/);
  });
});
