import type { Hono, Context as HonoContext } from 'hono';
import type { Context } from '../../api/context.ts';
import type { ApiError } from '../../model/errors.ts';
import { PageRouter } from '../request/page-router.tsx';
import { mountBoard } from './board.tsx';
import { mountEvents } from './events.ts';
import { mountLimits } from './limits.tsx';
import { mountSession } from './session.ts';
import { mountStatic } from './static.ts';
import { mountTickets } from './tickets.tsx';
import { mountTokens } from './tokens.tsx';
import { mountTry } from './try.tsx';

/** The sandbox in a browser. Returns what makes a page of an error; undefined where it wasn't a person who asked. */
export function mountWeb(
  app: Hono,
  context: Context,
): (c: HonoContext, error: ApiError) => Response | Promise<Response> | undefined {
  const router = new PageRouter(app, context);
  mountStatic(app);
  mountBoard(router);
  mountTickets(router);
  mountTokens(router);
  mountLimits(router);
  mountTry(router);
  mountSession(router);
  mountEvents(router);
  return (c, error) => router.errorPage(c, error);
}
