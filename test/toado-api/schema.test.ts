import { describe, expect, test } from 'vitest';
import {
  anything,
  count,
  flag,
  list,
  Misshapen,
  maybe,
  readIf,
  shape,
  text,
} from '../../src/toado-api/schema.ts';

const person = shape({ id: text, name: maybe(text) });
const ticket = shape({
  id: text,
  column_id: maybe(text),
  comment_count: maybe(count),
  is_draft: maybe(flag),
  assignees: maybe(list(person)),
  extra: anything,
});

describe('an answer is read tolerantly', () => {
  test('known fields in camelCase, at every level; unknown ones stay as they are', () => {
    const read = ticket(
      JSON.parse(`{"id":"t","columnId":"c","commentCount":2,"isDraft":false,"newThing":{"isOdd":1},
        "assignees":[{"id":"u","nickName":"x","__proto__":1}]}`),
    );
    expect(read).toEqual({
      id: 't',
      column_id: 'c',
      comment_count: 2,
      is_draft: false,
      newThing: { isOdd: 1 },
      assignees: [JSON.parse('{"id":"u","nickName":"x","__proto__":1}')],
    });
  });

  test('where both spellings are there, the contract’s counts', () => {
    expect(ticket({ id: 't', column_id: 'a', columnId: 'b' }).column_id).toBe('a');
  });

  test('what may be absent may be null, or there', () => {
    expect(ticket({ id: 't', assignees: null })).toEqual({ id: 't', assignees: null });
    expect(ticket({ id: 't', extra: [1] }).extra).toEqual([1]);
  });
});

describe('what is not of the shape is refused, with the place', () => {
  const cases: [value: unknown, path: string][] = [
    [null, ''],
    [[], ''],
    ['t', ''],
    [{}, 'id'],
    [{ id: 7 }, 'id'],
    [{ id: 't', comment_count: '2' }, 'comment_count'],
    [{ id: 't', isDraft: 'no' }, 'is_draft'],
    [{ id: 't', assignees: {} }, 'assignees'],
    [{ id: 't', assignees: [{ id: 'u' }, { name: 'x' }] }, 'assignees.1.id'],
  ];
  for (const [value, path] of cases)
    test(JSON.stringify(value), () => {
      let thrown: unknown;
      try {
        ticket(value);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(Misshapen);
      expect((thrown as Misshapen).path.join('.')).toBe(path);
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
