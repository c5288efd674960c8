import type { Hono } from 'hono';
import * as z from 'zod';
import { requirePerson } from '../auth/person.ts';
import { listTokens, tokenActivity } from '../queries/token-list.ts';
import { createTokenFor } from '../rules/create-token.ts';
import { cursor, id, limit, parseInput } from '../rules/input.ts';
import { revokeToken } from '../rules/revoke-token.ts';
import { readJson } from './body.ts';
import type { Context } from './context.ts';
import { requireLocalPerson } from './local-only.ts';

/** As whom the person at this machine acts; the sandbox's first owner by default. */
const user_id = id.optional();
const whoever = z.strictObject({ user_id });
const page = z.strictObject({ limit, cursor, user_id });

/** Managing tokens, which in Toado is a page of the web application: for the person at this machine, without a token. */
export function mountSandboxTokens(app: Hono, base: string, { db, changes }: Context): void {
  app.get(base, (c) => {
    requireLocalPerson(c);
    return c.json(listTokens(db, requirePerson(db, parseInput(whoever, c.req.query()).user_id)));
  });

  app.post(base, async (c) => {
    requireLocalPerson(c);
    const request = readJson(c);
    const { token, entry } = await db.whenFree(() => createTokenFor(db, request));
    changes.poke();
    return c.json({ ...entry, token }, 201);
  });

  app.delete(`${base}/:token`, async (c) => {
    requireLocalPerson(c);
    const person = requirePerson(db, parseInput(whoever, c.req.query()).user_id);
    const entry = await db.whenFree(() => revokeToken(db, person, c.req.param('token')));
    changes.poke();
    return c.json(entry);
  });

  app.get(`${base}/:token/activity`, (c) => {
    requireLocalPerson(c);
    const { user_id, ...asked } = parseInput(page, c.req.query());
    return c.json(tokenActivity(db, requirePerson(db, user_id), c.req.param('token'), asked));
  });
}
