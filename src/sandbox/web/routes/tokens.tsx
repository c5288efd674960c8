import { randomUUID } from 'node:crypto';
import { earlierOutcome, keyedRequest, rememberOutcome } from '../../api/idempotency.ts';
import { ApiError } from '../../model/errors.ts';
import { createToken } from '../../rules/create-token.ts';
import { revokeToken } from '../../rules/revoke-token.ts';
import { listTokens, tokenActivity, tokenEntry } from '../../rules/token-list.ts';
import { namesOf } from '../data/names.ts';
import { MadeTokenPage } from '../pages/made-token-page.tsx';
import { emptyTokenForm, NewTokenPage, type TokenForm } from '../pages/new-token-page.tsx';
import { TokenPage } from '../pages/token-page.tsx';
import { TokensPage } from '../pages/tokens-page.tsx';
import { apiUrlOf } from '../request/api-url.ts';
import { checked } from '../request/forms.ts';
import { show, type Web } from '../request/web.tsx';

const ACTIVITY_PER_PAGE = 50;

const usedForm = 'This form has made a token already. What you see here makes another one.';

export function mountTokens(web: Web): void {
  const { db, changes } = web.context;

  web.get('/settings/tokens', ({ c, person, frame }) =>
    show(c, <TokensPage frame={frame} tokens={listTokens(db, person)} names={namesOf(frame.companies)} />),
  );

  web.get('/settings/tokens/new', ({ c, frame }) =>
    show(c, <NewTokenPage frame={frame} form={emptyTokenForm} formId={randomUUID()} />),
  );

  web.post('/settings/tokens', async ({ c, person, frame, form }) => {
    const filled = filledIn(form);
    try {
      const formId = form.get('form_id');
      if (!formId) throw new ApiError('validation_error', 'The form lost its number: send this one instead.');
      const input = checked('newToken', {
        ...filled,
        companies: orNone(filled.companies),
        projects: orNone(filled.projects),
      });
      const made = await db.writeWhenFree(() => {
        const sent = keyedRequest(`form of ${person.user.id}`, formId, JSON.stringify(input));
        // Sent again by a reload or a second click: the first one made the token.
        if (earlierOutcome(db, sent)) return undefined;
        rememberOutcome(db, sent, { status: 201, body: '' });
        return createToken(db, person, input);
      });
      changes.poke();
      if (!made) return c.redirect('/settings/tokens', 303);
      const names = namesOf(frame.companies);
      const page = <MadeTokenPage frame={frame} {...made} apiUrl={apiUrlOf(c)} names={names} />;
      return show(c, page, 201);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const problem = error.code === 'conflict' ? usedForm : error.message;
      const page = <NewTokenPage frame={frame} form={filled} formId={randomUUID()} problem={problem} />;
      return show(c, page, error.status);
    }
  });

  web.get('/settings/tokens/:token', ({ c, person, frame }) => {
    const id = c.req.param('token')!;
    const token = tokenEntry(db, person, id);
    const activity = tokenActivity(db, person, id, {
      limit: ACTIVITY_PER_PAGE,
      cursor: c.req.query('cursor'),
    });
    return show(
      c,
      <TokenPage frame={frame} token={token} activity={activity} names={namesOf(frame.companies)} />,
    );
  });

  web.post('/settings/tokens/:token/revoke', async ({ c, person }) => {
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
  };
}

function orNone(ids: string[]): string[] | undefined {
  return ids.length > 0 ? ids : undefined;
}
