import type { Budget as BudgetState } from '../../auth/limits.ts';
import { scopes as allScopes, expandScopes, scopeOf } from '../../model/scopes.ts';
import type { TokenEntry } from '../../rules/tokens.ts';
import type { Names } from '../data/names.ts';
import { Icon } from './icon.tsx';
import { PostForm } from './post-form.tsx';
import { Text } from './text.tsx';

/** What it was given, and paler what that includes. */
export function ScopeList({ scopes }: { scopes: string[] }) {
  const given = new Set(scopes.map(scopeOf));
  const expanded = expandScopes(scopes);
  return (
    <ul class="scopes" aria-label="Scopes">
      {allScopes
        .filter((scope) => expanded.has(scope))
        .map((scope) => (
          <li class={given.has(scope) ? 'scope' : 'scope included'}>
            {scope}
            {!given.has(scope) && <small> included</small>}
          </li>
        ))}
    </ul>
  );
}

/** Which companies and projects it reaches. */
export function Reach({ token, names }: { token: Pick<TokenEntry, 'companies' | 'projects'>; names: Names }) {
  const named = (ids: string[]) => ids.map((id) => names.get(id) ?? id).join(', ');
  if (token.companies === null && token.projects === null) return <>Everything its owner sees</>;
  return (
    <>
      <Text>{named(token.companies ?? [])}</Text>
      {token.projects ? (
        <>
          {' › '}
          <Text>{named(token.projects)}</Text>
        </>
      ) : (
        ', all projects'
      )}
    </>
  );
}

export function Budget({ name, budget }: { name: string; budget: BudgetState }) {
  return (
    <div class="budget">
      <dt>{name}</dt>
      <dd>
        <meter
          min={0}
          max={budget.limit}
          low={budget.limit / 5}
          value={budget.remaining}
          aria-label={`${name}, of ${budget.limit} a minute`}
        />
        <span class="number">
          {budget.remaining} of {budget.limit} a minute
        </span>
      </dd>
    </div>
  );
}

export function RevokeForm({ token }: { token: TokenEntry }) {
  return (
    <PostForm
      action={`/settings/tokens/${token.id}/revoke`}
      data-enhance
      data-says={`Revoked ${token.label}. Its next request is refused.`}
    >
      <button type="submit" class="button danger" aria-label={`Revoke ${token.label}`}>
        <Icon name="close" />
        Revoke
      </button>
    </PostForm>
  );
}
