import { findPerson } from '../../auth/person.ts';
import { hashToken } from '../../auth/token-hash.ts';
import { inMemory } from '../../db/file.ts';
import { type TokenEntry, tokenEntry } from '../../queries/token-list.ts';
import { namesOf } from '../data/names.ts';
import { TryPage } from '../pages/try-page.tsx';
import { apiUrlOf } from '../request/api-url.ts';
import { type PageRequest, type PageRouter, sendPage } from '../request/page-router.tsx';

/** `Try it`: a ready-made token by its name, or one of the person's own by its text, which goes no further. */
export function mountTry(router: PageRouter): void {
  const { db, readyTokens, guide } = router.context;

  router.get('/try', (visit) => {
    const name = visit.c.req.query('with') ?? '';
    return showTry(visit, readyTokens.find((one) => one.name === name)?.token, name);
  });

  router.post('/try', (visit) => showTry(visit, visit.form.get('token')?.trim() ?? ''));

  async function showTry(
    { c, frame }: PageRequest,
    text: string | undefined,
    ready?: string,
  ): Promise<Response> {
    const entry = text === undefined ? undefined : liveToken(text);
    const apiUrl = apiUrlOf(c);
    // What is in memory only, nobody else can open.
    const named = db.file === inMemory ? undefined : ready;
    const clients = entry && ((await guide?.clients({ apiUrl, db: db.file, ready: named })) ?? []);
    const page = (
      <TryPage
        frame={frame}
        apiUrl={apiUrl}
        names={namesOf(frame.companies)}
        ready={readyTokens.filter(({ token }) => liveToken(token) !== undefined)}
        chosen={entry && clients && { entry, clients }}
        problem={
          text !== undefined && !entry
            ? 'This token is not known here, or it was revoked or has expired. Choose another, or make one.'
            : undefined
        }
      />
    );
    return sendPage(c, page);
  }

  /** Whoever has a token's text may read what it is. */
  function liveToken(text: string): TokenEntry | undefined {
    const row = db.get<{ id: string; user_id: string }>(
      'SELECT id, user_id FROM tokens WHERE hash = ?',
      hashToken(text),
    );
    const owner = row && findPerson(db, row.user_id);
    const entry = owner && tokenEntry(db, owner, row.id);
    return entry?.state === 'live' ? entry : undefined;
  }
}
