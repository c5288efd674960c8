import { closest, distance } from 'fastest-levenshtein';

/** The known word that was probably meant, or undefined where none is close. Case doesn't matter. */
function nearest(word: string, known: readonly string[]): string | undefined {
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
  if (distance(lower, best.toLowerCase()) > Math.max(2, Math.floor(best.length / 3))) return undefined;
  return areWordsNear(lower, best.toLowerCase()) ? best : undefined;
}

/** Where both have as many words, each has to be near: `delete_ticket` is no slip for `create_ticket`. */
function areWordsNear(one: string, other: string): boolean {
  const [words, others] = [one, other].map((text) => text.split(/[^\p{L}\p{N}]+/u)) as [string[], string[]];
  if (words.length < 2 || words.length !== others.length) return true;
  return words.every((word, at) => distance(word, others[at]!) <= Math.max(2, Math.floor(word.length / 2)));
}

/** ` Did you mean …?`, to follow a sentence about a word that isn't known; nothing where none is close. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant ? ` Did you mean ${meant}?` : '';
}

/** `there is no tool "…". Did you mean …?`, about a word that somebody gave. */
export function thereIsNo(what: string, word: string, known: readonly string[]): string {
  return `there is no ${what} ${JSON.stringify(word)}.${didYouMean(word, known)}`;
}

/** Whether a name is what was probably meant by another: the same, or one of its words is, but for a slip. */
export function isNear(given: string, name: string): boolean {
  const [one, other] = [given, name].map((text) => text.toLowerCase().slice(0, 100).trim()) as [
    string,
    string,
  ];
  if (isSlip(one, other)) return true;
  const words = (text: string) => text.split(/[\s_-]+/).filter((word) => word.length > 2);
  return words(one).some((word) => words(other).some((second) => isSlip(word, second)));
}

function isSlip(one: string, other: string): boolean {
  return distance(one, other) <= Math.floor(Math.min(one.length, other.length) / 4);
}
