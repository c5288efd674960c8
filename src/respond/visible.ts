/**
 * Makes invisible characters visible. Text from tickets can carry orders that a person doesn't see: bidirectional
 * overrides, zero-width and tag characters, control characters. They come out as `⟦U+202E⟧`. Joiners and variation
 * selectors that emoji and some scripts need stay as they are.
 */

/** Control, format and filler characters that show nothing, as ranges of code points. */
const HIDDEN_RANGES: readonly (readonly [first: number, last: number])[] = [
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
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];
const hex = (point: number) => `\\u{${point.toString(16)}}`;
const HIDDEN_CLASS = `[${HIDDEN_RANGES.map(([first, last]) => `${hex(first)}-${hex(last)}`).join('')}]`;
/** Most text has none of them: one quick test. */
const HAS_HIDDEN = new RegExp(HIDDEN_CLASS, 'u');
const HIDDEN = new RegExp(HIDDEN_CLASS, 'gu');

/** Scripts whose words change shape or meaning with a joiner: Arabic's family, and the Indic ones. */
const JOINED_SCRIPT =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u20e3/u;
const EMOJI_BASE = /[\p{Emoji}\p{Extended_Pictographic}]/u;
/** The only flags that are written with tag characters: England, Scotland, Wales. */
const TAGGED_FLAG =
  /\u{1f3f4}(?:\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f})/gu;
const ZWNJ = '\u200c';
const ZWJ = '\u200d';

export function visible(text: string): string {
  if (!HAS_HIDDEN.test(text)) return text;
  const flags = new Set<number>();
  for (const flag of text.matchAll(TAGGED_FLAG)) {
    for (let at = flag.index; at < flag.index + flag[0].length; at++) flags.add(at);
  }
  return text.replace(HIDDEN, (hidden: string, at: number) => {
    if (flags.has(at) || isNeeded(hidden, before(text, at), after(text, at + hidden.length))) return hidden;
    if (hidden === '\r') return text[at + 1] === '\n' ? '' : '\n';
    return `⟦U+${hidden.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟧`;
  });
}

function isNeeded(hidden: string, left: string, right: string): boolean {
  if (hidden === ZWJ) {
    return (
      (EMOJI.test(left) && /\p{Emoji}/u.test(right)) || (JOINED_SCRIPT.test(left) && !HAS_HIDDEN.test(right))
    );
  }
  if (hidden === ZWNJ) return JOINED_SCRIPT.test(left) && JOINED_SCRIPT.test(right);
  // Text or emoji style, after something that has both.
  if (hidden === '\ufe0e' || hidden === '\ufe0f') return EMOJI_BASE.test(left);
  return false;
}

function before(text: string, at: number): string {
  if (at === 0) return '';
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(at - 2, at) : text[at - 1]!;
}

function after(text: string, at: number): string {
  const point = text.codePointAt(at);
  return point === undefined ? '' : String.fromCodePoint(point);
}
