/** What our own form around a name is made of: `Jason (claude-code) · via MCP`, lists, fields. */
const OURS = /[()·,;|=:"\n\t]|\bvia\b/i;

/** A name that somebody chose, where it stands in a line of ours: in quotation marks if it could be taken for more of it. */
export function saidName(name: string): string {
  return OURS.test(name) ? JSON.stringify(name) : name;
}
