import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context as HonoContext } from 'hono';
import { setCookie } from 'hono/cookie';
import { findPerson, localPerson } from '../../auth/person.ts';
import type { Database } from '../../db/database.ts';
import { secret } from '../../db/secrets.ts';
import type { Actor } from '../../model/actor.ts';

/** Lax: a link on another site leads to the page as the person who was chosen. Nothing is ever changed by a link. */
const KEPT = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 365 * 24 * 60 * 60 } as const;

interface Choice {
  userId: string;
  /** Tells the browsers apart, so that a change in one of them is told to its own pages. */
  browserId: string;
}

/**
 * As whom the browser acts: the sandbox's owner, until the person chooses somebody else. The choice is a cookie with
 * a signature, whose key lies in the file, so that it outlasts a restart; only choosing writes it. A second cookie tells
 * browsers apart in which nobody was chosen yet. Cookies don't tell ports apart, so their names do.
 */
export class Sessions {
  readonly #db: Database;
  readonly #listeners = new Map<string, Set<(userId: string) => void>>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Who looks at a page or changes something. */
  personOf(c: HonoContext): Actor {
    const choice = this.#choiceOf(c);
    return (choice && findPerson(this.#db, choice.userId)) ?? localPerson(this.#db);
  }

  /** Marks a browser that has no mark yet: to be called for every page. */
  mark(c: HonoContext): void {
    if (this.#browserIdOf(c) === undefined) setCookie(c, markName(c), newBrowserId(), KEPT);
  }

  /** Has the browser act as this person from now on, and tells its open pages. */
  choose(c: HonoContext, userId: string): void {
    const browserId = this.#browserIdOf(c) ?? newBrowserId();
    const choice = `${userId}.${browserId}`;
    setCookie(c, cookieName(c), `${choice}.${this.#sign(choice)}`, KEPT);
    for (const listener of this.#listeners.get(browserId) ?? []) listener(userId);
  }

  /** Calls `listener` when this browser chooses another person. Returns how to stop that. */
  onChoice(c: HonoContext, listener: (userId: string) => void): () => void {
    const browserId = this.#browserIdOf(c);
    // Takes no cookies: none of its choices will be known again either.
    if (browserId === undefined) return () => {};
    const listeners = this.#listeners.get(browserId) ?? new Set();
    this.#listeners.set(browserId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(browserId);
    };
  }

  #browserIdOf(c: HonoContext): string | undefined {
    return this.#choiceOf(c)?.browserId ?? cookiesOf(c, markName(c)).find((mark) => /^[\w-]{12}$/.test(mark));
  }

  /** Another program on this host may have set a cookie of the same name for a longer path, which comes first. */
  #choiceOf(c: HonoContext): Choice | undefined {
    for (const cookie of cookiesOf(c, cookieName(c))) {
      const choice = this.#choiceIn(cookie);
      if (choice) return choice;
    }
    return undefined;
  }

  #choiceIn(cookie: string): Choice | undefined {
    const [, choice, userId, browserId, signature] = /^((.+)\.([\w-]+))\.([\w-]+)$/.exec(cookie) ?? [];
    if (!choice || !userId || !browserId || !signature) return undefined;
    const given = Buffer.from(signature);
    const expected = Buffer.from(this.#sign(choice));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return { userId, browserId };
  }

  #sign(choice: string): string {
    return createHmac('sha256', secret(this.#db, 'session')).update(choice).digest('base64url');
  }
}

function newBrowserId(): string {
  return randomBytes(9).toString('base64url');
}

function cookiesOf(c: HonoContext, name: string): string[] {
  return (c.req.header('cookie') ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one.startsWith(`${name}=`))
    .map((one) => one.slice(name.length + 1));
}

function cookieName(c: HonoContext): string {
  return `toado_sandbox_${portOf(c)}`;
}

function markName(c: HonoContext): string {
  return `toado_browser_${portOf(c)}`;
}

function portOf(c: HonoContext): string {
  return /:(\d+)$/.exec(c.req.header('host') ?? '')?.[1] ?? '80';
}
