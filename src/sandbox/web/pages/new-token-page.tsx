import type { Scope } from '../../model/scopes.ts';
import { scopes as allScopes, expandScopes } from '../../model/scopes.ts';
import { Icon } from '../parts/icon.tsx';
import { type Frame, Page } from '../parts/layout.tsx';
import { PostForm } from '../parts/post-form.tsx';
import { Text } from '../parts/text.tsx';

/** The form as it was filled in. */
export interface TokenForm {
  label: string;
  scopes: string[];
  companies: string[];
  projects: string[];
}

export const emptyTokenForm: TokenForm = { label: '', scopes: ['read'], companies: [], projects: [] };

const meanings: Record<Scope, string> = {
  read: 'Companies, projects, columns, tickets, comments, members, captures',
  comments: 'Post comments',
  'tickets:write': 'Create, edit, move, archive and restore tickets, record the branch',
  'tickets:assign': 'Assign and unassign people',
};

export function NewTokenPage(props: { frame: Frame; form: TokenForm; formId: string; problem?: string }) {
  const { frame, form, formId, problem } = props;
  return (
    <Page frame={frame} title="New token" place="tokens" class="narrow-page">
      <div class="head">
        <p class="crumbs">
          <a href="/settings/tokens">API tokens</a>
          <Icon name="chevron" />
        </p>
        <h1>New token</h1>
      </div>
      {problem && (
        <p class="banner bad" role="alert" data-refusal>
          <Icon name="alert" />
          <span>
            <Text>{problem}</Text>
          </span>
        </p>
      )}
      <PostForm action="/settings/tokens" class="token-form panel">
        <input type="hidden" name="form_id" value={formId} />
        <label class="field">
          Label
          <input
            name="label"
            required
            maxlength={100}
            value={form.label}
            placeholder="claude-code on my-laptop"
            autocomplete="off"
            aria-describedby="label-help"
            autofocus
          />
          <small id="label-help">Shows up on every comment and edit that the token makes.</small>
        </label>
        <Scopes form={form} />
        <Restrictions frame={frame} form={form} />
        <p class="buttons">
          <a class="button" href="/settings/tokens">
            Cancel
          </a>
          <button type="submit" class="button primary">
            Create token
          </button>
        </p>
      </PostForm>
    </Page>
  );
}

function Scopes({ form }: { form: TokenForm }) {
  return (
    <fieldset data-scopes>
      <legend>Scopes</legend>
      <p class="note">The fewest that do the job.</p>
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

function Restrictions({ frame, form }: { frame: Frame; form: TokenForm }) {
  return (
    <>
      <fieldset data-companies>
        <legend>Companies</legend>
        <p class="note">None picked: all companies, no filter.</p>
        {frame.companies.map(({ id, name, role }) => (
          <label class="choice">
            <input type="checkbox" name="company" value={id} checked={form.companies.includes(id)} />
            <span>
              <b>{name}</b>
              <small>
                You are {role === 'owner' || role === 'admin' ? 'an' : 'a'} {role}
              </small>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset data-projects>
        <legend>Projects</legend>
        <p class="note">None picked: all projects in those companies.</p>
        {frame.companies.flatMap((company) =>
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
