import type { Hono, Context as HonoContext } from 'hono';
import { getCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { visible } from '../../../base/visible.ts';
import type { Context } from '../../api/context.ts';
import { isFromThisMachine, requireOwnHost } from '../../api/local-only.ts';
import type { Actor } from '../../model/actor.ts';
import { ApiError } from '../../model/errors.ts';
import { companiesWithProjects, usersOf } from '../data/companies-and-users.ts';
import { ErrorPage, PersonChangedPage } from '../pages/error-page.tsx';
import type { Frame, Theme } from '../parts/layout.tsx';
import { Sessions } from './browser-session.ts';
import { readForm } from './forms.ts';
import { protect, requireLocalBrowser, requireOwnOrigin } from './security.ts';

/** A request of the person at the browser. */
export interface PageRequest {
  c: HonoContext;
  person: Actor;
  frame: Frame;
}

/** One that changes something. */
export interface FormRequest extends PageRequest {
  form: URLSearchParams;
}

type Answer = Response | Promise<Response>;

/** Refused: the page that sent this acts as somebody else than the browser does now. */
class PersonChanged extends ApiError {
  readonly was: string;

  constructor(was: Actor['user'] | undefined, now: Actor['user'], id: string) {
    super(
      'conflict',
      `This page was opened as ${was?.name ?? 'somebody else'}, and this browser acts as ${now.name} now. Nothing was changed.`,
    );
    this.was = id;
  }
}

/** The pages' side of the sandbox: who asks, whether they may, and what a refusal looks like. */
export class PageRouter {
  readonly context: Context;
  readonly sessions: Sessions;
  readonly #app: Hono;

  constructor(app: Hono, context: Context) {
    this.#app = app;
    this.context = context;
    this.sessions = new Sessions(context.db);
  }

  /** A page to look at; links of other sites may lead to it. */
  get(path: string, handler: (visit: PageRequest) => Answer): void {
    this.#app.get(path, (c) =>
      this.#answer(c, async () =>
        this.context.db.whenFree(() => {
          if (wantsPage(c)) this.sessions.mark(c);
          return handler(this.#visit(c));
        }),
      ),
    );
  }

  /**
   * Something that the person does; only from the sandbox's own pages, and only as the one whom the page shows. With
   * `asAnybody`, for what doesn't depend on who it is.
   */
  post(path: string, handler: (sending: FormRequest) => Answer, { asAnybody = false } = {}): void {
    this.#app.post(path, (c) =>
      this.#answer(c, async () => {
        requireOwnOrigin(c);
        const form = readForm(c);
        const visit = this.#visit(c);
        if (!asAnybody) requireSamePerson(form.get('as'), visit.frame);
        return handler({ ...visit, form });
      }),
    );
  }

  /** A page for what went wrong, where it is a person in a browser who asked; undefined for programs. */
  errorPage(c: HonoContext, error: ApiError): Answer | undefined {
    if (!wantsPage(c) || c.req.path.startsWith('/api/')) return undefined;
    protect(c);
    return this.#refuse(c, error);
  }

  async #answer(c: HonoContext, work: () => Answer): Promise<Response> {
    protect(c);
    try {
      requireLocalBrowser(c);
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.#refuse(c, error);
    }
  }

  #refuse(c: HonoContext, error: ApiError): Answer {
    for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
    const frame = this.#frameFor(c);
    const shown = {
      frame,
      title: titleOf(error),
      message: error.message,
      code: error.code,
      // A refused form isn't sent again by a reload.
      reloadAt: c.req.method === 'GET' ? undefined : frame?.path,
    };
    const page =
      error instanceof PersonChanged && frame ? (
        <PersonChangedPage
          {...shown}
          frame={frame}
          title={`You are ${frame.person.user.name} now`}
          was={error.was}
        />
      ) : (
        <ErrorPage {...shown} />
      );
    return sendPage(c, page, error.status);
  }

  /** What surrounds an error; undefined where the sandbox isn't to be shown, or can't be read. */
  #frameFor(c: HonoContext): Frame | undefined {
    try {
      requireOwnHost(c, this.context.host);
      return isFromThisMachine(c) ? this.#visit(c).frame : undefined;
    } catch {
      return undefined;
    }
  }

  #visit(c: HonoContext): PageRequest {
    const { db } = this.context;
    const theme = getCookie(c, 'toado_theme');
    const person = this.sessions.personOf(c);
    const frame: Frame = {
      person,
      people: usersOf(db),
      companies: companiesWithProjects(db, person),
      path: pageOf(c),
      origin: `http://${c.req.header('host')}`,
      theme: theme === 'light' || theme === 'dark' ? (theme satisfies Theme) : undefined,
    };
    return { c, person, frame };
  }
}

/** Sends a page. Wherever it shows a text, titles and labels of controls included, nothing in it is invisible. */
export async function sendPage(c: HonoContext, page: Child, status = 200): Promise<Response> {
  const text = String(await html`<!doctype html>${page}`);
  return c.html(
    text
      .split(asWritten)
      .map((part, at) => (at % 2 === 0 ? visible(part) : part))
      .join(''),
    status as 200,
  );
}

/** What is edited, sent, copied or gone to stays as it was written. */
const asWritten = /(<textarea[\s\S]*?<\/textarea>|\s(?:value|data-copies|href|src|action)="[^"]*")/;

function wantsPage(c: HonoContext): boolean {
  return (c.req.header('accept') ?? '').includes('text/html');
}

function requireSamePerson(pageActsAs: string | null, { person, people }: Frame): void {
  if (pageActsAs === person.user.id) return;
  if (pageActsAs === null) {
    throw new ApiError(
      'validation_error',
      'This form doesn’t say who sends it. Reload the page, then try again.',
    );
  }
  throw new PersonChanged(
    people.find(({ id }) => id === pageActsAs),
    person.user,
    pageActsAs,
  );
}

/** The page that the browser shows: the one that it asks for, or the one that it sends a form from. */
function pageOf(c: HonoContext): string {
  const origin = `http://${c.req.header('host')}`;
  const address = c.req.method === 'GET' ? c.req.url : c.req.header('referer');
  return ownPath(address, origin);
}

/** An address as a path of this origin and nothing else; `/` for any other. */
export function ownPath(address: string | undefined | null, origin: string): string {
  const url = URL.canParse(address ?? '', origin) ? new URL(address ?? '', origin) : undefined;
  // What a browser makes of it decides: it passes over tabs and line ends, and resolves `/..//`.
  if (url?.origin !== new URL(origin).origin || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search;
}

function titleOf({ status }: ApiError): string {
  if (status === 404) return 'Not found';
  if (status === 403) return 'Not allowed';
  return status === 400 ? 'That can’t be right' : 'That didn’t work';
}
