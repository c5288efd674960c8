/** Ids as they stand in running text: with `#`, quotes or brackets around them, in Markdown links, in addresses. */

/** No id, name or address is longer; nothing is looked for in what is. */
const MAX_LENGTH = 2_000;

/** A text without what is put around an id. */
export function undecorated(text: string): string {
  if (text.length > MAX_LENGTH) return text;
  return text.replace(/^[\s#"'`“”„‘’«»<>()[\]{}*]+|[\s"'`“”‘’«»<>()[\]{}*.,;:!]+$/g, '');
}

/**
 * What a text may name: itself without its decoration; of a Markdown link both what it shows and where it leads.
 */
function candidates(text: string): string[] {
  if (text.length > MAX_LENGTH) return [];
  const link = /^[\s"'`(*-]*\[([^\]]*)\]\(\s*<?([^\s<>()]*)>?\s*(?:"[^"]*")?\s*\)[\s"'`)*.,;:!]*$/.exec(text);
  return (link ? [link[1]!, link[2]!] : [text]).map(undecorated);
}

/** The one id of that form that a text is, or undefined where it is none, or where it holds two different ones. */
export function writtenId(text: string, idOf: (plain: string) => string | undefined): string | undefined {
  const found = new Set(candidates(text).map(idOf));
  found.delete(undefined);
  return found.size === 1 ? [...found][0] : undefined;
}

/** The segments of an address's path; of `https://app.toado.dev/tickets/t-8fK2aQ`, or without the `https://`. */
export function pathOf(address: string): string[] {
  if (!address.includes('/')) return [];
  const whole = /^https?:\/\//i.test(address) ? address : `https://${address.replace(/^\/+/, 'here/')}`;
  if (!URL.canParse(whole)) return [];
  return new URL(whole).pathname.split('/').filter(Boolean);
}

/** Takes a text of several ids or words apart: at commas, semicolons and white space outside of Markdown links. */
export function listItems(text: string): string[] {
  const parts = text.match(/\[[^\]\n]{0,500}\]\([^)\s]{0,1000}\)|[^\s,;]+/g) ?? [];
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
