/** What our own form around a name is made of: `Jason (claude-code) · via MCP`, lists, fields. */
const OURS = /[()·,;|=:"\n\t]|\bvia\b/i;
const NOT_ASCII = /[^ -~]/;

/**
 * A name that somebody chose, where it stands in a line of ours: in quotation marks if it could be taken for more of it.
 * Hidden characters in it stay: they are made visible later, with the whole text (respond/sanitize.ts).
 */
export function quoteName(name: string): string {
  // East Asian forms of the same signs look alike.
  const plain = NOT_ASCII.test(name) ? name.normalize('NFKC') : name;
  if (!OURS.test(plain)) return name;
  return `"${name.replace(/[\\"]/g, '\\$&').replace(/[\n\t]/g, ' ')}"`;
}
