import { randomUUID } from 'node:crypto';
import { Hono, type Context as HonoContext } from 'hono';
import { apiRoutes } from './api/all-routes.ts';
import { mountAssets } from './api/assets.ts';
import { isTooLarge, takeBody, tooLarge } from './api/body.ts';
import type { Context } from './api/context.ts';
import { injectFaults } from './api/faults.ts';
import { requireOwnHost } from './api/local-only.ts';
import { mountSandboxLimits } from './api/sandbox-limits.ts';
import { mountSandboxTokens } from './api/sandbox-tokens.ts';
import { sendError, serveRoute } from './api/serve-route.ts';
import { storageError } from './db/storage-errors.ts';
import { ApiError, SandboxError } from './model/errors.ts';
import { mountWeb } from './web/routes/mount.ts';

export const apiBase = '/api/v1';

/** The sandbox as one HTTP application: the API, the assets, the management of tokens, the pages. */
export function createApp(context: Context): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    c.header('X-Request-Id', randomUUID());
    c.header('X-Content-Type-Options', 'nosniff');
    // Some answers hold a token's text; those that may be kept say so themselves.
    if (c.req.path.startsWith(`${apiBase}/`)) c.header('Cache-Control', 'no-store');
    await takeBody(c);
    requireOwnHost(c, context.host);
    if (isTooLarge(c) && !c.req.path.startsWith(apiBase)) throw tooLarge();
    context.db.requireFile();
    await next();
  });

  if (context.around) app.use(`${apiBase}/*`, context.around);
  if (context.faults.length > 0) app.use(`${apiBase}/*`, injectFaults(context.faults, context.db, apiBase));

  for (const route of apiRoutes(context)) serveRoute(app, apiBase, context, route);
  mountAssets(app, context);
  if (context.pages) mountSandboxTokens(app, `${apiBase}/sandbox/tokens`, context);
  if (context.pages) mountSandboxLimits(app, `${apiBase}/sandbox/limits`, context);
  const errorPage = context.pages ? mountWeb(app, context) : undefined;
  const refuse = (c: HonoContext, error: ApiError) => errorPage?.(c, error) ?? sendError(c, error);
  refuseOtherMethods(app);

  app.notFound((c) => refuse(c, new ApiError('not_found', `There is nothing at ${c.req.path}.`)));
  app.onError((error, c) => {
    if (error instanceof ApiError) return refuse(c, error);
    if (error instanceof SandboxError) return refuse(c, new ApiError('internal_error', error.message));
    const trouble = storageError(error);
    if (trouble) return refuse(c, trouble);
    const id = c.res.headers.get('X-Request-Id');
    console.error(`toado-mcp sandbox: ${c.req.method} ${c.req.path} failed (${id}): ${error.message}`);
    return refuse(
      c,
      new ApiError('internal_error', 'The sandbox failed to carry this out. Nothing was written.'),
    );
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
