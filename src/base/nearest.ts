import { closest, distance } from 'fastest-levenshtein';

/** The known word that was probably meant, or undefined where none is close. Case doesn't matter. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = word.toLowerCase().slice(0, 100);
  const best =
    known[
      known
        .map((one) => one.toLowerCase())
        .indexOf(
          closest(
            lower,
            known.map((one) => one.toLowerCase()),
          ),
        )
    ]!;
  return distance(lower, best.toLowerCase()) <= Math.max(2, Math.floor(best.length / 3)) ? best : undefined;
}

/** ` Did you mean …?`, to follow a sentence about a word that isn't known; nothing where none is close. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant ? ` Did you mean ${meant}?` : '';
}

/** The `count` known words that look most like it, the closest first: for a suggestion after a miss. */
export function closestOf(word: string, known: readonly string[], count = 3): string[] {
  const lower = word.toLowerCase().slice(0, 100);
  const score = (one: string) => {
    const other = one.toLowerCase();
    return other.includes(lower) || lower.includes(other) ? 0 : distance(lower, other);
  };
  return [...known].sort((a, b) => score(a) - score(b)).slice(0, count);
}
