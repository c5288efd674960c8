import { randomUUID } from 'node:crypto';
import type { Context as HonoContext } from 'hono';
import { hashToken } from '../auth/token-hash.ts';
import { ApiError } from '../model/errors.ts';
import {
  createToken,
  listTokens,
  revokeToken,
  type TokenEntry,
  tokenActivity,
  tokenById,
} from '../rules/tokens.ts';
import { checked, readForm } from './forms.ts';
import { MadeTokenPage } from './pages/made-token-page.tsx';
import { emptyTokenForm, NewTokenPage, type TokenForm } from './pages/new-token-page.tsx';
import { TokenPage } from './pages/token-page.tsx';
import { type Names, TokensPage } from './pages/tokens-page.tsx';
import { TryPage } from './pages/try-page.tsx';
import { show, type Visit, type Web } from './web.tsx';

const activityAPage = 50;

export function mountTokens(web: Web): void {
  const { db, changes } = web.context;
  const used = new UsedForms();

  web.get('/settings/tokens', ({ c, frame }) =>
    show(c, <TokensPage frame={frame} tokens={listTokens(db)} names={allNames(web)} />),
  );

  web.get('/settings/tokens/new', ({ c, frame }) =>
    show(c, <NewTokenPage frame={frame} form={emptyTokenForm} formId={randomUUID()} />),
  );

  web.post('/settings/tokens', async ({ c, person, frame }) => {
    const form = await readForm(c);
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
      const names = allNames(web);
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
    return show(c, <TokenPage frame={frame} token={token} activity={activity} names={allNames(web)} />);
  });

  web.post('/settings/tokens/:token/revoke', ({ c, person }) => {
    revokeToken(db, person, c.req.param('token')!);
    changes.poke();
    return c.redirect('/settings/tokens', 303);
  });
}

/** `Try it`: a ready-made token by its name, or one of the person's own by its text, which goes no further. */
export function mountTry(web: Web): void {
  const { db, readyTokens } = web.context;

  web.get('/try', (visit) => {
    const name = visit.c.req.query('with') ?? '';
    return showTry(web, visit, readyTokens.find((one) => one.name === name)?.token);
  });

  web.post('/try', async (visit) => {
    const text = (await readForm(visit.c)).get('token')?.trim() ?? '';
    return showTry(web, visit, text);
  });

  function showTry(web: Web, { c, frame }: Visit, text: string | undefined): Response | Promise<Response> {
    const entry = text === undefined ? undefined : liveToken(text);
    const ready = readyTokens.filter(({ token }) => liveToken(token) !== undefined);
    const page = (
      <TryPage
        frame={frame}
        apiUrl={apiUrlOf(c)}
        names={allNames(web)}
        ready={ready}
        chosen={text !== undefined && entry ? { text, entry } : undefined}
        problem={
          text !== undefined && !entry
            ? 'This token is not known here, or it was revoked. Choose another, or make one.'
            : undefined
        }
      />
    );
    return show(c, page);
  }

  function liveToken(text: string): TokenEntry | undefined {
    const row = db.get<{ id: string }>(
      'SELECT id FROM tokens WHERE hash = ? AND revoked_at IS NULL',
      hashToken(text),
    );
    return row && tokenById(db, row.id);
  }
}

/** Restrictions can name what the person at the browser doesn't see, so these are everybody's names. */
function allNames({ context: { db } }: Web): Names {
  const rows = db.all<{ id: string; name: string }>(
    'SELECT id, name FROM companies UNION ALL SELECT id, name FROM projects',
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function apiUrlOf(c: HonoContext): string {
  return `http://${c.req.header('host')}/api/v1`;
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
