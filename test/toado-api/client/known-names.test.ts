import { expect, test } from 'vitest';
import { KnownNames } from '../../../src/toado-api/client/known-names.ts';

const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({ id: `usr_${at + from}`, name: `Name ${at + from}` }));

test('things of different kinds may have the same id', () => {
  const names = new KnownNames();
  names.learn('listCompanies', [{ id: '7', name: 'Acme' }]);
  names.learn('listProjects', [{ id: '7', name: 'Shop' }]);
  names.learn('listTickets', [{ id: '8', name: 'No such list' }]);
  expect([names.of('company', '7'), names.of('project', '7'), names.of('column', '7')]).toEqual([
    'Acme',
    'Shop',
    undefined,
  ]);
});

test('without a name of its own, a thing goes by its id, which says nothing more', () => {
  const names = new KnownNames();
  names.learn('listMembers', [
    { id: 'usr_1', name: null },
    { id: 'usr_2', name: 'usr_2' },
    { name: 'Nobody' },
  ]);
  expect([names.of('member', 'usr_1'), names.of('member', 'usr_2'), names.of('member', undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('two thousand are kept; one of them may still be called otherwise', () => {
  const names = new KnownNames();
  names.learn('listMembers', many(2_000));
  names.learn('listMembers', [...many(1, 2_000), { id: 'usr_0', name: 'Anna' }]);
  expect([
    names.of('member', 'usr_1999'),
    names.of('member', 'usr_2000'),
    names.of('member', 'usr_0'),
  ]).toEqual(['Name 1999', undefined, 'Anna']);
  names.clear();
  expect(names.of('member', 'usr_0')).toBeUndefined();
});
