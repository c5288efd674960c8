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
  const octal = code.toString(8);
  const name = ENTITIES[character];
  const names = name ? `|(?:${name.split('|').map(literal).join('|')});?` : '';
  const escapes = `${literal(character)}|[uU]00${literal(hex)}|[uU]\\{0{0,4}${literal(hex)}\\}|[xX]${literal(hex)}|0{0,2}${octal}`;
  const numbers = `#(?:0{0,6}${code}(?!\\d)|[xX]0{0,6}${literal(hex)}(?![\\da-fA-F]));?`;
  return `(?:${literal(character)}|%(?:25){0,4}${literal(hex)}|=${literal(hex)}|\\\\{1,4}(?:${escapes})|&(?:amp;){0,2}(?:${numbers}${names}))`;
}

const unit = (point: number) => `\\u${point.toString(16).padStart(4, '0')}`;
/** What shows nothing, for the inside of a class; with both halves of what lies beyond the first plane. */
const UNSEEN_CLASS = HIDDEN_RANGES.filter(([first]) => first <= 0xffff)
  .map(([first, last]) => `${unit(first)}-${unit(last)}`)
  .join('');
const ESCAPED_BREAK = '(?:\\\\{1,2}r)?\\\\{1,2}n';
const BREAK = `(?:\\r?\\n|${ESCAPED_BREAK})`;
/**
 * Quoted-printable breaks a line with a `=` at its end; mail and terminals without. A CR alone is unseen already: taken
 * here, too, each break could be read in two ways, and twenty of them in a million.
 */
const SOFT_BREAK = `(?:=${BREAK}|\\n|${ESCAPED_BREAK})`;
/** The same as it is or escaped: NUL of UTF-16 read as bytes, zero-width characters; a line broken by mail. */
const UNSEEN = `(?:[${UNSEEN_CLASS}]|\\\\{1,4}(?:[uU](?:0000|00[aA][dD]|180[eE]|200[b-fB-F]|20[26][0-9a-fA-F]|[fF][eE][fF][fF])|[xX]00|0)|%(?:25){0,4}00|=00|&#0{1,4};|${SOFT_BREAK}){0,4}`;
/** Where mail, PEM and terminals break long base64. */
const WRAP = '(?:[\\s>]|\\\\{1,2}[rnt]){0,4}';
/** base64 is broken into lines of 60 letters or more. */
const SHORTEST_LINE = 60;
const SHORTEST_BASE64 = 8;

/** What dumps of bytes put between them (`74:6f`, `74 6f`, `0x74, 0x6f`, `746f 6b5f`); UTF-16 adds a NUL to each byte. */
const BYTE_GAP = '[\\s:;,.|-]{0,2}(?:0[xX])?';
const BETWEEN_BYTES = `${BYTE_GAP}(?:00${BYTE_GAP})?`;

/** Where letters and digits have other forms that Unicode's NFKC takes for the same. */
const OTHER_FORMS: readonly (readonly [first: number, last: number])[] = [
  [0x2070, 0x209c],
  [0x2100, 0x2149],
  [0x2460, 0x24ff],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff5e],
  [0x1d400, 0x1d7ff],
  [0x1f100, 0x1f190],
];
/** The first halves of those beyond the first plane stand for all of them. */
const OTHER_FORM = new RegExp(
  `[${OTHER_FORMS.map(([first, last]) => (first > 0xffff ? '\\ud835\\ud83c' : `${unit(first)}-${unit(last)}`)).join('')}]`,
);

/** Made when it is first needed: by character, its other forms. */
let formsByCharacter: Map<string, string[]> | undefined;
function otherForms(character: string): string[] {
  if (!formsByCharacter) {
    formsByCharacter = new Map();
    for (const [first, last] of OTHER_FORMS) {
      for (let point = first; point <= last; point++) {
        const form = String.fromCodePoint(point);
        const plain = form.normalize('NFKC');
        if (plain !== form && plain.length === 1)
          formsByCharacter.set(plain, [...(formsByCharacter.get(plain) ?? []), form]);
      }
    }
  }
  return formsByCharacter.get(character) ?? [];
}

/** One character as it is or in another form, in either case. */
function inAnyForm(character: string): string {
  const cases = new Set([character, character.toLowerCase(), character.toUpperCase()]);
  return `(?:${[literal(character), ...[...cases].flatMap(otherForms)].join('|')})`;
}

/** Spellings of one kind. */
export interface Family {
  readonly pattern: RegExp;
  /** Whether a text may hold one, seen quickly; only then the pattern is worth its time. */
  mayBeIn: (text: string) => boolean;
}

/** Of a longer one its beginning is looked for, and what follows goes with it. */
const MAX_LENGTH = 256;
/** All tokens begin with it, so what follows is the secret: it goes alone, too, where it can't be a word or a name. */
const PREFIX = 'tok_';
const SHORTEST_ALONE = 16;

/** How short the shortest text can be that holds a spelling of it. */
export function shortestSpelling(secret: string): number {
  return standsAlone(secret) ? secret.length - PREFIX.length : secret.length;
}

