import { visible } from '../../../base/visible.ts';
import type { Budget as BudgetState } from '../../auth/rate-limiter.ts';
import type { Actor } from '../../model/actor.ts';
import { scopes as allScopes, expandScopes, scopeOf } from '../../model/scopes.ts';
import type { TokenEntry } from '../../queries/token-list.ts';
import type { Names } from '../data/names.ts';
import { Icon } from './icon.tsx';
import type { Frame } from './layout.tsx';
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
  const named = (ids: string[]) =>
    [...new Set(ids.map((id) => names.get(id) ?? 'what you can’t see'))].join(', ') || 'nothing of yours';
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

const stateNames = {
  powerless: 'Paused',
  expired: 'Expired',
  revoked: 'Revoked',
  withdrawn: 'Taken out',
} as const;

/** Why a token doesn't work; nothing for one that does. */
export function StateBadge({ token: { state, user } }: { token: TokenEntry }) {
  if (state === 'live') return null;
  const why = `${user.name} is a viewer, or no member any more: viewers hold no tokens`;
  return (
    <span class="badge bad" title={state === 'powerless' ? why : undefined}>
      {stateNames[state]}
    </span>
  );
}

/** Viewers hold no tokens: somebody who is more in some company does. */
export function mayHoldTokens({ companies }: Frame): boolean {
  return companies.some(({ role }) => role !== 'viewer');
}

export function NoTokens({ frame }: { frame: Frame }) {
  return (
    <p class="banner" role="note">
      <Icon name="alert" />
      <span>
        <strong>Viewers hold no tokens.</strong> {frame.person.user.name} is a viewer, so nothing can be made
        here. Ask an owner or admin of the company for another role, or act as somebody else.
      </span>
    </p>
  );
}

/** Whether revoking it changes anything for the reader. */
export function mayRevoke({ state }: TokenEntry): boolean {
  return state !== 'revoked' && state !== 'withdrawn';
}

/** The owner revokes a token; others, who run companies, take those out of its reach. */
export function RevokeForm({ token, person }: { token: TokenEntry; person: Actor }) {
  const own = token.user.id === person.user.id;
  const label = visible(token.label);
  const says = own ? 'Its next request is refused.' : 'It no longer reaches the companies that you run.';
  const does = own ? 'Revoke' : 'Revoke in your companies';
  const id = `revoke-${token.id}`;
  return (
    <>
      <button type="button" class="button danger" popovertarget={id} aria-label={`${does} ${label}`}>
        <Icon name="close" />
        {does}
      </button>
      <div id={id} class="dialog small" popover="auto" role="dialog" aria-labelledby={`${id}-title`}>
        <PostForm
          action={`/settings/tokens/${token.id}/revoke`}
          data-enhance
          data-says={`Revoked ${label}. ${says}`}
        >
          <h2 id={`${id}-title`}>
            {does} <Text>{token.label}</Text>?
          </h2>
          <p>{says} A token that was revoked can’t be brought back.</p>
          <p class="buttons">
            <button type="button" class="button" popovertarget={id} popovertargetaction="hide" autofocus>
              Keep it
            </button>
            <button type="submit" class="button danger" aria-label={`Yes, revoke it: ${label}`}>
              Yes, revoke it
            </button>
          </p>
        </PostForm>
      </div>
    </>
  );
}
