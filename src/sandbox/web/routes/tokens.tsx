import { randomUUID } from 'node:crypto';
import { ApiError } from '../../model/errors.ts';
import { createToken, listTokens, revokeToken, tokenActivity, tokenById } from '../../rules/tokens.ts';
import { allNames } from '../data/names.ts';
import { MadeTokenPage } from '../pages/made-token-page.tsx';
import { emptyTokenForm, NewTokenPage, type TokenForm } from '../pages/new-token-page.tsx';
import { TokenPage } from '../pages/token-page.tsx';
import { TokensPage } from '../pages/tokens-page.tsx';
import { apiUrlOf } from '../request/api-url.ts';
import { checked } from '../request/forms.ts';
import { show, type Web } from '../request/web.tsx';

const activityAPage = 50;

export function mountTokens(web: Web): void {
  const { db, changes } = web.context;
  const used = new UsedForms();

  web.get('/settings/tokens', ({ c, frame }) =>
    show(c, <TokensPage frame={frame} tokens={listTokens(db)} names={allNames(db)} />),
  );

  web.get('/settings/tokens/new', ({ c, frame }) =>
    show(c, <NewTokenPage frame={frame} form={emptyTokenForm} formId={randomUUID()} />),
  );

  web.post('/settings/tokens', ({ c, person, frame, form }) => {
    // Sent again by a reload or a second click: the first one made the token.
    if (!used.isFirst(form.get('form_id') ?? '')) return c.redirect('/settings/tokens', 303);
    const filled = filledIn(form);
    try {
      const input = checked('newToken', {
        ...filled,
        companies: orNone(filled.companies),
        projects: orNone(filled.projects),
      });
      const { token, entry } = db.write(() => createToken(db, person, input));
      changes.poke();
      const names = allNames(db);
      return show(
        c,
        <MadeTokenPage frame={frame} token={token} entry={entry} apiUrl={apiUrlOf(c)} names={names} />,
        201,
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const page = <NewTokenPage frame={frame} form={filled} formId={randomUUID()} problem={error.message} />;
      return show(c, page, error.status);
    }
  });

  web.get('/settings/tokens/:token', ({ c, frame }) => {
    const id = c.req.param('token')!;
    const token = tokenById(db, id);
    const activity = tokenActivity(db, id, { limit: activityAPage, cursor: c.req.query('cursor') });
    return show(c, <TokenPage frame={frame} token={token} activity={activity} names={allNames(db)} />);
  });

  web.post('/settings/tokens/:token/revoke', ({ c, person }) => {
    revokeToken(db, person, c.req.param('token')!);
    changes.poke();
    return c.redirect('/settings/tokens', 303);
  });
}

function filledIn(form: URLSearchParams): TokenForm {
  return {
    label: (form.get('label') ?? '').trim(),
    scopes: form.getAll('scope'),
    companies: form.getAll('company'),
    projects: form.getAll('project'),
  };
}

function orNone(ids: string[]): string[] | undefined {
  return ids.length > 0 ? ids : undefined;
}

const mostForms = 1000;

/** The forms that made a token, each of which does so once. */
class UsedForms {
  readonly #ids = new Set<string>();

  isFirst(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > mostForms) this.#ids.delete(this.#ids.values().next().value!);
    return true;
  }
}
