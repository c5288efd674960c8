import { expect, test } from 'vitest';
import { encode } from '../../src/respond/encode.ts';
import { respondText } from '../../src/respond/respond.ts';

const wide = (fields: number) =>
  Object.fromEntries(Array.from({ length: fields }, (_, at) => [`field_${at}`, at % 3 ? at : `v${at}`]));

test('an object in a cell: its name and id, a size, who and when, then the rest in its order', () => {
  const cell = (value: object) => encode({ cell: value }).replace('cell: ', '');
  expect(cell({ x: 1, id: 'usr_1', name: 'Mia', at: 'now', y: 'a|b' })).toBe(
    'Mia (usr_1), at=now, x=1, y=a|b',
  );
  expect(cell({ y: 1, width: 2, height: 3, name: 'n' })).toBe('2x3, name=n, y=1');
  expect(cell({ shown_as: 'Mia · via MCP', at: 'now', id: 'i', z: true })).toBe(
    'Mia · via MCP, now, id=i, z=yes',
  );
  expect(cell({ b: 1, name: 'n', c: undefined, a: 2 })).toBe('name=n, b=1, a=2');
});

test('a list that only names things stands on one line, as far as that goes; with more to say it is a table', () => {
  const people = [
    { id: 'usr_1', name: 'Mia' },
    { id: 'usr_2', name: 'Sol; Ana' },
  ];
  expect(encode({ assignees: people })).toBe('assignees (2): Mia (usr_1); "Sol; Ana" (usr_2)');
  expect(encode({ assignees: people.map((one) => ({ ...one, role: undefined })) })).not.toContain('\n');
  const withRole = people.map((one) => ({ ...one, role: 'member' }));
  expect(encode({ assignees: withRole })).toContain(
    'assignees (2):\nall: role=member\nid | name\nusr_1 | Mia\n',
  );
  const many = Array.from({ length: 30 }, (_, at) => ({ id: `usr_${at}`, name: `Person ${at}` }));
  expect(encode({ assignees: many })).toContain('assignees (30):\nid | name\nusr_0 | Person 0\n');
});

test('a name is written as it is but in quotation marks; only in a table are its columns’ signs escaped', () => {
  const column = { id: 'col_1', name: 'Review | QA = "yes"\\no' };
  expect(encode({ column })).toBe('column: "Review | QA = \\"yes\\"\\\\no" (col_1)');
  expect(encode({ title: 'C:\\new | old\nnext' })).toBe('title: C:\\new | old\\nnext');
  const rows = [
    { title: 'a | b\\c', n: 1 },
    { title: 'd', n: 2 },
  ];
  expect(encode({ rows })).toContain('a \\| b\\\\c | 1');
});

test('the time that an object takes goes with its fields, not with their square', () => {
  const quickest = (data: Record<string, unknown>) => {
    const times = Array.from({ length: 5 }, () => {
      const began = performance.now();
      encode(data);
      return performance.now() - began;
    });
    return Math.min(...times);
  };
  const objects = (count: number, fields: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`o${at}`, wide(fields)]));
  expect(quickest(objects(10, 1_000))).toBeLessThan(4 * quickest(objects(200, 50)) + 20);
});

test('of more fields than anything has, a thousand are shown and the others counted', async () => {
  const text = await respondText({ data: { id: 't-abc123', extra: wide(100_000) } }, 200_000);
  expect(text).toContain('field_999: v999');
  expect(text).toContain('To keep the answer small, 99000 entries inside it were left out.');
});
