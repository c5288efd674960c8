import type { ClientGuide } from '../../model/guide.ts';
import type { TokenEntry } from '../../queries/token-list.ts';
import type { Names } from '../data/names.ts';
import { Connect } from '../parts/connect.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { Text } from '../parts/text.tsx';
import { Reach, ScopeList } from '../parts/token-parts.tsx';

/** The one time that a token's text is shown. A reload leads to the list. */
export function CreatedTokenPage(props: {
  frame: Frame;
  token: string;
  entry: TokenEntry;
  apiUrl: string;
  clients: ClientGuide[];
  names: Names;
}) {
  const { frame, token, entry, apiUrl, clients, names } = props;
  return (
    <Page frame={frame} title="Token made" place="tokens" class="narrow-page" reloadAt="/settings/tokens">
      <div class="head">
        <p class="crumbs">
          <a href="/settings/tokens">API tokens</a>
          <Icon name="chevron" />
        </p>
        <h1 dir="auto">
          <Text>{entry.label}</Text>
        </h1>
      </div>
      <section class="panel made">
        <p class="banner good" role="status">
          <Icon name="check" />
          <span>
            <strong>The token is made.</strong> Copy it now: it is shown this once, and only its hash is kept.
          </span>
        </p>
        <p class="secret">
          <code id="token-text" tabindex={0}>
            {token}
          </code>
          <CopyButton text={token} what="token" />
        </p>
        <ScopeList scopes={entry.scopes} />
        <p class="note">
          May see: <Reach token={entry} names={names} />
        </p>
      </section>
      <Connect apiUrl={apiUrl} clients={clients} />
      <PostForm action="/try" class="buttons">
        <input type="hidden" name="token" value={token} />
        <a class="button" href="/settings/tokens">
          Done
        </a>
        <button type="submit" class="button primary">
          Try it with this token
        </button>
      </PostForm>
    </Page>
  );
}
