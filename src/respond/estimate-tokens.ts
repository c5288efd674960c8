/**
 * About how many tokens a text costs a model. Vocabularies differ; this walks the text as they cut it (words, digits
 * by threes, punctuation by pairs, bytes for rare scripts) and errs on the high side. Prose costs least, ids and times
 * much more for each character than most estimates say.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let last = NONE;
  /** How long the run of characters of one class is. */
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) {
      tokens += weightBeyondAscii(code);
      last = NONE;
      continue;
    }
    const kind = CLASSES[code]!;
    // A capital begins the word that goes on in small letters.
    const goesOn = kind === last || (kind === LOWER && last === UPPER && run === 1);
    if (goesOn && run++ % PER_TOKEN[kind]! > 0) {
      last = kind;
      continue;
    }
    if (!goesOn) run = 1;
    // A single space belongs to the word after it.
    if (kind !== SPACE || goesOn) tokens++;
    last = kind;
  }
  return Math.ceil(tokens * HIGH_SIDE);
}

const HIGH_SIDE = 1.06;
/** No character of a text costs more tokens than this. */
export const MAX_TOKENS_PER_ASCII = HIGH_SIDE;
export const MAX_TOKENS_PER_OTHER = 3 * HIGH_SIDE;

const NONE = 0;
const LOWER = 1;
const UPPER = 2;
const DIGIT = 3;
const SPACE = 4;
const BREAK = 5;
const MARK = 6;
/** How many characters of a run one token takes. */
const PER_TOKEN = [1, 5, 2, 3, 16, 4, 2];

const CLASSES = Array.from({ length: 0x80 }, (_, code) => classOf(String.fromCharCode(code)));

function classOf(letter: string): number {
  if (letter >= 'a' && letter <= 'z') return LOWER;
  if (letter >= 'A' && letter <= 'Z') return UPPER;
  if (letter >= '0' && letter <= '9') return DIGIT;
  if (letter === ' ' || letter === '\t') return SPACE;
  return letter >= '\n' && letter <= '\r' ? BREAK : MARK;
}

function weightBeyondAscii(code: number): number {
  // Half of an emoji or of another rare character.
  if (code >= 0xd800 && code <= 0xdfff) return 1.5;
  if (code < 0x800) return 1.1;
  // Scripts with vocabulary of their own: Indic and Thai, punctuation, Japanese, Chinese, Korean.
  const isFrequent =
    (code >= 0x900 && code <= 0xe7f) ||
    (code >= 0x2000 && code <= 0x206f) ||
    (code >= 0x3000 && code <= 0xd7af);
  return isFrequent ? 1.25 : 3;
}
