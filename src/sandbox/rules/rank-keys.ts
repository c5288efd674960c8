/**
 * Where a ticket stands in its column: ten decimal digits and, for one that was put between two neighbours, a
 * fraction in base 62. Compared as bytes. Moving one ticket never changes another one's rank, which keeps cursors
 * right while a board is being sorted; only where fractions have become long are a column's ranks spread anew.
 */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const wholeLength = 10;
const middle = 5_000_000_000;
const highest = 9_999_999_999;

/**
 * A rank after `above` and before `below`; undefined stands for the top and the bottom end. `above < below` must
 * hold.
 */
export function rankBetween(above: string | undefined, below: string | undefined): string {
  if (above === undefined && below === undefined) return String(middle);
  if (above === undefined) return String(whole(below!) - 1);
  // Files of earlier versions have tickets at the very end: what comes after them gets a fraction.
  if (below === undefined && whole(above) < highest) return String(whole(above) + 1);
  if (below === undefined) return String(highest) + fractionBetween(fraction(above), undefined);
  if (whole(below) - whole(above) > 1) return String(whole(above) + 1);
  const ceiling = whole(below) === whole(above) ? fraction(below) : undefined;
  return String(whole(above)) + fractionBetween(fraction(above), ceiling);
}

/** Longer than any board's sorting makes them, unless somebody goes on putting tickets at one and the same place. */
export const MAX_RANK_LENGTH = 100;

/** So many ranks with room between them, in order. */
export function evenRanks(count: number): string[] {
  return Array.from({ length: count }, (_, at) => String(middle + (at - (count >> 1)) * 1000));
}

function whole(rank: string): number {
  return Number(rank.slice(0, wholeLength));
}

function fraction(rank: string): string {
  return rank.slice(wholeLength);
}

/** The shortest fraction near the middle of two; neither they nor it end in a zero. */
function fractionBetween(low: string, high: string | undefined): string {
  let result = '';
  let bounded = high !== undefined;
  for (let at = 0; ; at++) {
    const from = at < low.length ? digits.indexOf(low[at]!) : 0;
    const to = bounded ? (at < high!.length ? digits.indexOf(high![at]!) : 0) : digits.length;
    const half = (from + to) >> 1;
    if (half > from) return result + digits[half];
    result += digits[from];
    if (to > from) bounded = false;
  }
}
