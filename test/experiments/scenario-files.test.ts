/** Scenarios of one's own that are wrong: each is told by its place, in a sentence, before anything is run. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenarios } from '../../src/experiments/scenario/load.ts';
import { missingReferences } from '../../src/experiments/scenario/references.ts';
import { scenarios } from '../../src/experiments/scenarios/index.ts';
import { world } from '../../src/sandbox/seed/index.ts';
import { temporaryFolder } from '../support/temporary.ts';

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
  ])('%s', async (_, file, says) => {
    await expect(load(file)).rejects.toThrow(says);
  });

  test('two of one name', async () => {
    await expect(load(RIGHT, RIGHT)).rejects.toThrow(/two files of .* hold a scenario "mine"/);
  });
});
