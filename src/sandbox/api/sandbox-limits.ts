import type { Hono, Context as HonoContext } from 'hono';
import * as z from 'zod';
import { requirePerson } from '../auth/person.ts';
import { ApiError } from '../model/errors.ts';
import { limitsInput, limitsOf, setLimits } from '../rules/company-limits.ts';
import { id, parseInput } from '../rules/input.ts';
import { readJson } from './body.ts';
import type { Context } from './context.ts';
import { requireLocalPerson } from './local-only.ts';

const whoever = z.strictObject({ user_id: id.optional() });

/** The limits of companies, which their owners set: for the person at this machine, and for no token. */
export function mountSandboxLimits(app: Hono, base: string, { db, changes }: Context): void {
  app.get(base, (c) => c.json(limitsOf(db, personOf(c))));

  app.patch(`${base}/:company`, async (c) => {
    const person = personOf(c);
    const input = parseInput(limitsInput, readJson(c));
    const limits = await db.whenFree(() => setLimits(db, person, c.req.param('company'), input));
    changes.poke();
    return c.json(limits);
  });

  function personOf(c: HonoContext) {
    requireLocalPerson(c);
    if (c.req.header('authorization') !== undefined) {
      throw new ApiError('forbidden', 'Limits are set by the person at this machine, never by a token.');
    }
    return requirePerson(db, parseInput(whoever, c.req.query()).user_id);
  }
}
