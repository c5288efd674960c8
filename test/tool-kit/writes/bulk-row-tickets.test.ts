/** Which ticket a bulk answer's row is about, where it doesn't name it. */
import { expect, test } from 'vitest';
import { ticketsOf } from '../../../src/tool-kit/writes/bulk-row-tickets.ts';

const IDS = ['t-aaa111', 't-bbb222', 't-ccc333'];
const [A, B, C] = IDS;
const of = (rows: Record<string, unknown>[]) => ticketsOf(rows, IDS, new Set(IDS));
const by = (name: string, places: readonly unknown[]) => places.map((place) => ({ ok: true, [name]: place }));

test.each<[what: string, rows: Record<string, unknown>[], tickets: (string | undefined)[]]>([
  ['as they came', by('status', ['a', 'b', 'c']), [A, B, C]],
  ['by an index from 0', by('index', [2, 0, 1]), [C, A, B]],
  ['by an index from 1', by('rowNumber', [2, 3, 1]), [B, C, A]],
  ['a place that may be one in the column', by('position', [1, 2, 3]), [A, B, C]],
  ['such a place in another order', by('position', [2, 1, 3]), [undefined, undefined, undefined]],
  ['two that say the same', [0, 2, 1].map((at) => ({ index: at, line: at + 1 })), [A, C, B]],
  ['two that don’t', [0, 2, 1].map((at) => ({ index: at, line: 3 - at })), [undefined, undefined, undefined]],
  ['twice the same', by('index', [0, 0, 1]), [undefined, undefined, undefined]],
  ['from 2', by('index', [2, 3, 4]), [undefined, undefined, undefined]],
  ['one without', by('index', [0, 1, undefined]), [undefined, undefined, undefined]],
  ['fewer rows than tickets', by('index', [0, 1]), [undefined, undefined]],
])('%s', (_, rows, tickets) => {
  expect(of(rows)).toEqual(tickets);
});
