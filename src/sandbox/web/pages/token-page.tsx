import type { ActivityEntry } from '../../queries/activity.ts';
import type { Page as Rows } from '../../queries/page.ts';
import type { TokenEntry } from '../../queries/token-list.ts';
import type { Names } from '../data/names.ts';
import { activitySentence } from '../parts/activity-sentence.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { Text } from '../parts/text.tsx';
import { Time } from '../parts/time.tsx';
import { Budget, mayRevoke, Reach, RevokeForm, ScopeList, StateBadge } from '../parts/token-parts.tsx';

/** One token: what it may do, and every row it wrote. */
export function TokenPage(props: {
  frame: Frame;
  token: TokenEntry;
  activity: Rows<ActivityEntry>;
  names: Names;
}) {
  const { frame, token, activity, names } = props;
  return (
    <Page frame={frame} title={token.label} place="tokens" class="token-page" renew={3}>
      <div class="head" id="token-head" data-live>
        <p class="crumbs">
          <a href="/settings/tokens">API tokens</a>
          <Icon name="chevron" />
          <span class="id">{token.id}</span>
          <StateBadge token={token} />
        </p>
        <h1 dir="auto">
          <Text>{token.label}</Text>
        </h1>
        {mayRevoke(token) && <RevokeForm token={token} person={frame.person} />}
      </div>
      <section class="panel" id="token-facts" data-live aria-label="What it may do">
        <ScopeList scopes={token.scopes} />
        <dl class="facts">
          <div>
            <dt>Owner</dt>
            <dd class="token-owner">
              <Avatar user={token.user} size="small" />
              <span>{token.user.name}</span>
            </dd>
          </div>
          <div>
            <dt>May see</dt>
            <dd>
              <Reach token={token} names={names} />
            </dd>
          </div>
          <Moment name="Made" at={token.created_at} />
          <Moment name="Last used" at={token.last_used_at} />
          {token.expires_at && (
            <Moment name={token.state === 'expired' ? 'Expired' : 'Expires'} at={token.expires_at} />
          )}
          {token.revoked_at && <Moment name="Revoked" at={token.revoked_at} />}
          {token.state === 'live' && <Budget name="Reads left" budget={token.limits.read} />}
          {token.state === 'live' && <Budget name="Writes left" budget={token.limits.write} />}
        </dl>
      </section>
      <section class="panel" id="activity" data-live aria-labelledby="activity-title">
        <h2 id="activity-title">Activity</h2>
        {activity.items.length === 0 ? (
          <p class="empty">It has written nothing yet. Every row that it writes shows up here.</p>
        ) : (
          <ol class="activity">
            {activity.items.map((entry) => (
              <li id={`write-${entry.seq}`}>
                <Time at={entry.by.at} />
                <span class="what">
                  <Text>{activitySentence(entry)}</Text>
                </span>
                {entry.ticket_id && (
                  <a href={`/tickets/${entry.ticket_id}`} dir="auto">
                    <Text>{entry.ticket_title ?? entry.ticket_id}</Text>
                  </a>
                )}
                <span class="via">{entry.by.via === 'mcp' ? 'via MCP' : 'via API'}</span>
              </li>
            ))}
          </ol>
        )}
        {activity.cursor && (
          <p class="more">
            <a href={`/settings/tokens/${token.id}?cursor=${encodeURIComponent(activity.cursor)}`}>Earlier</a>
          </p>
        )}
      </section>
    </Page>
  );
}

function Moment({ name, at }: { name: string; at: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{at ? <Time at={at} /> : 'never'}</dd>
    </div>
  );
}
