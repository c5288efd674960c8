/** Fields that a text leaves out, by their paths. */
import { expect, test } from 'vitest';
import { omitFields } from '../../src/respond/omit-fields.ts';

const DATA = {
  id: 't-1',
  user: { id: 'usr_1', name: 'Mia', team: { id: 'x', name: 'Web' } },
  items: [{ id: 1, at: { day: 1, hour: 2 } }, 'text', null, { id: 2 }],
};

test.each<[paths: string[], left: object]>([
  [['id'], { user: DATA.user, items: DATA.items }],
  [['user', 'items'], { id: 't-1' }],
  [['user.id'], { ...DATA, user: { name: 'Mia', team: DATA.user.team } }],
  [['user.team.id', 'user.team.name'], { ...DATA, user: { id: 'usr_1', name: 'Mia', team: {} } }],
  [['user.team.id', 'user.team'], { ...DATA, user: { id: 'usr_1', name: 'Mia' } }],
  [['user.team', 'user.team.id'], { ...DATA, user: { id: 'usr_1', name: 'Mia' } }],
  [['user.id', 'user'], { id: 't-1', items: DATA.items }],
  [['items.id', 'items.at.day'], { ...DATA, items: [{ at: { hour: 2 } }, 'text', null, {}] }],
  [['id.deeper', 'none', 'none.deeper'], DATA],
])('%j', (paths, left) => {
  const before = structuredClone(DATA);
  expect(omitFields(DATA, paths)).toEqual(left);
  expect(DATA).toEqual(before);
});

test('without any, it is the same object; a field of an odd name stays a field', () => {
  expect(omitFields(DATA, [])).toBe(DATA);
  expect(omitFields({ 'a.b': 1, a: { b: 2, c: 3 } }, ['a.b'])).toEqual({ 'a.b': 1, a: { c: 3 } });
  const odd = JSON.parse('{"__proto__": {"a": 1}, "b": 2}');
  expect(JSON.stringify(omitFields(odd, ['b']))).toBe('{"__proto__":{"a":1}}');
});
