import type { TokenEntry } from '../../rules/tokens.ts';
import type { Names } from '../data/names.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { Text } from '../parts/text.tsx';
import { Time } from '../parts/time.tsx';
import { Budget, Reach, RevokeForm, ScopeList } from '../parts/token-parts.tsx';

export function TokensPage({ frame, tokens, names }: { frame: Frame; tokens: TokenEntry[]; names: Names }) {
  const live = tokens.filter(({ revoked_at }) => revoked_at === null);
  const revoked = tokens.filter(({ revoked_at }) => revoked_at !== null);
  return (
    <Page frame={frame} title="API tokens" place="tokens" class="tokens-page" renew={3}>
      <div class="head">
        <p class="crumbs">Settings</p>
        <h1>API tokens</h1>
        <a class="button primary" href="/settings/tokens/new">
          <Icon name="plus" />
          New token
        </a>
      </div>
      <p class="lead">
        A token lets an agent or a program act for its owner, within its scopes and restrictions. What it
        writes is marked with its label. Revoking holds from its next request on.
      </p>
      <div id="tokens" data-live>
        {live.length === 0 && (
          <p class="empty">
            No token is live. Make one, and give it to an agent: <a href="/settings/tokens/new">New token</a>
          </p>
        )}
        <ul class="token-list">
          {live.map((token) => (
            <TokenCard token={token} names={names} />
          ))}
        </ul>
        {revoked.length > 0 && (
          <details class="revoked" id="revoked">
            <summary>
              Revoked <span class="count">{revoked.length}</span>
            </summary>
            <ul class="token-list">
              {revoked.map((token) => (
                <TokenCard token={token} names={names} />
              ))}
            </ul>
          </details>
        )}
      </div>
    </Page>
  );
}

function TokenCard({ token, names }: { token: TokenEntry; names: Names }) {
  const isLive = token.revoked_at === null;
  return (
    <li class={`token ${isLive ? '' : 'token-revoked'}`} id={token.id}>
      <div class="token-head">
        <h2>
          <a href={`/settings/tokens/${token.id}`} dir="auto">
            <Text>{token.label}</Text>
          </a>
        </h2>
        <p class="token-owner">
          <Avatar user={token.user} size="small" />
          <span>{token.user.name}</span>
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
        {isLive ? (
          <>
            <Budget name="Reads left" budget={token.limits.read} />
            <Budget name="Writes left" budget={token.limits.write} />
          </>
        ) : (
          <div>
            <dt>Revoked</dt>
            <dd>
              <Time at={token.revoked_at!} />
            </dd>
          </div>
        )}
      </dl>
      <div class="token-actions">
        <a class="button" href={`/settings/tokens/${token.id}`} aria-label={`Activity of ${token.label}`}>
          Activity
        </a>
        {isLive && <RevokeForm token={token} />}
      </div>
    </li>
  );
}
