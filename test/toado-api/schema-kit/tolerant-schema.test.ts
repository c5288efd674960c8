import { describe, expect, test } from 'vitest';
import { Reading, SchemaMismatch } from '../../../src/toado-api/schema-kit/reading.ts';
import {
  anything,
  count,
  flag,
  isoOf,
  readIf,
  reference,
  text,
  time,
} from '../../../src/toado-api/schema-kit/scalar-readers.ts';
import { list, needed, objectSchema } from '../../../src/toado-api/schema-kit/tolerant-schema.ts';

const person = objectSchema(
  'person',
  { id: text, name: text },
  { from: (value) => (typeof value === 'string' ? { id: value } : undefined) },
);
const ticket = objectSchema(
  'ticket',
  {
    id: text,
    column_id: reference,
    comment_count: count,
    is_draft: flag,
    created_at: time,
    assignees: list(person),
    scopes: list(text),
    extra: anything,
  },
  { also: { column_id: ['column'], is_draft: ['draft'] } },
);

function read(value: unknown, reading = new Reading()) {
  return { value: ticket(value, reading) as Record<string, unknown>, differences: reading.differences };
}

describe('an answer is read tolerantly', () => {
  test('known fields in camelCase, at every level; unknown ones stay as they are', () => {
    const { value } = read(
      JSON.parse(`{"id":"t","columnId":"c","commentCount":2,"isDraft":false,"newThing":{"isOdd":1},
        "assignees":[{"id":"u","nickName":"x","__proto__":1}]}`),
    );
    expect(value).toEqual({
      id: 't',
      column_id: 'c',
      comment_count: 2,
      is_draft: false,
      newThing: { isOdd: 1 },
      assignees: [JSON.parse('{"id":"u","nickName":"x","__proto__":1}')],
    });
  });

  test('where both spellings are there, the contract’s counts', () => {
    expect(read({ id: 't', column_id: 'a', columnId: 'b' }).value.column_id).toBe('a');
  });

  test('any field may be absent or null', () => {
    expect(read({ id: 't', assignees: null }).value).toEqual({ id: 't', assignees: null });
    expect(read({}).value).toEqual({});
  });

  const forms: [field: string, from: unknown, to: unknown][] = [
    ['id', 7, '7'],
    ['comment_count', '12', 12],
    ['is_draft', 'true', true],
    ['is_draft', 0, false],
    ['created_at', 1_767_225_600, '2026-01-01T00:00:00.000Z'],
    ['created_at', 1_767_225_600_123, '2026-01-01T00:00:00.123Z'],
    ['created_at', '1767225600', '2026-01-01T00:00:00.000Z'],
    ['created_at', '2026-01-01T00:00:00+02:00', '2026-01-01T00:00:00+02:00'],
    ['column_id', { id: 5, name: 'Done' }, '5'],
    ['assignees', ['u1'], [{ id: 'u1' }]],
  ];
  test.each(forms)('%s: %j', (field, from, to) => {
    expect(read({ [field]: from }).value[field]).toEqual(to);
  });

  test('another name counts where it can be read as the field; what says more stays', () => {
    const { value, differences } = read({ draft: 1, column: { id: 'c', name: 'Done' } });
    expect(value).toEqual({ is_draft: true, column_id: 'c', column: { id: 'c', name: 'Done' } });
    expect(differences.map(({ path }) => path).sort()).toEqual(['column_id', 'is_draft']);
    expect(read({ draft: 'a text' }).value).toEqual({ draft: 'a text' });
  });

  test('a map’s names for fields come first, also from inside', () => {
    const reading = new Reading({ ticket: { id: 'key', column_id: 'stage.id' } });
    expect(read({ key: 'k', stage: { id: 's' }, id: 'other' }, reading).value).toEqual({
      id: 'k',
      stage: { id: 's' },
      column_id: 's',
    });
  });
});

describe('what can’t be read is shown under other', () => {
  const cases: [value: Record<string, unknown>, other: unknown][] = [
    [{ id: { a: 1 } }, { id: { a: 1 } }],
    [{ comment_count: 'many' }, { comment_count: 'many' }],
    [{ comment_count: [1] }, { comment_count: [1] }],
    [{ isDraft: 'perhaps' }, { is_draft: 'perhaps' }],
    [{ assignees: {} }, { assignees: {} }],
    [{ scopes: ['a', {}] }, { scopes: ['a', {}] }],
    [
      { is_draft: 'x', other: { old: 1 } },
      { old: 1, is_draft: 'x' },
    ],
    [
      { is_draft: 'x', other: 7 },
      { other: 7, is_draft: 'x' },
    ],
  ];
  test.each(cases)('%j', (value, other) => {
    const read = ticket(structuredClone(value), new Reading()) as Record<string, unknown>;
    expect(read).toEqual({ other });
  });

  test('an item that is no object is a row of its own', () => {
    const { value, differences } = read({ assignees: [{ id: 'u' }, 7, null] });
    expect(value.assignees).toEqual([{ id: 'u' }, { other: 7 }, { other: 'null' }]);
    expect(differences).toContainEqual({
      path: 'assignees[]',
      was: 'a number instead of an object',
      understood: false,
    });
  });
});

describe('only what is needed fails, with the place and what was there', () => {
  const info = objectSchema('info', { scopes: needed(list(text)), id: text });
  test.each([
    [{}, 'scopes', 'nothing'],
    [{ scopes: null }, 'scopes', 'null'],
    [{ scopes: 7 }, 'scopes', 'a number'],
    [{ scopes: ['read', {}] }, 'scopes.1', 'an object'],
    [null, '', 'null'],
    [[], '', 'a list'],
    ['t', '', 'text'],
  ])('%j', (value, path, was) => {
    let thrown: unknown;
    try {
      info(value, new Reading());
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SchemaMismatch);
    expect((thrown as SchemaMismatch).path.join('.')).toBe(path);
    expect((thrown as SchemaMismatch).was).toBe(was);
  });

  test('readIf gives nothing for it, and lets every other error through', () => {
    expect(readIf(person, 7)).toBeUndefined();
    expect(readIf(person, { id: 'u' })).toEqual({ id: 'u' });
    const broken = () => {
      throw new TypeError('a bug');
    };
    expect(() => readIf(broken, 1)).toThrow('a bug');
  });
});

test('what differed is noted once for all items of a list, by names and types', () => {
  const { differences } = read({ assignees: [{ id: 1 }, { id: 2 }, { id: '3' }], commentCount: 'x' });
  expect(differences).toEqual([
    { path: 'comment_count', was: 'commentCount instead of comment_count', understood: true },
    { path: 'comment_count', was: "text that can't be read", understood: false },
    { path: 'assignees[].id', was: 'a number instead of text', understood: true },
  ]);
  expect(read({ id: 't', column_id: 'c', assignees: [{ id: 'u' }] }).differences).toEqual([]);
});

test('numbers that are no time since 1970 are none', () => {
  expect(isoOf(1532.4)).toBeUndefined();
  expect(isoOf(-1)).toBeUndefined();
  expect(isoOf(9e22)).toBeUndefined();
});

test.each([
  ['microseconds', 1_767_225_600_000_000],
  ['nanoseconds, as text', '1767225600000000000'],
  ['as HTTP writes it', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ['with its zone', 'Thu, 01 Jan 2026 01:00:00 +0100'],
])('a time in %s', (_, value) => {
  expect(time(value, new Reading())).toBe('2026-01-01T00:00:00.000Z');
});
