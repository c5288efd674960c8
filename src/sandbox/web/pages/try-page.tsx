import type { ClientGuide } from '../../model/guide.ts';
import type { TokenEntry } from '../../queries/token-list.ts';
import type { SeedToken } from '../../seed/world/world.ts';
import type { Names } from '../data/names.ts';
import { Connect } from '../parts/connect.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { Text } from '../parts/text.tsx';
import { Reach, ScopeList } from '../parts/token-parts.tsx';

export interface TryPageProps {
  frame: Frame;
  apiUrl: string;
  names: Names;
  /** Those whose text is no secret. */
  ready: SeedToken[];
  /** The one to connect with. */
  chosen: { entry: TokenEntry; clients: ClientGuide[] } | undefined;
  problem?: string | undefined;
}

/** From a token to a client that works, in one copied line. */
export function TryPage({ frame, apiUrl, names, ready, chosen, problem }: TryPageProps) {
  return (
    <Page frame={frame} title="Try it" place="try" class="narrow-page" reloadAt="/try">
      <div class="head">
        <h1>Try it</h1>
      </div>
      <p class="lead">
        Connect an AI client to this sandbox, then watch the board: what the agent does shows up within a
        second, with who and how.
      </p>
      {problem && (
        <p class="banner bad" role="alert" data-refusal>
          <span>{problem}</span>
        </p>
      )}
      <section class="panel" aria-labelledby="with-title">
        <h2 id="with-title">{chosen ? 'With this token' : 'Which token?'}</h2>
        {chosen && (
          <>
            <p class="token-owner">
              <b dir="auto">
                <Text>{chosen.entry.label}</Text>
              </b>
              <span>of {chosen.entry.user.name}</span>
            </p>
            <ScopeList scopes={chosen.entry.scopes} />
            <p class="note">
              May see: <Reach token={chosen.entry} names={names} />
            </p>
          </>
        )}
        <form action="/try" class="inline">
          <label for="ready">Ready-made</label>
          <select id="ready" name="with" data-goes>
            <option value="">Choose…</option>
            {ready.map(({ name, label, useCase }) => (
              <option value={name} selected={chosen?.entry.label === label}>
                {label} ({useCase})
              </option>
            ))}
          </select>
          <button type="submit" class="button without-script">
            Take it
          </button>
        </form>
        <PostForm action="/try" class="inline">
          <label for="own">One you made</label>
          <input
            id="own"
            name="token"
            required
            placeholder="tok_…"
            autocomplete="off"
            spellcheck={false}
            pattern="tok_\S+"
            title="A token begins with tok_"
          />
          <button type="submit" class="button">
            Take it
          </button>
        </PostForm>
        <p class="note">
          None yet? <a href="/settings/tokens/new">Make a token</a>. Its page leads back here.
        </p>
      </section>
      {chosen && <Connect apiUrl={apiUrl} clients={chosen.clients} />}
      {chosen && (
        <section class="panel" aria-labelledby="then-title">
          <h2 id="then-title">Then</h2>
          <ol class="steps">
            <li>
              Open the <a href="/">board</a> beside the client.
            </li>
            <li>
              Ask the agent to comment on a ticket and to move it. Watch both appear, with the token’s label.
            </li>
            <li>
              <a href={`/settings/tokens/${chosen.entry.id}`}>Revoke the token</a>. The agent’s next call is
              refused.
            </li>
          </ol>
        </section>
      )}
    </Page>
  );
}
