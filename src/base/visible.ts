/**
 * Makes invisible characters visible. Text from tickets can carry orders that a person doesn't see: bidirectional
 * overrides, zero-width and tag characters, control characters. They come out as `⟦U+202E⟧`. Joiners and selectors
 * stay where an emoji or a script needs them, one at a time: a run of them is somebody's hidden message.
 */

/** Control, format and filler characters that show nothing, as ranges of code points. */
export const HIDDEN_RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x13430, 0x1345f],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];
const hex = (point: number) => `\\u{${point.toString(16)}}`;
const HIDDEN_CLASS = `${HIDDEN_RANGES.map(([first, last]) => `${hex(first)}-${hex(last)}`).join('')}\\p{Noncharacter_Code_Point}`;
/** Most text has none of them: one quick test. */
const HAS_HIDDEN = new RegExp(`[${HIDDEN_CLASS}]`, 'u');
/** By code unit: whether it may be hidden, or begin what is. Asking a pattern about each character takes ten times as long. */
const MAY_HIDE = new Uint8Array(0x10000);
for (const [first, last] of HIDDEN_RANGES) if (first < 0x10000) MAY_HIDE.fill(1, first, last + 1);
MAY_HIDE.fill(1, 0xd800, 0xe000);
MAY_HIDE.fill(1, 0xfdd0, 0xfdf0);
MAY_HIDE.fill(1, 0xfffe, 0x10000);
/** The same one many times over, which would come out eight times as long. */
const RUN = new RegExp(`([${HIDDEN_CLASS}])\\1{15,}`, 'u');
const RUNS = new RegExp(RUN, 'gu');
/** Different ones in a row, more than any script or picture needs: the first of them tell what it is. */
const MIXED_RUN = new RegExp(`[${HIDDEN_CLASS}]{64,}`, 'gu');
const SHOWN_OF_RUN = 8;

/** Made when it is first asked about: Node then looks up whole scripts, which no start needs. */
type Kind = () => RegExp;

/** Letters and signs of the scripts that join their letters: a joiner, or a non-joiner, changes the word. */
const JOINING = () =>
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Mongolian}\p{Script=Phags_Pa}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;
/** The scripts that stack consonants; a joiner stands beside the sign that kills a vowel. */
const STACKING = () =>
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
/** Scripts without spaces between words, which mark the breaks with a zero-width space. */
const UNSPACED = () => /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const MONGOLIAN = () => /\p{Script=Mongolian}/u;
const SHOWN = () => /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u;
const PICTURE = () => /\p{Extended_Pictographic}/u;
const SKIN = () => /\p{Emoji_Modifier}/u;
/** The only flags that are written with tag characters: England, Scotland, Wales. */
const TAGGED_FLAG =
  /\u{1f3f4}(?:\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f})/gu;
const ZWSP = '\u200b';
const ZWNJ = '\u200c';
const ZWJ = '\u200d';
const TEXT_STYLE = '\ufe0e';
const EMOJI_STYLE = '\ufe0f';
const MONGOLIAN_STYLES = ['\u180b', '\u180c', '\u180d', '\u180e', '\u180f'];
/** Those that some neighbours need: only of these it is asked. */
const MAY_BE_NEEDED = new Set([ZWSP, ZWNJ, ZWJ, TEXT_STYLE, EMOJI_STYLE, ...MONGOLIAN_STYLES]);
const KEYCAP = '\u20e3';

export function visible(text: string): string {
  if (!HAS_HIDDEN.test(text)) return text;
  return splitHidden(RUN.test(text) || text.search(MIXED_RUN) >= 0 ? withoutRuns(text) : text)
    .map((part) => (typeof part === 'string' ? part : nameOf(part)))
    .join('');
}

