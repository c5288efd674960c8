/** The spellings of a token that are looked for (SECURITY.md names them), as patterns and as a quick look before them. */
import { HIDDEN_RANGES } from '../base/visible.ts';

/** base64 spells three bytes with four letters: the letters that depend on what stands before and after are cut off. */
function base64Core(secret: Buffer, offset: number): string {
  const padded = Buffer.concat([Buffer.alloc(offset), secret]);
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor((padded.length * 8) / 6);
  return padded.toString('base64').slice(start, end);
}

/** In either case; a pattern's own flag for that costs several times as much. */
const literal = (text: string) =>
  text
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);

/** HTML has names for some of the characters that a token can have. */
const ENTITIES: Record<string, string> = {
  '!': 'excl',
  '"': 'quot',
  '#': 'num',
  $: 'dollar',
  '%': 'percnt',
  '&': 'amp',
  "'": 'apos',
  '(': 'lpar',
  ')': 'rpar',
  '*': 'ast|midast',
  '+': 'plus',
  ',': 'comma',
  '.': 'period',
  '/': 'sol',
  ':': 'colon',
  ';': 'semi',
  '<': 'lt',
  '=': 'equals',
  '>': 'gt',
  '?': 'quest',
  '@': 'commat',
  '[': 'lsqb|lbrack',
  '\\': 'bsol',
  ']': 'rsqb|rbrack',
  '^': 'hat',
  _: 'lowbar|underbar',
  '`': 'grave|diacriticalgrave',
  '{': 'lcub|lbrace',
  '|': 'verbar|vert|verticalline',
  '}': 'rcub|rbrace',
};

/** One character in every spelling that a program might give it inside a text. */
function spellings(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, '0');
  const octal = code.toString(8).padStart(3, '0');
  const name = ENTITIES[character];
  const names = name ? `|(?:${name.split('|').map(literal).join('|')});?` : '';
  const escapes = `${literal(character)}|[uU]00${literal(hex)}|[uU]\\{0{0,4}${literal(hex)}\\}|[xX]${literal(hex)}|0?${octal}`;
  const numbers = `#(?:0{0,6}${code}(?!\\d)|[xX]0{0,6}${literal(hex)}(?![\\da-fA-F]));?`;
  return `(?:${literal(character)}|%(?:25){0,4}${literal(hex)}|\\\\{1,4}(?:${escapes})|&(?:amp;){0,2}(?:${numbers}${names}))`;
}

const unit = (point: number) => `\\u${point.toString(16).padStart(4, '0')}`;
/** What shows nothing, for the inside of a class; with both halves of what lies beyond the first plane. */
const UNSEEN_CLASS = HIDDEN_RANGES.filter(([first]) => first <= 0xffff)
  .map(([first, last]) => `${unit(first)}-${unit(last)}`)
  .join('');
/** The same as it is or escaped: NUL of UTF-16 read as bytes, zero-width characters. */
const UNSEEN = `(?:[${UNSEEN_CLASS}]|\\\\{1,4}(?:[uU](?:0000|00[aA][dD]|180[eE]|200[b-fB-F]|20[26][0-9a-fA-F]|[fF][eE][fF][fF])|[xX]00|0)|%(?:25){0,4}00|&#0{1,4};){0,4}`;
/** Where mail, PEM and terminals break long base64. */
const WRAP = '(?:[\\s>]|\\\\{1,2}[rnt]){0,4}';
/** base64 is broken into lines of 60 letters or more. */
const SHORTEST_LINE = 60;
const SHORTEST_BASE64 = 8;

/** Spellings of one kind. */
export interface Family {
  pattern: RegExp;
  /** Whether a text may hold one, seen quickly; only then the pattern is worth its time. */
  mayBeIn: (text: string) => boolean;
}

/** Of a longer one its beginning is looked for, and what follows goes with it. */
const MAX_LENGTH = 256;

export function spellingsOf(whole: string): Family[] {
  const secret = whole.slice(0, MAX_LENGTH);
  const rest = secret === whole ? '' : `[^\\s"'<>\\\\]*`;
  const bytes = Buffer.from(secret);
  const wide = Buffer.from(secret, 'utf16le');
  const cores = [bytes, wide]
    .flatMap((buffer) => [0, 1, 2].map((offset) => base64Core(buffer, offset)))
    .filter((core) => core.length >= SHORTEST_BASE64);
  const base64 = [
    ...new Set(cores.flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')])),
  ];
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const encoded = [
    hex.map(literal).join('(?:00)?'),
    ...base64.map((core) => [...core].map(literal).join(WRAP)),
  ];
  return [
    {
      pattern: new RegExp([...secret].map(spellings).join(UNSEEN) + rest, 'g'),
      mayBeIn: looksWritten(secret),
    },
    {
      pattern: new RegExp(encoded.map((pattern) => pattern + rest).join('|'), 'g'),
      mayBeIn: looksEncoded([hex.join(''), hex.join('00'), ...base64]),
    },
  ];
}

/** How many characters of a secret are looked for in the quick look; all tokens begin with `tok_`. */
const HEAD = 4;

/**
 * Whether a text has what it must have for a secret to be written in it: its first characters as they are, or the sign
 * of one of them spelt otherwise. Most texts have neither.
 */
function looksWritten(secret: string): Family['mayBeIn'] {
  const head = secret.slice(0, HEAD);
  const afterBackslash = [...new Set(`ux01${head}`)].map(literal).join('|');
  const entities = ['#', 'amp;', 'lowbar', 'underbar'].map(literal).join('|');
  const sign = new RegExp(`[%${UNSEEN_CLASS}]|${literal(head)}|\\\\(?:${afterBackslash})|&(?:${entities})`);
  return (text) => sign.test(text);
}

/** Whether a part of one of these, long enough to mean it, is in a text. */
function looksEncoded(encoded: readonly string[]): Family['mayBeIn'] {
  const fragments = encoded.flatMap((one) => piecesOf(one.toLowerCase())).map(fromRarest);
  return (text) => {
    const lower = text.toLowerCase();
    return fragments.some((one) => lower.includes(one));
  };
}

/** Pieces of which at least one is whole, wherever lines are broken. */
function piecesOf(text: string): string[] {
  const count = Math.ceil(text.length / SHORTEST_LINE) + 1;
  const size = Math.floor(text.length / count);
  return Array.from({ length: count }, (_, at) => text.slice(at * size, (at + 1) * size));
}

/** Of the letters that texts are made of, the rarest first; a search is as quick as its first character is rare. */
const RAREST = 'zqjxkvw0987654321';

/** An end of it that begins with a rare character and is long enough to mean it. */
function fromRarest(text: string): string {
  const half = text.slice(0, Math.ceil(text.length / 2));
  const rarest = [...RAREST].find((letter) => half.includes(letter));
  return rarest === undefined ? text : text.slice(text.indexOf(rarest));
}
