import type { Hono } from 'hono';
import * as z from 'zod';
import { localPerson } from '../auth/person.ts';
import { cursor, limit, parseInput } from '../rules/input.ts';
import { createTokenFor, listTokens, revokeToken, tokenActivity } from '../rules/tokens.ts';
import { readJson } from './body.ts';
import type { Context } from './context.ts';
import { requireLocalPerson } from './local.ts';

const page = z.strictObject({ limit, cursor });

/** Managing tokens, which in Toado is a page of the web application: for the person at this machine, without a token. */
export function mountSandboxTokens(app: Hono, base: string, { db, changes }: Context): void {
  app.get(base, (c) => {
    requireLocalPerson(c);
    return c.json(listTokens(db));
  });

  app.post(base, async (c) => {
    requireLocalPerson(c);
    const { token, entry } = createTokenFor(db, await readJson(c));
    changes.poke();
    return c.json({ ...entry, token }, 201);
  });

  app.delete(`${base}/:token`, (c) => {
    requireLocalPerson(c);
    const entry = revokeToken(db, localPerson(db), c.req.param('token'));
    changes.poke();
    return c.json(entry);
  });

  app.get(`${base}/:token/activity`, (c) => {
    requireLocalPerson(c);
    return c.json(tokenActivity(db, c.req.param('token'), parseInput(page, c.req.query())));
  });
}