function standsAlone(secret: string): boolean {
  const rest = secret.slice(PREFIX.length);
  return secret.startsWith(PREFIX) && rest.length >= SHORTEST_ALONE && /\d/.test(rest);
}

export function spellingsOf(whole: string): Family[] {
  const secret = whole.slice(0, MAX_LENGTH);
  const rest = secret === whole ? '' : `[^\\s"'<>\\\\]*`;
  const family = (mayBeIn: Family['mayBeIn'], spelt: () => string) => new LazyFamily(mayBeIn, spelt, rest);
  // What is found without the prefix is found with it.
  const alone = standsAlone(secret) ? secret.slice(PREFIX.length) : secret;
  const base64 = base64Of(alone);
  return [
    family(looksWritten(secret), () => written(secret)),
    family(looksDumped(hexOf(alone)), () => dumped(secret, alone)),
    family(looksEncoded(base64), () => encoded(alone === secret ? base64 : [...base64Of(secret), ...base64])),
    // In full-width, mathematical and other letters.
    family(
      (text) => OTHER_FORM.test(text),
      () => [...secret].map(inAnyForm).join(UNSEEN),
    ),
  ];
}

/** Its pattern is long, and seldom needed. */
class LazyFamily implements Family {
  readonly mayBeIn: Family['mayBeIn'];
  readonly #spelt: () => string;
  readonly #rest: string;
  #pattern: RegExp | undefined;

  constructor(mayBeIn: Family['mayBeIn'], spelt: () => string, rest: string) {
    this.mayBeIn = mayBeIn;
    this.#spelt = spelt;
    this.#rest = rest;
  }

  get pattern(): RegExp {
    this.#pattern ??= new RegExp(`(?:${this.#spelt()})${this.#rest}`, 'g');
    return this.#pattern;
  }
}

/** Character by character, with or without what all tokens begin with. */
function written(secret: string): string {
  const characters = [...secret].map(spellings);
  if (!standsAlone(secret)) return characters.join(UNSEEN);
  const prefix = characters.slice(0, PREFIX.length).map((one) => one + UNSEEN);
  return `(?:${prefix.join('')})?${characters.slice(PREFIX.length).join(UNSEEN)}`;
}

function hexOf(secret: string): string[] {
  return [...Buffer.from(secret)].map((byte) => literal(byte.toString(16).padStart(2, '0')));
}

function dumped(secret: string, alone: string): string {
  const prefix = hexOf(secret.slice(0, secret.length - alone.length)).map((one) => one + BETWEEN_BYTES);
  return `(?:${prefix.join('')})?${hexOf(alone).join(BETWEEN_BYTES)}`;
}

function encoded(cores: readonly string[]): string {
  return cores.map((core) => [...core].map(literal).join(WRAP)).join('|');
}

/** What stands in any base64 of it: at every offset, of its bytes and of both orders of UTF-16. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Without the last NUL, the same bytes stand in both orders: only what is before and after them differs.
  const wide = Buffer.from(secret, 'utf16le').subarray(0, -1);
  const cores = [bytes, wide]
    .flatMap((buffer) => [0, 1, 2].map((offset) => base64Core(buffer, offset)))
    .filter((core) => core.length >= SHORTEST_BASE64);
  return [...new Set(cores.flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')]))];
}

/** How many characters of a secret are looked for in the quick look. */
const HEAD = 4;

/**
 * Whether a text has what it must have for a secret to be written in it: its first characters as they are, also over the
 * ends of lines, or the sign of one of them spelt otherwise. Most texts have neither.
 */
function looksWritten(secret: string): Family['mayBeIn'] {
  const head = secret.slice(0, HEAD);
  const headAlone = standsAlone(secret) ? secret.slice(PREFIX.length, PREFIX.length + HEAD) : '';
  const plain = new RegExp(
    [head, headAlone]
      .filter(Boolean)
      .map((one) => [...one].map(literal).join(`${SOFT_BREAK}{0,4}`))
      .join('|'),
  );
  const characters = [...new Set(head + headAlone)];
  const afterBackslash = [...new Set(['u', 'x', '0', '1', ...characters])].map(literal).join('|');
  const names = characters.flatMap((character) => ENTITIES[character]?.split('|') ?? []);
  const entities = ['#', 'amp;', ...names].map(literal).join('|');
  const quoted = [...new Set(Buffer.from(head + headAlone))]
    .map((byte) => literal(byte.toString(16).padStart(2, '0')))
    .join('|');
  // One class for what begins a sign: several alternatives would be tried at each character.
  const sign = new RegExp(
    `[%\\\\&=${UNSEEN_CLASS}](?:(?<=[%${UNSEEN_CLASS}])|(?<=\\\\)(?:${afterBackslash})|(?<=&)(?:${entities})|(?<==)(?:${quoted}|00|${BREAK}))`,
  );
  return (text) => plain.test(text) || sign.test(text);
}

/** Whether its first bytes are in a text as hex. */
function looksDumped(hex: readonly string[]): Family['mayBeIn'] {
  const sign = new RegExp(hex.slice(0, HEAD).join(BETWEEN_BYTES));
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
