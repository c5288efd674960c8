/**
 * `JSON.parse` that keeps whole numbers beyond 2^53: they come out as texts with all their digits, where Node 20
 * would round them. Almost no answer has one, so a look at every sixteenth character decides.
 */
export function parseJson(written: string): unknown {
  // Some servers write a byte order mark.
  const text = written.charCodeAt(0) === 0xfeff ? written.slice(1) : written;
  return JSON.parse(mayHoldLongNumber(text) ? withLongNumbersQuoted(text) : text);
}

/** What is longer is parsed in pieces (`parse-large.ts`). A busy ticket with its devtools is about 2 MB. */
export const MAX_WHOLE_LENGTH = 2.5 * 1024 * 1024;

/** No number of fewer digits is beyond 2^53. */
const DIGITS = 16;

/** False for NaN, which is what lies beyond a text's end. */
function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function mayHoldLongNumber(text: string): boolean {
  // Sixteen digits in a row cover a position that is divisible by sixteen.
  for (let at = DIGITS - 1; at < text.length; at += DIGITS) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let from = at;
    while (from > 0 && isDigit(text.charCodeAt(from - 1))) from--;
    let to = at + 1;
    while (isDigit(text.charCodeAt(to))) to++;
    if (to - from >= DIGITS) return true;
  }
  return false;
}

const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;

function withLongNumbersQuoted(text: string): string {
  let out = '';
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = endOfString(text, at);
    } else if (code === 45 || isDigit(code)) {
      NUMBER.lastIndex = at;
      const found = NUMBER.exec(text);
      if (!found) continue;
      const [number, fraction, exponent] = found;
      if (!fraction && !exponent && !Number.isSafeInteger(Number(number))) {
        out += `${text.slice(copied, at)}"${number}"`;
        copied = at + number.length;
      }
      at += number.length - 1;
    }
  }
  return out + text.slice(copied);
}

/** The position of the quotation mark that ends the string. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 92) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/** No explanation is longer, and of an answer that broke off no more is looked at. */
export const MAX_PART_LENGTH = 256 * 1024;

/** What is whole in a text that broke off, or that something follows; undefined where nothing is. */
export function parsePart(written: string): unknown {
  const text = written.slice(0, MAX_PART_LENGTH);
  const open: string[] = [];
  /** The end of the last value that is whole; `open` is what was open there. */
  let whole = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') {
      open.push(character === '{' ? '}' : ']');
      whole = at + 1;
    } else if (character === ',') whole = at;
    else if (character === '}' || character === ']') {
      open.pop();
      whole = at + 1;
      if (open.length === 0) break;
    }
  }
  const ends = open.toReversed().join('');
  // Its last value may be whole, too.
  return (open.length > 0 ? parsed(text + ends) : undefined) ?? parsed(text.slice(0, whole) + ends);
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
