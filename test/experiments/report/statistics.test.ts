import { describe, expect, test } from 'vitest';
import {
  fisherExact,
  holm,
  passAtK,
  passHatK,
  permutationTest,
  wilson,
} from '../../../src/experiments/report/statistics.ts';

describe('Wilson’s interval, 95 %', () => {
  // From R: prop.test(x, n, correct = FALSE)$conf.int
  test.each([
    [0, 10, 0, 0.2775328],
    [5, 10, 0.2365931, 0.7634069],
    [8, 10, 0.4901625, 0.9433178],
    [10, 10, 0.7224672, 1],
    [1, 1, 0.2065493, 1],
  ])('%i of %i', (passed, of, low, high) => {
    const interval = wilson(passed, of);
    expect(interval.low).toBeCloseTo(low, 5);
    expect(interval.high).toBeCloseTo(high, 5);
  });
  test('without runs it knows nothing', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('pass@k and pass^k', () => {
  test('by counting all ways of choosing k of n', () => {
    for (const [n, c] of [
      [5, 3],
      [6, 0],
      [4, 4],
      [7, 1],
    ] as const)
      for (let k = 1; k <= n; k++) {
        const tries = Array.from({ length: n }, (_, at) => at < c);
        const subsets = choose(tries, k);
        const share = (holds: (subset: boolean[]) => boolean) =>
          subsets.filter(holds).length / subsets.length;
        expect(passHatK(n, c, k)).toBeCloseTo(
          share((subset) => subset.every(Boolean)),
          10,
        );
        expect(passAtK(n, c, k)).toBeCloseTo(
          share((subset) => subset.some(Boolean)),
          10,
        );
      }
  });
  test('more tries than there are can’t be judged', () => {
    expect(() => passHatK(3, 3, 4)).toThrow(RangeError);
    expect(() => passAtK(3, 3, 0)).toThrow(RangeError);
  });
});

function choose<Value>([first, ...rest]: Value[], k: number): Value[][] {
  if (k === 0) return [[]];
  if (first === undefined) return [];
  return [...choose(rest, k - 1).map((subset) => [first, ...subset]), ...choose(rest, k)];
}

describe('Fisher’s exact test, two-sided', () => {
  // From R: fisher.test(matrix(c(a, ofA - a, b, ofB - b), 2))$p.value
  test.each([
    [3, 4, 1, 4, 0.4857143],
    [1, 10, 11, 14, 0.002759456],
    [5, 5, 0, 5, 0.007936508],
    [5, 10, 5, 10, 1],
    [0, 5, 0, 5, 1],
  ])('%i of %i and %i of %i', (a, ofA, b, ofB, p) => {
    expect(fisherExact(a, ofA, b, ofB)).toBeCloseTo(p, 6);
  });
});

describe('permutation test within strata', () => {
  test('agrees with counting all deals of one stratum', () => {
    // 3 and 3 values, all of one side larger: 2 of the 20 deals are as far apart.
    const p = permutationTest([{ before: [1, 2, 3], after: [10, 11, 12] }]);
    expect(p).toBeCloseTo(0.1, 1);
  });
  test('what differs between strata only is no difference', () => {
    const strata = [
      { before: [1, 1, 1, 1], after: [1, 1, 1, 1] },
      { before: [900, 900, 900, 900], after: [900, 900, 900, 900] },
    ];
    expect(permutationTest(strata)).toBe(1);
  });
  test('a small difference in every stratum adds up', () => {
    const strata = Array.from({ length: 12 }, (_, at) => ({
      before: [at * 100, at * 100 + 1],
      after: [at * 100 + 2, at * 100 + 3],
    }));
    expect(permutationTest(strata)).toBeLessThan(0.001);
  });
  test('the same numbers at every call', () => {
    const strata = [{ before: [1, 5, 2, 8], after: [3, 9, 4, 4] }];
    expect(permutationTest(strata)).toBe(permutationTest(strata));
  });
});

test('Holm’s correction', () => {
  expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06].map((value) => expect.closeTo(value, 10)));
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});
