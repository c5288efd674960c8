/**
 * Whether a text means a thing by its name. One rule: a name is that name, whatever the letters' case, the encoding of
 * accents and the white space. Every other sign counts (`Grade A-`, `C#`, `10²`, `re-sign`). Beyond that only what
 * models write for a name: a hyphen for a longer dash, quotes around it, straight apostrophes, an identifier of its words
 * (`in_progress`, `todo`), and no picture where it begins or ends with one.
 */
import type { Named } from '../../toado-api/client/known-names.ts';
import { withoutDecoration } from './written-ids.ts';

/** Nobody's name is longer. */
const MAX_COMPARED_LENGTH = 1_000;

export function folded(name: string): string {
  return name.slice(0, MAX_COMPARED_LENGTH).normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** One dash for another, never for none. */
function withHyphens(text: string): string {
  return text.replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, '-');
}

/** From the strictest reading of what was given to the loosest; the first that fits anything decides. */
const READINGS: ((given: string) => (one: Named) => boolean)[] = [
  (given) => (one) => one.id === given,
  (given) => {
    const wanted = folded(given);
    return (one) => folded(one.name) === wanted;
  },
  (given) => {
    const wanted = withHyphens(folded(given));
    return (one) => withHyphens(folded(one.name)) === wanted;
  },
  (given) => {
    const isWritten = asModelsWrite(given);
    const plain = withoutQuotes(given);
    return (one) => isWritten(one.name) || one.id === plain;
  },
];

/** All that a text may mean: more than one where it is ambiguous. */
export function fittingName(given: string, among: readonly Named[]): Named[] {
  return firstFit(
    READINGS.map((reading) => reading(given)),
    among,
  );
}

/** The same for people, who are also meant by their address, and by a part of the name that only one has. */
export function fittingPerson(given: string, among: readonly Named[]): Named[] {
  const address = addressIn(given);
  if (address === undefined) {
    const found = fittingName(given, among);
    return found.length > 0 ? found : withPartOfName(given, among);
  }
  // A name may be chosen to look like somebody's address: then both are meant, and neither is taken.
  const each = READINGS.flatMap((reading) => [reading(given), reading(address)]);
  return among.filter((one) => hasAddress(one, given) || each.some((fits) => fits(one)));
}

/** Whether a text is that person's address, which nobody else has. */
export function hasAddress({ email }: Named, given: string): boolean {
  const address = addressIn(given);
  return !!email && address !== undefined && folded(email) === folded(address);
}

/** `mia@acme.test`, `<mia@acme.test>`, `Mia <mia@acme.test>`. */
function addressIn(given: string): string | undefined {
  if (!given.includes('@') || given.length > MAX_COMPARED_LENGTH) return undefined;
  const plain = given.slice(given.indexOf('<') + 1);
  const address = withoutDecoration(plain);
  return /^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$/.test(address) ? address : undefined;
}

function withPartOfName(given: string, among: readonly Named[]): Named[] {
  const wanted = withHyphens(withoutQuotes(folded(given))).replace(/^@/, '');
  if (wanted === '') return [];
  const isWord = ({ name }: Named) => withHyphens(folded(name)).split(' ').includes(wanted);
  // Ann-Marie may be called Ann, too: asked for beside another Ann, not taken for one.
  const isPart = ({ name }: Named) =>
    folded(name)
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .includes(wanted);
  return among.some(isWord) ? among.filter((one) => isWord(one) || isPart(one)) : [];
}

function firstFit(readings: readonly ((one: Named) => boolean)[], among: readonly Named[]): Named[] {
  for (const fits of readings) {
    const found = among.filter(fits);
    if (found.length > 0) return found;
  }
  return [];
}

function asModelsWrite(given: string): (name: string) => boolean {
  const text = withHyphens(withoutQuotes(folded(given)));
  const wanted = inWords(text);
  const isPlain = /^[\p{L}\p{M}]+$/u.test(text);
  const hasPicture = PICTURE.test(text);
  return (name) => {
    const whole = withHyphens(folded(name));
    const its = hasPicture ? whole : withoutPictures(whole);
    if (its === '' || wanted === '') return false;
    return (
      inWords(its) === wanted ||
      (isPlain && /^[\p{L}\p{M} ]+$/u.test(its) && its.replaceAll(' ', '') === text)
    );
  };
}

const QUOTED = /^(?:"(.+)"|'(.+)'|`(.+)`|“(.+)”|‘(.+)’|„(.+)“|«(.+)»)$/u;

/** A text that stands in quotes, without them. */
export function withoutQuotes(text: string): string {
  const whole = text.trim();
  const inside = QUOTED.exec(whole)
    ?.slice(1)
    .find((one) => one !== undefined);
  return inside === undefined ? whole : inside.trim();
}

/** What is written as an identifier, in words; between digits, and before one, a sign may be more than a space. */
function inWords(text: string): string {
  const straight = text.replace(/[‘’]/g, "'");
  if (!/^[\p{L}\p{M}\p{N}_-]+$/u.test(straight)) return straight;
  return straight.replace(
    /(?<=[\p{L}\p{M}])[_-](?=\p{L})|(?<=[\p{L}\p{M}])_(?=\p{N})|(?<=\p{N})_(?=\p{L})/gu,
    ' ',
  );
}

/** As they are shown in colour: © and ™ are signs. */
const ONE_PICTURE = String.raw`(?:(?=\p{Emoji_Presentation})\p{Extended_Pictographic}|\p{Extended_Pictographic}\ufe0f)\p{Emoji_Modifier}?(?:\u200d\p{Extended_Pictographic}\ufe0f?)*`;
const PICTURE = new RegExp(ONE_PICTURE, 'u');
const PICTURES = new RegExp(ONE_PICTURE, 'gu');

/** Without those at its ends. */
function withoutPictures(text: string): string {
  if (!PICTURE.test(text)) return text;
  const pictures = [...text.matchAll(PICTURES)];
  const isBlank = (from: number, to: number) => text.slice(from, to).trim() === '';
  let [from, to] = [0, text.length];
  for (const { index, 0: picture } of pictures) {
    if (!isBlank(from, index)) break;
    from = index + picture.length;
  }
  for (const { index, 0: picture } of pictures.reverse()) {
    if (index < from || !isBlank(index + picture.length, to)) break;
    to = index;
  }
  return text.slice(from, to).trim();
}