/** `U+202E` */
export function codePointName(point: number): string {
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

const names = new Map<number, string>();

function nameOf(point: number): string {
  const known = names.get(point);
  if (known) return known;
  const name = `⟦${codePointName(point)}⟧`;
  names.set(point, name);
  return name;
}

/** A text as what shows and, as numbers, the code points that don't; for those who mark them in their own way. */
export function splitHidden(text: string): (string | number)[] {
  if (!HAS_HIDDEN.test(text)) return [text];
  const found: (string | number)[] = [];
  /** What shows and is not in `found` yet: it is put together only once. */
  let shown = '';
  let from = 0;
  const hide = (point: number) => {
    if (shown !== '') found.push(shown);
    shown = '';
    found.push(point);
  };
  const flags = new Set<number>();
  for (const flag of text.matchAll(TAGGED_FLAG)) {
    for (let at = flag.index; at < flag.index + flag[0].length; at++) flags.add(at);
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (MAY_HIDE[code] === 0) continue;
    const point = text.codePointAt(at)!;
    const length = point > 0xffff ? 2 : 1;
    const hidden = text.slice(at, at + length);
    if (HAS_HIDDEN.test(hidden)) {
      if (at > from) shown += text.slice(from, at);
      from = at + length;
      if (flags.has(at) || isNeeded(text, hidden, at)) shown += hidden;
      else if (hidden === '\r') shown += text[from] === '\n' ? '' : '\n';
      else hide(point);
    }
    at += length - 1;
  }
  shown += text.slice(from);
  if (shown !== '') found.push(shown);
  return found;
}

function withoutRuns(text: string): string {
  return text
    .replace(RUNS, (run: string, one: string) =>
      one === '\r' ? '\n' : `⟦${codePointName(one.codePointAt(0)!)} ×${run.length / one.length}⟧`,
    )
    .replace(MIXED_RUN, (run) => {
      const all = Array.from(run, (one) => one.codePointAt(0)!);
      return `${all.slice(0, SHOWN_OF_RUN).map(nameOf).join('')}⟦${all.length - SHOWN_OF_RUN} more that don’t show⟧`;
    });
}

/** What is to stand on one line: line breaks and tabs are made visible, too. */
export function visibleInLine(text: string): string {
  return visible(text).replace(/[\n\t]/g, (one) => nameOf(one.codePointAt(0)!));
}

function isNeeded(text: string, hidden: string, at: number): boolean {
  if (!MAY_BE_NEEDED.has(hidden)) return false;
  const left = before(text, at);
  const right = after(text, at + hidden.length);
  switch (hidden) {
    case ZWJ:
      return joinsPictures(text, at, left, right) || (isOf(JOINING, left) && !isHidden(right)) || isStacked();
    case ZWNJ:
      return (
        (isOf(JOINING, left) && isOf(SHOWN, right)) ||
        (isOf(JOINING, right) && isOf(SHOWN, left)) ||
        isStacked()
      );
    case ZWSP:
      return isOf(UNSPACED, left) && isOf(UNSPACED, right);
    case TEXT_STYLE:
    case EMOJI_STYLE:
      return isOf(PICTURE, left) || (/[0-9#*]/.test(left) && right === KEYCAP);
    case '\u180b':
    case '\u180c':
    case '\u180d':
    case '\u180e':
    case '\u180f':
      return isOf(MONGOLIAN, left);
    default:
      return false;
  }

  function isStacked(): boolean {
    return isOf(STACKING, left) && !isHidden(right);
  }
}

/** `👩‍💻`: a picture, its skin colour or its emoji style, then another picture. */
function joinsPictures(text: string, at: number, left: string, right: string): boolean {
  if (!isOf(PICTURE, right)) return false;
  if (left !== EMOJI_STYLE) return isOf(PICTURE, left) || isOf(SKIN, left);
  return isOf(PICTURE, before(text, at - 1));
}

/** Whether a character is one that shows and is of that kind. */
function isOf(kind: Kind, character: string): boolean {
  return kind().test(character) && !isHidden(character);
}

function isHidden(character: string): boolean {
  return HAS_HIDDEN.test(character);
}

function before(text: string, at: number): string {
  if (at <= 0) return '';
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? text.slice(at - 2, at) : text[at - 1]!;
}

function after(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? '' : String.fromCodePoint(point);
}
