import type { Hono, Context as HonoContext } from 'hono';
import { getCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Context } from '../../api/context.ts';
import type { Actor } from '../../model/actor.ts';
import { ApiError } from '../../model/errors.ts';
import { companiesWithProjects, usersOf } from '../data/page-data.ts';
import { ErrorPage } from '../pages/error-page.tsx';
import type { Frame, Theme } from '../parts/layout.tsx';
import { Sessions } from './browser-session.ts';
import { protect, requireLocalBrowser, requireOwnOrigin } from './security.ts';

/** A request of the person at the browser. */
export interface Visit {
  c: HonoContext;
  person: Actor;
  frame: Frame;
}

type Handler = (visit: Visit) => Response | Promise<Response>;

/** The pages' side of the sandbox: who asks, whether they may, and what a refusal looks like. */
export class Web {
  readonly context: Context;
  readonly sessions: Sessions;
  readonly #app: Hono;

  constructor(app: Hono, context: Context) {
    this.#app = app;
    this.context = context;
    this.sessions = new Sessions(context.db);
  }

  /** A page to look at; links of other sites may lead to it. */
  get(path: string, handler: Handler): void {
    this.#app.get(path, (c) => this.#answer(c, () => handler(this.#visit(c, this.sessions.personAtPage(c)))));
  }

  /** Something that the person does; only from the sandbox's own pages. */
  post(path: string, handler: Handler): void {
    this.#app.post(path, (c) =>
      this.#answer(c, () => {
        requireOwnOrigin(c);
        return handler(this.#visit(c, this.sessions.requirePerson(c)));
      }),
    );
  }

  /** A page for what wasn't found, where it is a person at this machine who asked for a page. */
  notFound(c: HonoContext, error: ApiError): Response | Promise<Response> | undefined {
    const wantsPage = c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html');
    if (!wantsPage || c.req.path.startsWith('/api/')) return undefined;
    return this.#answer(c, () => {
      throw error;
    });
  }

  async #answer(c: HonoContext, work: () => Response | Promise<Response>): Promise<Response> {
    requireLocalBrowser(c);
    protect(c);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { frame } = this.#visit(c, this.sessions.personAtPage(c));
      const page = (
        <ErrorPage frame={frame} title={titleOf(error)} message={error.message} code={error.code} />
      );
      return show(c, page, error.status);
    }
  }

  #visit(c: HonoContext, person: Actor): Visit {
    const { db } = this.context;
    const theme = getCookie(c, 'toado_theme');
    const frame: Frame = {
      person,
      people: usersOf(db),
      companies: companiesWithProjects(db, person),
      path: c.req.path,
      theme: theme === 'light' || theme === 'dark' ? (theme satisfies Theme) : undefined,
    };
    return { c, person, frame };
  }
}

/** Sends a page. */
export function show(c: HonoContext, page: Child, status = 200): Response | Promise<Response> {
  return c.html(html`<!doctype html>${page}`, status as 200);
}

function titleOf({ status }: ApiError): string {
  if (status === 404) return 'Not found';
  if (status === 403) return 'Not allowed';
  return status === 400 ? 'That can’t be right' : 'That didn’t work';
}
