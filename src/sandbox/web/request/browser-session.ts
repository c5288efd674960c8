import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context as HonoContext } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { findPerson, localPerson } from '../../auth/person.ts';
import type { Database } from '../../db/database.ts';
import type { Actor } from '../../model/actor.ts';
import { ApiError } from '../../model/errors.ts';

/**
 * Who uses the browser. The cookie is a user's id with a signature: it says which of the sandbox's people acts, and
 * only this process can have made it. Cookies don't tell ports apart, so its name does.
 */
export class Sessions {
  readonly #db: Database;
  readonly #key = randomBytes(32);

  constructor(db: Database) {
    this.#db = db;
  }

  /** Who looks at a page; a browser that comes for the first time begins as the sandbox's owner. */
  personAtPage(c: HonoContext): Actor {
    const known = this.#fromCookie(c);
    if (known) return known;
    const person = localPerson(this.#db);
    this.start(c, person.user.id);
    return person;
  }

  /** Who changes something. Throws `forbidden` without the cookie that every page sets. */
  requirePerson(c: HonoContext): Actor {
    const person = this.#fromCookie(c);
    if (person) return person;
    throw new ApiError('forbidden', 'Your session has ended. Reload the page, then try again.');
  }

  /** Has the browser act as this person. Strict: no request that another site starts carries the cookie. */
  start(c: HonoContext, userId: string): void {
    setCookie(c, cookieName(c), `${userId}.${this.#sign(userId)}`, {
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
    });
  }

  #fromCookie(c: HonoContext): Actor | undefined {
    const [userId, signature] = (getCookie(c, cookieName(c)) ?? '').split('.');
    if (!userId || !signature) return undefined;
    const given = Buffer.from(signature);
    const expected = Buffer.from(this.#sign(userId));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return findPerson(this.#db, userId);
  }

  #sign(userId: string): string {
    return createHmac('sha256', this.#key).update(userId).digest('base64url');
  }
}

function cookieName(c: HonoContext): string {
  return `toado_sandbox_${/:(\d+)$/.exec(c.req.header('host') ?? '')?.[1] ?? '80'}`;
}
