import { expect, test } from 'vitest';
import { evenRanks, rankBetween } from '../../../src/sandbox/rules/rank-keys.ts';

/** The same numbers each time, so that a failure can be looked at. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test('a new rank is always strictly between its neighbours', () => {
  const random = numbers(7);
  const ranks: string[] = [];
  for (let turn = 0; turn < 3000; turn++) {
    const at = Math.floor(random() * (ranks.length + 1));
    const rank = rankBetween(ranks[at - 1], ranks[at]);
    if (at > 0) expect(ranks[at - 1]! < rank, `${ranks[at - 1]} < ${rank}`).toBe(true);
    if (at < ranks.length) expect(rank < ranks[at]!, `${rank} < ${ranks[at]}`).toBe(true);
    ranks.splice(at, 0, rank);
  }
  expect(Math.max(...ranks.map((rank) => rank.length))).toBeLessThan(30);
});

test('there is always room at the bottom, also below what lies at the very end', () => {
  let bottom = '9999999990';
  for (let turn = 0; turn < 100; turn++) {
    const next = rankBetween(bottom, undefined);
    expect(bottom < next, `${bottom} < ${next}`).toBe(true);
    bottom = next;
  }
});

test('adding at either end keeps ranks short', () => {
  let top = rankBetween(undefined, undefined);
  let bottom = top;
  for (let turn = 0; turn < 1000; turn++) {
    top = rankBetween(undefined, top);
    bottom = rankBetween(bottom, undefined);
  }
  expect([top.length, bottom.length]).toEqual([10, 10]);
});

test('ranks that are spread anew lie around the middle, with room between them', () => {
  expect(evenRanks(3)).toEqual(['4999999000', '5000000000', '5000001000']);
  expect(evenRanks(100_000).every((rank) => rank.length === 10)).toBe(true);
});

test.each(['above', 'below'])('there is always room right %s a ticket', (side) => {
  let low = rankBetween(undefined, undefined);
  let high = rankBetween(low, undefined);
  for (let turn = 0; turn < 1000; turn++) {
    const rank = rankBetween(low, high);
    expect(low < rank && rank < high).toBe(true);
    if (side === 'above') low = rank;
    else high = rank;
  }
});
