import type { GuidedTool } from '../../model/guide.ts';
import type { Role } from '../../model/role.ts';
import type { Scope } from '../../model/scopes.ts';
import { scopes as allScopes, expandScopes } from '../../model/scopes.ts';
import { MAX_LENGTH } from '../../rules/text-lengths.ts';
import { lifetimes, type problemsOf, type TokenField, type TokenForm, useCases } from '../data/token-form.ts';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { Text } from '../parts/text.tsx';
import { mayHoldTokens, NoTokens } from '../parts/token-parts.tsx';

const meanings: Record<Scope, string> = {
  read: 'Companies, projects, columns, tickets, comments, members, captures',
  comments: 'Post comments',
  'tickets:write': 'Create, edit, move, archive and restore tickets, record the branch',
  'tickets:assign': 'Assign and unassign people',
};

export interface NewTokenPageProps {
  frame: Frame;
  form: TokenForm;
  formId: string;
  tools: readonly GuidedTool[];
  problems?: Problems;
}

type Problems = ReturnType<typeof problemsOf>;

export function NewTokenPage({ frame, form, formId, tools, problems = {} }: NewTokenPageProps) {
  const wrong = Object.keys(problems).length;
  return (
    <Page frame={frame} title="New token" place="tokens" class="narrow-page">
      <div class="head">
        <p class="crumbs">
          <a href="/settings/tokens">API tokens</a>
          <Icon name="chevron" />
        </p>
        <h1>New token</h1>
      </div>
      {wrong > 0 && (
        <p class="banner bad" role="alert" data-refusal>
          <Icon name="alert" />
          <span>
            <Text>{problems.form ?? 'No token was made: see what is marked below.'}</Text>
          </span>
        </p>
      )}
      {mayHoldTokens(frame) ? (
        <TokenFields frame={frame} form={form} formId={formId} tools={tools} problems={problems} />
      ) : (
        <NoTokens frame={frame} />
      )}
    </Page>
  );
}

function TokenFields({ frame, form, formId, tools, problems }: Required<NewTokenPageProps>) {
  return (
    <PostForm action="/settings/tokens" class="token-form panel">
      <input type="hidden" name="form_id" value={formId} />
      <UseCases />
      <label class="field">
        Label
        <input
          name="label"
          required
          maxlength={MAX_LENGTH.tokenLabel}
          value={form.label}
          placeholder="claude-code on my-laptop"
          autocomplete="off"
          aria-describedby="label-help label-problem"
          aria-invalid={problems.label ? 'true' : undefined}
          autofocus
        />
        <Problem of="label" problems={problems} />
        <small id="label-help">Shows up on every comment and edit that the token makes.</small>
      </label>
      <Scopes form={form} problems={problems} />
      {tools.length > 0 && <Tools tools={tools} form={form} />}
      <Expiry form={form} problems={problems} />
      <Restrictions frame={frame} form={form} problems={problems} />
      <p class="buttons">
        <a class="button" href="/settings/tokens">
          Cancel
        </a>
        <button type="submit" class="button primary">
          Create token
        </button>
      </p>
    </PostForm>
  );
}

function Problem({ of, problems }: { of: TokenField; problems: Problems }) {
  const problem = problems[of];
  return (
    <span class="problem" id={`${of}-problem`}>
      {problem && <Text>{problem}</Text>}
    </span>
  );
}

/** Links, so that they work by themselves; the script ticks the boxes without losing what is filled in. */
function UseCases() {
  return (
    <nav class="presets" aria-label="What is it for?">
      {useCases.map(({ name, title, scopes }) => (
        <a class="button" href={`/settings/tokens/new?for=${name}`} data-preset={scopes.join(' ')}>
          {title}
        </a>
      ))}
    </nav>
  );
}

