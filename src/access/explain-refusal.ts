/**
 * What a refusal has to do with the token: which scope is missing, and what the token is limited to, by name where a
 * name was seen. Asks nobody: what is known of the token is enough.
 */

import { Failure } from '../base/failure.ts';
import { quoteName } from '../base/quote-name.ts';
import { type Scope, scopeOf } from '../base/scopes.ts';
import { TOKENS_PAGE } from '../base/tokens-page.ts';
import type { KnownNames } from '../toado-api/client/known-names.ts';
import { missingThing } from '../toado-api/errors/error-codes.ts';
import { givesReason } from '../toado-api/errors/refusal-reason.ts';
import type { GrantState } from './grant.ts';

const MAX_NAMED = 12;
const OF_MEMBERS = '(a Member edits only tickets they created)';

/** @param scope that the tool needs. */
export function explainRefusal(
  failure: Failure,
  scope: Scope | undefined,
  grant: GrantState,
  names: KnownNames,
): Failure {
  const { code, outcome, details } = failure;
  if (outcome !== 'rejected') return failure;
  if (code === 'insufficient_scope') return lacking(failure, scopeOf(details.requiredScope ?? '') ?? scope);
  const limits = grant.state === 'granted' ? limitsOf(grant, names) : undefined;
  if (code === 'forbidden' && givesReason(details.apiMessage)) return asToldByToado(failure, limits);
  if (grant.state !== 'granted') return failure;
  if (code === 'forbidden')
    return limits
      ? changed(
          failure,
          `The token may not touch this: it is outside of what the token is limited to, or its owner’s role does not allow it ${OF_MEMBERS}.`,
          limits,
        )
      : changed(
          failure,
          `The role of the token’s owner does not allow this ${OF_MEMBERS}; the token itself is not limited to some companies or projects.`,
        );
  const missing = missingThing(code);
  if (limits && missing)
    return changed(
      failure,
      `There is no such ${missing}, or it lies outside of what this token is limited to. Ids are case-sensitive.`,
      limits,
    );
  return failure;
}

function lacking(failure: Failure, scope: string | undefined): Failure {
  if (!scope) return failure;
  return new Failure(
    failure.code,
    `The token lacks the scope ${scope}, which this needs.`,
    `A person can make a token with ${scope} under ${TOKENS_PAGE}. whoami lists what this one has.`,
    { ...failure.details, requiredScope: scope },
  );
}

/** Its reason is in its words, which stand in the fence: no other one is claimed here. */
function asToldByToado(failure: Failure, limits?: string): Failure {
  const next = 'See what it says, then decide; whoami shows what the token may do.';
  return changed(failure, 'Toado refused this, and says why below.', limits, next);
}

function changed(failure: Failure, sentence: string, limits?: string, next = failure.next): Failure {
  return new Failure(failure.code, sentence, next, {
    ...failure.details,
    ...(limits ? { lists: { title: 'This token is limited to:', text: limits } } : {}),
  });
}

/** Undefined where it isn't limited, as far as Toado says. */
function limitsOf({ info }: GrantState & { state: 'granted' }, names: KnownNames): string | undefined {
  const lines = (
    [
      ['companies', 'company'],
      ['projects', 'project'],
    ] as const
  ).flatMap(([field, kind]) => {
    const ids = info[field];
    if (!ids) return [];
    const shown = ids.slice(0, MAX_NAMED).map((id) => {
      const name = names.of(kind, id);
      return name ? `${quoteName(name)} (${quoteName(id)})` : quoteName(id);
    });
    const more = ids.length > MAX_NAMED ? `, ${ids.length - MAX_NAMED} more` : '';
    return `${field}: ${shown.join(', ') || 'none'}${more}`;
  });
  return lines.length > 0 ? lines.join('\n') : undefined;
}
