import type { Hono, Context as HonoContext } from 'hono';
import type { Context } from '../api/context.ts';
import { ApiError } from '../model/errors.ts';
import { mountStatic } from './assets.ts';
import { mountBoard } from './board-routes.tsx';
import { readForm } from './forms.ts';
import { requireOwnFetch } from './security.ts';
import { streamChanges } from './stream.ts';
import { mountTickets } from './ticket-routes.tsx';
import { mountTokens, mountTry } from './token-routes.tsx';
import { Web } from './web.tsx';

/**
 * The sandbox in a browser. Returns what answers for a page that isn't there; undefined where it wasn't a person who
 * asked.
 */
export function mountWeb(
  app: Hono,
  context: Context,
): (c: HonoContext, error: ApiError) => Response | Promise<Response> | undefined {
  const web = new Web(app, context);
  mountStatic(app);
  mountBoard(web);
  mountTickets(web);
  mountTokens(web);
  mountTry(web);

  web.get('/events', ({ c, person }) => {
    requireOwnFetch(c);
    return c.body(streamChanges(context, person), 200, { 'Content-Type': 'text/event-stream' });
  });

  web.post('/session', async ({ c, frame }) => {
    const form = await readForm(c);
    const user = frame.people.find(({ id }) => id === form.get('user'));
    if (!user) throw new ApiError('user_not_found', 'There is no user with this id.');
    web.sessions.start(c, user.id);
    const back = form.get('back') ?? '/';
    // A path of this origin and nothing else. What the other person can't see is told on the page.
    return c.redirect(/^\/(?![/\\])/.test(back) ? back : '/', 303);
  });

  return (c, error) => web.notFound(c, error);
}
