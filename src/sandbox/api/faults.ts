/** Failures on purpose, for trying how an agent takes them: off unless asked for. */
import { setTimeout as pause } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context as HonoContext, MiddlewareHandler, Next } from 'hono';
import { authenticate } from '../auth/bearer.ts';
import type { Database } from '../db/database.ts';
import { ApiError } from '../model/errors.ts';
import { apiRoutes } from './all-routes.ts';
import { sendError } from './serve-route.ts';

export interface Fault {
  /** Which requests: `POST /tickets/:ticket/comments`, `GET *`, `*`. Paths are those below `/api/v1`. */
  on: string;
  /** The first of those requests that it meets; 1 by default. */
  from?: number | undefined;
  /** How many it meets; 1 by default. */
  times?: number | undefined;
  /** Waits before it is carried out. */
  delay_ms?: number | undefined;
  /** Answers 429 with this `Retry-After`, in seconds; nothing is carried out. */
  rate_limited?: number | undefined;
  /** Answers this status (5xx); nothing is carried out. */
  status?: number | undefined;
  /** Carries it out, then cuts the connection. */
  lose_answer?: boolean | undefined;
  /** Revokes the caller's token first. */
  revoke_token?: boolean | undefined;
}

/** Where what was done to a request is noted, for whoever records it. */
export const FAULT = 'sandbox-fault';

interface Armed {
  fault: Fault;
  matches: (method: string, path: string) => boolean;
  met: number;
}

export function injectFaults(faults: readonly Fault[], db: Database, base: string): MiddlewareHandler {
  const armed: Armed[] = faults.map((fault) => ({ fault, matches: matcher(fault.on), met: 0 }));
  return async (c, next) => {
    const path = c.req.path.slice(base.length);
    const meets = armed.filter((one) => {
      if (!one.matches(c.req.method, path)) return false;
      one.met++;
      const from = one.fault.from ?? 1;
      return one.met >= from && one.met < from + (one.fault.times ?? 1);
    });
    for (const { fault } of meets) {
      const answer = await strike(c, next, fault, db);
      if (answer) return answer;
    }
    await next();
  };
}

/** @returns the answer, where the fault gives one in place of the route's. */
async function strike(c: HonoContext, next: Next, fault: Fault, db: Database): Promise<Response | undefined> {
  if (fault.delay_ms) {
    note(c, `delayed by ${fault.delay_ms} ms`);
    await pause(fault.delay_ms);
  }
  if (fault.revoke_token) {
    note(c, 'token revoked');
    revoke(c, db);
  }
  if (fault.rate_limited !== undefined) {
    note(c, `rate limited for ${fault.rate_limited} s`);
    const headers = { 'Retry-After': String(fault.rate_limited) };
    const message = `Too many requests; the next in ${fault.rate_limited} s.`;
    return sendError(c, new ApiError('rate_limited', message, { retry_after: fault.rate_limited }, headers));
  }
  if (fault.status !== undefined) {
    note(c, `answered ${fault.status}`);
    return c.text('Service unavailable', fault.status as 503);
  }
  if (fault.lose_answer) {
    await next();
    note(c, 'answer lost');
    (c.env as HttpBindings).outgoing.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  return undefined;
}

function note(c: HonoContext, what: string): void {
  const before = c.get(FAULT) as string | undefined;
  c.set(FAULT, before ? `${before}, ${what}` : what);
}

function revoke(c: HonoContext, db: Database): void {
  const { actor } = authenticate(db, c.req.header('authorization'), false);
  db.write(() =>
    db.run('UPDATE tokens SET revoked_at = ? WHERE id = ?', new Date().toISOString(), actor.token.id),
  );
}

/** Whether any route of the API is met: what is misspelt would never strike. */
export function meetsRoute(on: string): boolean {
  const [method, path] = methodAndPath(on);
  const parts = path.split('/');
  return apiRoutes({ features: [], assetTtlMs: 0 }).some((route) => {
    if (method !== '*' && method !== route.method) return false;
    const its = route.path.split('/');
    const fits = (part: string, at: number) =>
      part === its[at] || part.startsWith(':') || its[at]!.startsWith(':');
    return path === '*' || (parts.length === its.length && parts.every(fits));
  });
}

function methodAndPath(on: string): [method: string, path: string] {
  return on.includes(' ') ? (on.split(' ', 2) as [string, string]) : ['*', on];
}

function matcher(on: string): Armed['matches'] {
  const [method, path] = methodAndPath(on);
  const pattern =
    path === '*'
      ? /.*/
      : new RegExp(
          `^${path
            .split('/')
            .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')))
            .join('/')}$`,
        );
  return (asked, at) => (method === '*' || method === asked) && pattern.test(at);
}
