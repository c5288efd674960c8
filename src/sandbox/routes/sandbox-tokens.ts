import type { Hono, Context as HonoContext } from 'hono';
import * as z from 'zod';
import { findPerson, localPerson } from '../auth/person.ts';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { requireLocalPerson } from '../local.ts';
import { createToken, listTokens, revokeToken, tokenActivity } from '../tokens.ts';
import { readJson } from './body.ts';
import { cursor, id, limit, parseInput, text } from './input.ts';

const newToken = z.strictObject({
  label: text(1, 100),
  scopes: z.array(z.string()).min(1),
  companies: z.array(id).min(1).optional(),
  projects: z.array(id).min(1).optional(),
  expires_at: z.iso
    .datetime({ offset: true })
    .transform((time) => new Date(time).toISOString())
    .refine((time) => time > new Date().toISOString(), 'must be in the future')
    .optional(),
  user_id: id.optional(),
});

const page = z.strictObject({ limit, cursor });

/** Managing tokens, which in Toado is a page of the web application: for the person at this machine, without a token. */
export function mountSandboxTokens(app: Hono, base: string, { db, changes }: Context): void {
  app.get(base, (c) => {
    requireLocalPerson(c);
    return c.json(listTokens(db));
  });

  app.post(base, async (c) => {
    requireLocalPerson(c);
    const { user_id, ...input } = parseInput(newToken, await readJson(c));
    const owner = user_id === undefined ? localPerson(db) : findPerson(db, user_id);
    if (!owner) throw new ApiError('user_not_found', 'There is no user with this id.');
    const { token, entry } = createToken(db, owner, input);
    changes.poke();
    return c.json({ ...entry, token }, 201);
  });

  app.delete(`${base}/:token`, (c) => {
    requireLocalPerson(c);
    const entry = revokeToken(db, localPerson(db), param(c, 'token'));
    changes.poke();
    return c.json(entry);
  });

  app.get(`${base}/:token/activity`, (c) => {
    requireLocalPerson(c);
    return c.json(tokenActivity(db, param(c, 'token'), parseInput(page, c.req.query())));
  });
}

function param(c: HonoContext, name: string): string {
  return c.req.param(name) ?? '';
}
