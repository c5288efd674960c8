/** A recording's panels in other forms than lists: no entry is told as none. */
import { describe, expect, test } from 'vitest';
import { type Data, ROW, read } from './reading-answers.ts';

const ENTRY = { level: 'error', args: ['first'] };
const SECOND = { level: 'log', message: 'second' };
const panels = (devtools: unknown) => read('getTicket', { ...ROW, devtools }).devtools as Data;

describe('a panel', () => {
  test.each<[what: string, console: unknown, entries: unknown[]]>([
    ['a list', [ENTRY], [ENTRY]],
    ['a list in it', { items: [ENTRY], total: 1 }, [ENTRY]],
    [
      'by id',
      { 'c-1': ENTRY, 'c-2': SECOND },
      [
        { id: 'c-1', ...ENTRY },
        { id: 'c-2', ...SECOND },
      ],
    ],
    ['by position', { 0: ENTRY, 1: SECOND }, [ENTRY, SECOND]],
    ['by id, further in', { total: 1, items: { 0: ENTRY } }, [ENTRY]],
    ['one entry', ENTRY, [ENTRY]],
    ['a text', 'was too large', ['was too large']],
    ['something else', { error: [1], warn: [2] }, [{ error: [1], warn: [2] }]],
    ['an empty object', {}, []],
    ['an empty text', '', []],
  ])('%s', (_, console, entries) => {
    expect(panels({ console }).console).toEqual(entries);
  });

  test.each<[panel: string, entry: Data]>([
    ['network', { method: 'GET', url: '/x', status: 500 }],
    ['errors', { kind: 'TypeError', message: 'x' }],
  ])('%s by id and as one', (panel, entry) => {
    expect(panels({ [panel]: { a: entry } })[panel]).toEqual([{ id: 'a', ...entry }]);
    expect(panels({ [panel]: entry })[panel]).toEqual([entry]);
  });
});

test('panels one level down', () => {
  expect(panels({ panels: { console: { 'c-1': ENTRY } }, version: 2 })).toEqual({
    version: 2,
    console: [{ id: 'c-1', ...ENTRY }],
  });
});
