/** Ids as they stand in running text: with `#`, quotes or brackets around them, in Markdown links, in addresses. */

/** No id, name or address is longer; nothing is looked for in what is. */
const MAX_LENGTH = 2_000;

/** A text without what is put around an id. */
export function withoutDecoration(text: string): string {
  if (text.length > MAX_LENGTH) return text;
  return text.replace(/^[\s#"'`“”„‘’«»<>()[\]{}*]+|[\s"'`“”‘’«»<>()[\]{}*.,;:!]+$/g, '');
}

/**
 * What a text may name: itself without its decoration; of a Markdown link both what it shows and where it leads.
 */
function candidates(text: string): string[] {
  if (text.length > MAX_LENGTH) return [];
  return (linkIn(text) ?? [text]).map(withoutDecoration);
}

/** `[shown](address "title")`, with what may stand around it: the two texts. Taken apart without a pattern to backtrack. */
function linkIn(text: string): [shown: string, address: string] | undefined {
  const open = text.indexOf('[');
  const middle = text.indexOf('](', open);
  const end = text.indexOf(')', middle);
  if (open < 0 || middle < 0 || end < 0) return undefined;
  const isAlone = /^[\s"'`(*-]*$/.test(text.slice(0, open)) && /^[\s"'`)*.,;:!]*$/.test(text.slice(end + 1));
  const shown = text.slice(open + 1, middle);
  if (!isAlone || shown.includes(']')) return undefined;
  const [address = ''] = text
    .slice(middle + 2, end)
    .trim()
    .split(/\s/, 1);
  return [shown, address.replace(/^<|>$/g, '')];
}

/** The one id of that form that a text is, or undefined where it is none, or where it holds two different ones. */
export function writtenId(text: string, idOf: (plain: string) => string | undefined): string | undefined {
  const found = new Set(candidates(text).map(idOf));
  found.delete(undefined);
  return found.size === 1 ? [...found][0] : undefined;
}

/**
 * Of whatever host: Toado's own, a sandbox's and a proxy's are several, and nothing is asked of it; the id alone is sent,
 * to the API that is set.
 * @returns the segments of an address's path; of `https://app.toado.dev/tickets/t-8fK2aQ`, or without the `https://`. */
export function pathOf(address: string): string[] {
  if (!address.includes('/')) return [];
  const whole = /^https?:\/\//i.test(address) ? address : `https://${address.replace(/^\/+/, 'here/')}`;
  if (!URL.canParse(whole)) return [];
  return new URL(whole).pathname.split('/').filter(Boolean);
}

/** A list of a thousand addresses is shorter. */
const MAX_LIST_LENGTH = 100_000;

/** Takes a text of several ids or words apart: at commas, semicolons and white space outside of Markdown links. */
export function listItems(text: string): string[] {
  if (text.length > MAX_LIST_LENGTH) return [text];
  const parts = text.match(/\[[^\]\n]{0,200}\]\([^)\s]{0,500}\)|[^\s,;]+/g) ?? [];
  // The marks of a written list, and brackets that stand alone.
  return parts.filter((part) => !/^[-*•[\](){}"'`]+$/.test(part));
}

/** Whether it can stand in an address: not as dots, not with control characters or half of one. */
export function isReference(text: string): boolean {
  return !/^\.+$/.test(text) && !/[\u0000-\u001f\u007f]/.test(text) && isWellFormed(text);
}

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udfff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''));
}
