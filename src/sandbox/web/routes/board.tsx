import type { Context as HonoContext } from 'hono';
import { createTicket } from '../../rules/tickets.ts';
import { boardOf, hiddenCards, MAX_CARDS, searchCards } from '../data/board-data.ts';
import { HiddenTicketsPage } from '../pages/archived-or-drafts-page.tsx';
import { BoardPage } from '../pages/board-page.tsx';
import { ErrorPage } from '../pages/error-page.tsx';
import { SearchPage } from '../pages/search-page.tsx';
import { checked } from '../request/forms.ts';
import { onceIfNamed } from '../request/once-per-form.ts';
import { type PageRouter, sendPage } from '../request/page-router.tsx';

const DEFAULT_CARDS = 50;

export function mountBoard(router: PageRouter): void {
  const { db, changes } = router.context;

  router.get('/', ({ c, frame }) => {
    const first = frame.companies.find(({ projects }) => projects.length > 0)?.projects[0];
    if (first) return c.redirect(`/projects/${encodeURIComponent(first.id)}`);
    const message = `${frame.person.user.name} sees no project yet. Act as somebody else, or start the sandbox with --reset.`;
    return sendPage(
      c,
      <ErrorPage frame={frame} title="No projects" message={message} code="nothing_to_show" />,
    );
  });

  router.get('/projects/:project', ({ c, person, frame }) => {
    const limit = wantedCards(c);
    const board = boardOf(db, person, c.req.param('project')!, limit);
    return sendPage(c, <BoardPage frame={frame} board={board} limit={limit} />);
  });

  for (const which of ['archived', 'drafts'] as const) {
    router.get(`/projects/:project/${which}`, ({ c, person, frame }) => {
      const project = c.req.param('project')!;
      const limit = wantedCards(c);
      const cards = hiddenCards(db, person, project, which, limit);
      const board = boardOf(db, person, project, 1);
      return sendPage(
        c,
        <HiddenTicketsPage frame={frame} board={board} which={which} cards={cards} limit={limit} />,
      );
    });
  }

  router.get('/search', ({ c, person, frame }) => {
    const query = [...(c.req.query('q') ?? '').trim()].slice(0, 1000).join('');
    const limit = wantedCards(c);
    const found = query === '' ? { cards: [], more: false } : searchCards(db, person, query, limit);
    return sendPage(c, <SearchPage frame={frame} query={query} {...found} limit={limit} />);
  });

  router.post('/projects/:project/tickets', async ({ c, person, form }) => {
    const project = c.req.param('project')!;
    const input = checked('newTicket', form);
    await db.writeWhenFree(() =>
      onceIfNamed(db, person, form, c.req.path, () => createTicket(db, person, project, input)),
    );
    changes.poke();
    return c.redirect(`/projects/${encodeURIComponent(project)}`, 303);
  });
}

/** How many the address asks for (`sendPage`). */
function wantedCards(c: HonoContext): number {
  const wanted = Number.parseInt(c.req.query('show') ?? '', 10) || DEFAULT_CARDS;
  return Math.min(MAX_CARDS, Math.max(DEFAULT_CARDS, wanted));
}
