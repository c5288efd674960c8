import type { Attribution } from '../rest/shapes.ts';

/** How people read it in Toado: `Jason (claude-code on macbook) · via MCP`. */
export function shownAs({ user, token, via }: Pick<Attribution, 'user' | 'token' | 'via'>): string {
  const who = user.name ?? user.id;
  const label = token ? ` (${token.label ?? token.id})` : '';
  const through = via && via !== 'web' ? ` · via ${via.toUpperCase()}` : '';
  return `${who}${label}${through}`;
}

/** An attribution as an agent reads it: in people's words, with the ids beside. */
export function authored(attribution: Attribution | null | undefined) {
  if (!attribution) return undefined;
  const { user, token, via, at, ...rest } = attribution;
  const { id: user_id, name: _name, ...restOfUser } = user;
  const { id: token_id, label: _label, ...restOfToken } = token ?? {};
  return {
    shown_as: shownAs({ user, token, via }),
    at,
    user_id,
    token_id,
    user: filled(restOfUser),
    token: filled(restOfToken),
    ...rest,
  };
}

/** What else a later Toado says of somebody, where it does. */
function filled(rest: Record<string, unknown>): Record<string, unknown> | undefined {
  return Object.keys(rest).length > 0 ? rest : undefined;
}
