/** The little statistics that a report needs, each by its textbook name. */

/** Of the normal distribution, for 95 %. */
const Z = 1.959963984540054;

export interface Interval {
  low: number;
  high: number;
}

/** Wilson's score interval for a share, 95 %. */
export function wilson(passed: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = passed / of;
  const denominator = 1 + (Z * Z) / of;
  const middle = share + (Z * Z) / (2 * of);
  const half = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  return {
    low: Math.max(0, (middle - half) / denominator),
    high: Math.min(1, (middle + half) / denominator),
  };
}

/** pass@k: that at least one of k tries passes; unbiased, from n tries of which c passed. */
export function passAtK(n: number, c: number, k: number): number {
  return 1 - chooseRatio(n - c, n, k);
}

/** pass^k: that all of k tries pass; unbiased, from n tries of which c passed. */
export function passHatK(n: number, c: number, k: number): number {
  return chooseRatio(c, n, k);
}

/** C(a, k) / C(n, k). */
function chooseRatio(a: number, n: number, k: number): number {
  if (k < 1 || k > n) throw new RangeError(`k is ${k}, and there are ${n} tries`);
  let ratio = 1;
  for (let at = 0; at < k; at++) ratio *= Math.max(0, a - at) / (n - at);
  return ratio;
}

/** Fisher's exact test, two-sided: how likely two shares differ at least as much by chance. */
export function fisherExact(a: number, ofA: number, b: number, ofB: number): number {
  const passed = a + b;
  const all = ofA + ofB;
  const chance = (x: number) =>
    Math.exp(logChoose(ofA, x) + logChoose(ofB, passed - x) - logChoose(all, passed));
  const seen = chance(a);
  let p = 0;
  for (let x = Math.max(0, passed - ofB); x <= Math.min(ofA, passed); x++) {
    const its = chance(x);
    // With a tolerance: equal chances may differ in their last digits.
    if (its <= seen * (1 + 1e-9)) p += its;
  }
  return Math.min(1, p);
}

const logFactorials: number[] = [0];

function logFactorial(n: number): number {
  for (let at = logFactorials.length; at <= n; at++)
    logFactorials.push(logFactorials[at - 1]! + Math.log(at));
  return logFactorials[n]!;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

export interface Stratum {
  before: readonly number[];
  after: readonly number[];
}

const SAMPLES = 10_000;

/**
 * A permutation test in strata, two-sided: within each scenario which run belongs to which side is dealt anew, and the
 * differences of the means, summed over the scenarios, are compared with the one seen. The same numbers at every call.
 */
export function permutationTest(strata: readonly Stratum[]): number {
  const usable = strata.filter(({ before, after }) => before.length > 0 && after.length > 0);
  const seen = Math.abs(usable.reduce((sum, { before, after }) => sum + mean(after) - mean(before), 0));
  const random = mulberry32(20_260_728);
  const decks = usable.map(({ before, after }) => ({ all: [...before, ...after], first: before.length }));
  let asFar = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    let difference = 0;
    for (const { all, first } of decks) {
      shuffle(all, random);
      difference += mean(all.slice(first)) - mean(all.slice(0, first));
    }
    if (Math.abs(difference) >= seen - 1e-9) asFar++;
  }
  // The order that was observed counts as one of the samples, so that p is never 0.
  return (asFar + 1) / (SAMPLES + 1);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Holm's correction: the p-values as they are to be read when several tests are looked at together. */
export function holm(values: readonly number[]): number[] {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value);
  const corrected = new Array<number>(values.length);
  let highest = 0;
  for (const [rank, { value, at }] of order.entries()) {
    highest = Math.max(highest, Math.min(1, value * (values.length - rank)));
    corrected[at] = highest;
  }
  return corrected;
}

function shuffle(values: number[], random: () => number): void {
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [values[at], values[other]] = [values[other]!, values[at]!];
  }
}

/** A small generator with a seed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
