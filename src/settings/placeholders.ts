/**
 * Values that stand for another value: a client that fills in no variables passes `${TOADO_API_TOKEN}` on as it stands,
 * and what is pasted from instructions may still say where the token belongs.
 */
const REFERENCE = /^(\$\{[^}]*\}|\$\w+|%\w+%|\{\{[^}]*\}\}|<[^<>]*>|\$\([^)]*\)|\$\{\{[^}]*\}\})$/;
const PLACEHOLDER =
  /(^|[\W_])(paste|yours?|replace[\W_]?(me|this)|change[\W_]?me|placeholder|goes[\W_]here|token[\W_]here)([\W_]|$)/;

export function isUnfilled(value: string): boolean {
  return REFERENCE.test(value.trim());
}

/** Whether a token, in whichever case, is one of those that stand in instructions: `tok_PASTE_YOURS_HERE`, `tok_…`, `tok_xxxxxxxx`. */
export function isPlaceholderToken(token: string): boolean {
  const rest = token.replace(/^tok_/, '').toLowerCase();
  return (
    isUnfilled(token) || /\.{3}|…/.test(rest) || /^([x*._-])\1{2,}$/.test(rest) || PLACEHOLDER.test(rest)
  );
}