/** What an agent gets with it; the script keeps it true while scopes are ticked. */
function Tools({ tools, form }: { tools: readonly GuidedTool[]; form: TokenForm }) {
  const granted = expandScopes(form.scopes);
  const brings = ({ scope }: GuidedTool) => scope === undefined || granted.has(scope);
  return (
    <section class="brings" aria-labelledby="brings-title">
      <h2 id="brings-title">
        Tools that it brings{' '}
        <span class="count" data-tool-count aria-live="polite">
          {tools.filter(brings).length} of {tools.length}
        </span>
      </h2>
      <ul>
        {tools.map((tool) => (
          <li data-tool-scope={tool.scope ?? ''} class={brings(tool) ? '' : 'off'} title={tool.title}>
            <code>{tool.name}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

const lifetimeNames: Record<(typeof lifetimes)[number], string> = {
  '7': 'In 7 days',
  '30': 'In 30 days',
  '90': 'In 90 days',
  '365': 'In a year',
};

function Expiry({ form, problems }: { form: TokenForm; problems: Problems }) {
  const wrong = problems.expires ? 'true' : undefined;
  return (
    <fieldset class="expiry">
      <legend>Expires</legend>
      <p class="inline">
        <label class="unheard" for="expires">
          When it expires
        </label>
        <select id="expires" name="expires" aria-describedby="expires-problem" aria-invalid={wrong}>
          <option value="">Never</option>
          {lifetimes.map((days) => (
            <option value={days} selected={form.expires === days}>
              {lifetimeNames[days]}
            </option>
          ))}
          <option value="on" selected={form.expires === 'on'}>
            At the end of a day…
          </option>
        </select>
        <label class="unheard" for="expires-on">
          The last day on which it works
        </label>
        <input
          id="expires-on"
          name="expires_on"
          type="date"
          value={form.expires_on}
          aria-describedby="expires-problem"
          aria-invalid={wrong}
        />
      </p>
      <Problem of="expires" problems={problems} />
    </fieldset>
  );
}

function Scopes({ form, problems }: { form: TokenForm; problems: Problems }) {
  return (
    <fieldset data-scopes aria-describedby="scopes-problem">
      <legend>Scopes</legend>
      <p class="note">The fewest that do the job.</p>
      <Problem of="scopes" problems={problems} />
      {allScopes.map((scope) => {
        const included = [...expandScopes([scope])].filter((other) => other !== scope);
        return (
          <label class="choice">
            <input
              type="checkbox"
              name="scope"
              value={scope}
              checked={form.scopes.includes(scope)}
              data-includes={included.join(' ')}
            />
            <span>
              <b>{scope}</b>
              <span class="included-by" data-included-by={scope} />
              <small>
                {meanings[scope]}
                {included.length > 0 && `. Includes ${included.join(' and ')}`}
              </small>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function Restrictions(props: { frame: Frame; form: TokenForm; problems: Problems }) {
  const { frame, form, problems } = props;
  const isViewer = (role: Role) => role === 'viewer';
  return (
    <>
      <fieldset data-companies>
        <legend>Companies</legend>
        <p class="note">None picked: all companies, no filter.</p>
        <Problem of="companies" problems={problems} />
        {frame.companies.map(({ id, name, role }) => (
          <label class="choice">
            <input
              type="checkbox"
              name="company"
              value={id}
              checked={form.companies.includes(id)}
              disabled={isViewer(role)}
            />
            <span>
              <b>{name}</b>
              <small>
                You are {role === 'owner' || role === 'admin' ? 'an' : 'a'} {role}
                {isViewer(role) && ': your tokens don’t reach it'}
              </small>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset data-projects>
        <legend>Projects</legend>
        <p class="note">None picked: all projects in those companies.</p>
        <Problem of="projects" problems={problems} />
        {frame.companies
          .filter(({ role }) => !isViewer(role))
          .flatMap((company) =>
            company.projects.map(({ id, name }) => (
              <label class="choice">
                <input
                  type="checkbox"
                  name="project"
                  value={id}
                  checked={form.projects.includes(id)}
                  data-company={company.id}
                />
                <span>
                  <b>{name}</b>
                  <small>{company.name}</small>
                </span>
              </label>
            )),
          )}
      </fieldset>
    </>
  );
}
