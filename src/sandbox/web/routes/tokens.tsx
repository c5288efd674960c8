import { randomUUID } from 'node:crypto';
import { ApiError } from '../../model/errors.ts';
import { listTokens, tokenActivity, tokenEntry } from '../../queries/token-list.ts';
import { createToken } from '../../rules/create-token.ts';
import { revokeToken } from '../../rules/revoke-token.ts';
import { namesOf } from '../data/names.ts';
import { emptyTokenForm, expiryOf, problemsOf, type TokenForm } from '../data/token-form.ts';
import { CreatedTokenPage } from '../pages/created-token-page.tsx';
import { NewTokenPage } from '../pages/new-token-page.tsx';
import { TokenPage } from '../pages/token-page.tsx';
import { TokensPage } from '../pages/tokens-page.tsx';
import { apiUrlOf } from '../request/api-url.ts';
import { checked } from '../request/forms.ts';
import { once } from '../request/once-per-form.ts';
import { type PageRouter, sendPage } from '../request/page-router.tsx';

const ACTIVITY_PER_PAGE = 50;

const usedForm = 'This form has made a token already. What you see here makes another one.';

export function mountTokens(router: PageRouter): void {
  const { db, changes, guide } = router.context;
  const tools = guide?.tools ?? [];

  router.get('/settings/tokens', ({ c, person, frame }) =>
    sendPage(
      c,
      <TokensPage frame={frame} tokens={listTokens(db, person)} names={namesOf(frame.companies)} />,
    ),
  );

  router.get('/settings/tokens/new', ({ c, frame }) => {
    const form = emptyTokenForm(c.req.query('for'));
    return sendPage(c, <NewTokenPage frame={frame} form={form} formId={randomUUID()} tools={tools} />);
  });

  router.post('/settings/tokens', async ({ c, person, frame, form }) => {
    const filled = filledIn(form);
    try {
      const formId = form.get('form_id');
      if (!formId) throw new ApiError('validation_error', 'The form lost its number: send this one instead.');
      const input = checked('newToken', {
        ...filled,
        companies: orNone(filled.companies),
        projects: orNone(filled.projects),
        expires_at: expiryOf(filled),
      });
      // Sent again by a reload or a second click: the first one made the token.
      const made = await db.writeWhenFree(() =>
        once(db, person, formId, JSON.stringify(input), () => createToken(db, person, input)),
      );
      changes.poke();
      if (!made) return c.redirect('/settings/tokens', 303);
      const names = namesOf(frame.companies);
      const apiUrl = apiUrlOf(c);
      const clients = (await guide?.clients({ apiUrl, db: db.file })) ?? [];
      const page = (
        <CreatedTokenPage frame={frame} {...made} apiUrl={apiUrl} clients={clients} names={names} />
      );
      return sendPage(c, page, 201);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const problems = error.code === 'conflict' ? { form: usedForm } : problemsOf(error);
      const shown = { frame, form: filled, formId: randomUUID(), tools, problems };
      return sendPage(c, <NewTokenPage {...shown} />, error.status);
    }
  });

  router.get('/settings/tokens/:token', ({ c, person, frame }) => {
    const id = c.req.param('token')!;
    const token = tokenEntry(db, person, id);
    const activity = tokenActivity(db, person, id, {
      limit: ACTIVITY_PER_PAGE,
      cursor: c.req.query('cursor'),
    });
    return sendPage(
      c,
      <TokenPage frame={frame} token={token} activity={activity} names={namesOf(frame.companies)} />,
    );
  });

  router.post('/settings/tokens/:token/revoke', async ({ c, person }) => {
    await db.whenFree(() => revokeToken(db, person, c.req.param('token')!));
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
    expires: form.get('expires') ?? '',
    expires_on: form.get('expires_on') ?? '',
  };
}

function orNone(ids: string[]): string[] | undefined {
  return ids.length > 0 ? ids : undefined;
}
