import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from './context.ts';
import { isBusy } from './db/database.ts';
import { ApiError } from './errors.ts';
import { requireOwnHost } from './local.ts';
import { mountAssets } from './routes/assets.ts';
import { assigneeRoutes } from './routes/assignees.ts';
import { captureRoutes } from './routes/capture.ts';
import { commentRoutes } from './routes/comments.ts';
import { moveRoutes } from './routes/moves.ts';
import { projectRoutes } from './routes/projects.ts';
import { mountSandboxTokens } from './routes/sandbox-tokens.ts';
import { sendError, serveRoute } from './routes/serve.ts';
import { ticketRoutes } from './routes/tickets.ts';
import { tokenInfo } from './routes/token-info.ts';
import { mountWeb } from './web/mount.ts';

export const apiBase = '/api/v1';

/** The sandbox as one HTTP application: the API, the assets, the management of tokens, the pages. */
export function createApp(context: Context): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    c.header('X-Request-Id', randomUUID());
    requireOwnHost(c, context.host);
    await next();
  });

  const routes = [
    tokenInfo(context.features),
    ...projectRoutes,
    ...ticketRoutes,
    ...moveRoutes,
    ...assigneeRoutes,
    ...commentRoutes,
    ...captureRoutes(context.assetTtlMs),
  ];
  for (const route of routes) serveRoute(app, apiBase, context, route);
  mountSandboxTokens(app, `${apiBase}/sandbox/tokens`, context);
  mountAssets(app, context);
  const pageNotFound = mountWeb(app, context);
  refuseOtherMethods(app);

  app.notFound((c) => {
    const error = new ApiError('not_found', `There is nothing at ${c.req.path}.`);
    return pageNotFound(c, error) ?? sendError(c, error);
  });
  app.onError((error, c) => {
    if (error instanceof ApiError) return sendError(c, error);
    const id = c.res.headers.get('X-Request-Id');
    console.error(`toado-mcp sandbox: ${c.req.method} ${c.req.path} failed (${id}): ${error.message}`);
    return sendError(c, new ApiError('internal_error', internalMessage(error)));
  });
  return app;
}

/** Answers 405 where a path exists but not with this method. To be called after all routes were added. */
function refuseOtherMethods(app: Hono): void {
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of app.routes) {
    if (method === 'ALL') continue;
    methods.set(path, (methods.get(path) ?? new Set()).add(method));
  }
  for (const [path, allowed] of methods) {
    const allow = [...allowed].join(', ');
    app.all(path, () => {
      throw new ApiError('method_not_allowed', `This takes ${allow}.`, undefined, { Allow: allow });
    });
  }
}

function internalMessage(error: Error): string {
  return isBusy(error)
    ? 'The database is locked by another program. Nothing was written; try again.'
    : 'The sandbox failed to carry this out. Nothing was written.';
}
