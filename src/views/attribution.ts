import { quoteName } from '../base/quote-name.ts';
import type { Attribution } from '../toado-api/schemas/index.ts';
import { withUnknown } from './unknown-fields.ts';

/** How people read it in Toado: `Jason (claude-code on macbook) · via MCP`. Undefined where nobody is named. */
export function shownAs({
  user,
  token,
  via,
}: Pick<Attribution, 'user' | 'token' | 'via'>): string | undefined {
  const who = user?.name ?? user?.id;
  if (!who) return undefined;
  const made = token?.label ?? token?.id;
  const through = via && via !== 'web' ? ` · via ${quoteName(via.toUpperCase())}` : '';
  return `${quoteName(who)}${made ? ` (${quoteName(made)})` : ''}${through}`;
}

/** An attribution as an agent reads it: in people's words, with the ids beside. */
export function authored(attribution: Attribution | null | undefined) {
  if (!attribution) return undefined;
  const { user, token } = attribution;
  const words = {
    shown_as: shownAs(attribution),
    at: attribution.at,
    user_id: user?.id,
    token_id: token?.id,
    user: user ? beyond(user, ['id', 'name']) : undefined,
    token: token ? beyond(token, ['id', 'label']) : undefined,
  };
  return withUnknown(words, attribution, ['via']);
}

/** Names say who it was; ids of people are asked for where a call needs them (list_members). */
export const OMITTED_OF_AUTHORS = ['user_id', 'token_id'] as const;

/** What else a later Toado says of somebody, where it does. */
function beyond(
  fields: Record<string, unknown>,
  known: readonly string[],
): Record<string, unknown> | undefined {
  const rest = withUnknown({}, fields, known);
  return Object.keys(rest).length > 0 ? rest : undefined;
}
