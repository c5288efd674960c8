import { visible } from '../../../base/visible.ts';
import type { Actor } from '../../model/actor.ts';
import type { TokenEntry } from '../../queries/token-list.ts';
import type { Names } from '../data/names.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { Text } from '../parts/text.tsx';
import { Time } from '../parts/time.tsx';
import {
  Budget,
  mayHoldTokens,
  mayRevoke,
  NoTokens,
  Reach,
  RevokeForm,
  ScopeList,
  StateBadge,
} from '../parts/token-parts.tsx';

export function TokensPage({ frame, tokens, names }: { frame: Frame; tokens: TokenEntry[]; names: Names }) {
  const works = tokens.filter(({ state }) => state === 'live' || state === 'powerless');
  const own = works.filter(({ user }) => user.id === frame.person.user.id);
  const others = works.filter((token) => !own.includes(token));
  const expired = tokens.filter(({ state }) => state === 'expired');
  const revoked = tokens.filter(({ state }) => state === 'revoked' || state === 'withdrawn');
  const mayHold = mayHoldTokens(frame);
  const listed = { person: frame.person, names };
  return (
    <Page frame={frame} title="API tokens" place="tokens" class="tokens-page" renew={3}>
      <div class="head">
        <p class="crumbs">Settings</p>
        <h1>API tokens</h1>
        {mayHold && (
          <a class="button primary" href="/settings/tokens/new">
            <Icon name="plus" />
            New token
          </a>
        )}
      </div>
      {!mayHold && <NoTokens frame={frame} />}
      <p class="lead">
        A token lets an agent or a program act for its owner, within its scopes and restrictions. What it
        writes is marked with its label. Revoking holds from its next request on.
      </p>
      <div id="tokens" data-live>
        {own.length === 0 && mayHold && (
          <p class="empty">
            You have no token that works. Make one, and give it to an agent:{' '}
            <a href="/settings/tokens/new">New token</a>
          </p>
        )}
        <TokenList {...listed} tokens={own} />
        {others.length > 0 && (
          <section aria-labelledby="others-title">
            <h2 id="others-title" class="list-title">
              Other people’s, in the companies that you run
            </h2>
            <TokenList {...listed} tokens={others} />
          </section>
        )}
        <Folded {...listed} name="Expired" tokens={expired} />
        <Folded {...listed} name="Revoked" tokens={revoked} />
      </div>
    </Page>
  );
}

interface ListProps {
  person: Actor;
  names: Names;
  tokens: TokenEntry[];
}

function TokenList({ tokens, ...listed }: ListProps) {
  return (
    <ul class="token-list">
      {tokens.map((token) => (
        <TokenCard {...listed} token={token} />
      ))}
    </ul>
  );
}

/** Tokens that no longer work. */
function Folded({ name, ...list }: ListProps & { name: string }) {
  if (list.tokens.length === 0) return null;
  return (
    <details class="revoked" id={name.toLowerCase()}>
      <summary>
        {name} <span class="count">{list.tokens.length}</span>
      </summary>
      <TokenList {...list} />
    </details>
  );
}

function TokenCard({ token, person, names }: Omit<ListProps, 'tokens'> & { token: TokenEntry }) {
  const isLive = token.state === 'live';
  return (
    <li class={`token ${isLive ? '' : 'token-revoked'}`} id={token.id}>
      <div class="token-head">
        <h2>
          <a href={`/settings/tokens/${token.id}`} dir="auto">
            <Text>{token.label}</Text>
          </a>
        </h2>
        <StateBadge token={token} />
        <p class="token-owner">
          <Avatar user={token.user} size="small" />
          <span>
            <Text>{token.user.name}</Text>
          </span>
        </p>
      </div>
      <ScopeList scopes={token.scopes} />
      <dl class="facts">
        <div>
          <dt>May see</dt>
          <dd>
            <Reach token={token} names={names} />
          </dd>
        </div>
        <div>
          <dt>Last used</dt>
          <dd>{token.last_used_at ? <Time at={token.last_used_at} /> : 'never'}</dd>
        </div>
        {isLive && <Budget name="Reads left" budget={token.limits.read} />}
        {isLive && <Budget name="Writes left" budget={token.limits.write} />}
        {token.expires_at && (
          <div>
            <dt>{token.state === 'expired' ? 'Expired' : 'Expires'}</dt>
            <dd>
              <Time at={token.expires_at} />
            </dd>
          </div>
        )}
        {token.revoked_at && (
          <div>
            <dt>Revoked</dt>
            <dd>
              <Time at={token.revoked_at} />
            </dd>
          </div>
        )}
      </dl>
      <div class="token-actions">
        <a
          class="button"
          href={`/settings/tokens/${token.id}`}
          aria-label={`Activity of ${visible(token.label)}`}
        >
          Activity
        </a>
        {mayRevoke(token) && <RevokeForm token={token} person={person} />}
      </div>
    </li>
  );
}
