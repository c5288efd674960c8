import { hashToken } from '../../auth/token-hash.ts';
import { type TokenEntry, tokenById } from '../../rules/tokens.ts';
import { allNames } from '../data/names.ts';
import { TryPage } from '../pages/try-page.tsx';
import { apiUrlOf } from '../request/api-url.ts';
import { show, type Visit, type Web } from '../request/web.tsx';

/** `Try it`: a ready-made token by its name, or one of the person's own by its text, which goes no further. */
export function mountTry(web: Web): void {
  const { db, readyTokens } = web.context;

  web.get('/try', (visit) => {
    const name = visit.c.req.query('with') ?? '';
    return showTry(visit, readyTokens.find((one) => one.name === name)?.token);
  });

  web.post('/try', (visit) => showTry(visit, visit.form.get('token')?.trim() ?? ''));

  function showTry({ c, frame }: Visit, text: string | undefined): Response | Promise<Response> {
    const entry = text === undefined ? undefined : liveToken(text);
    const ready = readyTokens.filter(({ token }) => liveToken(token) !== undefined);
    const page = (
      <TryPage
        frame={frame}
        apiUrl={apiUrlOf(c)}
        names={allNames(db)}
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
