import type { Hono, Context as HonoContext } from 'hono';
import * as z from 'zod';
import { authenticate, type Bearer } from '../auth/bearer.ts';
import { requireScope } from '../auth/permissions.ts';
import { budgetHeaders, type Consumed, consume, consumeUncounted } from '../auth/rate-limiter.ts';
import type { Database } from '../db/database.ts';
import { countingError, isBusy, storageError } from '../db/storage-errors.ts';
import { ApiError, type ErrorCode } from '../model/errors.ts';
import { parseInput } from '../rules/input.ts';
import { isTooLarge, parseJson, readText, tooLarge } from './body.ts';
import type { Context } from './context.ts';
import { etagOf, isUnchanged } from './etag.ts';
import { earlierOutcome, keyedRequest, type Outcome, rememberOutcome } from './idempotency.ts';
import type { Answer, Route } from './route.ts';

const nothing = z.strictObject({});

/** Puts a route on the air: token, budget, scope, input, then what it does. */
export function serveRoute(app: Hono, base: string, context: Context, route: Route): void {
  const answer = route.method === 'GET' ? answerRead : answerWrite;
  app.on(route.method, base + route.path, async (c) => {
    if (isTooLarge(c) && !isKnown(c, context)) throw tooLarge();
    const { db } = context;
    const bearer = await db.whenFree(() => bearerOf(c, context));
    const kind = route.method === 'GET' ? 'read' : 'write';
    const { budget, granted } = await (kind === 'read' ? countRead(db, bearer) : countWrite(db, bearer));
    const headers = budgetHeaders(budget);
    try {
      if (!granted) {
        throw new ApiError(
          'rate_limited',
          `This token may make ${budget.limit} ${kind}s a minute; the next in ${budget.reset} s.`,
          { retry_after: budget.reset },
          { 'Retry-After': String(budget.reset) },
        );
      }
      return await answer(c, context, route, bearer, headers);
    } catch (error) {
      const refusal = error instanceof ApiError ? error : storageError(error);
      if (!refusal) throw error;
      return sendError(c, refusal, headers);
    }
  });
}

/** For so long a read waits for the file that counts it. */
const MAX_READ_WAIT_MS = 50;

/** A read changes nothing, so it isn't kept waiting while another program has locked that file. */
async function countRead(db: Database, { actor, limits }: Bearer): Promise<Consumed> {
  const tokenId = actor.token.id;
  try {
    return await db.whenFree(() => consume(db, tokenId, 'read', limits.read), MAX_READ_WAIT_MS);
  } catch (error) {
    if (!isBusy(error)) throw countingError(error, db.file) ?? error;
    return consumeUncounted(db, tokenId, limits.read);
  }
}

async function countWrite(db: Database, { actor, limits }: Bearer): Promise<Consumed> {
  try {
    return await db.whenFree(() => consume(db, actor.token.id, 'write', limits.write));
  } catch (error) {
    throw countingError(error, db.file) ?? error;
  }
}

function isKnown(c: HonoContext, context: Context): boolean {
  try {
    bearerOf(c, context);
    return true;
  } catch {
    return false;
  }
}

export function sendError(c: HonoContext, error: ApiError, headers: Record<string, string> = {}): Response {
  return send(c, { status: error.status, body: JSON.stringify(error) }, { ...headers, ...error.headers });
}

function send(c: HonoContext, { status, body }: Outcome, headers: Record<string, string>): Response {
  return c.body(body, status as 200, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
}

function bearerOf(c: HonoContext, { db }: Context): Bearer {
  return authenticate(db, c.req.header('authorization'), c.req.header('x-toado-client') === 'mcp');
}

async function answerRead(
  c: HonoContext,
  context: Context,
  route: Route,
  bearer: Bearer,
  headers: Record<string, string>,
): Promise<Response> {
  const { status, json, validates } = await context.db.whenFree(() =>
    context.db.read(() => carryOut(c, context, route, bearer, c.req.query())),
  );
  const etag = etagOf(validates ?? json);
  const answered = { ...headers, ETag: etag, 'Cache-Control': 'private, no-cache' };
  if (isUnchanged(c.req.header('if-none-match'), etag)) return c.body(null, 304, answered);
  return send(c, { status, body: json }, answered);
}

async function answerWrite(
  c: HonoContext,
  context: Context,
  route: Route,
  bearer: Bearer,
  headers: Record<string, string>,
): Promise<Response> {
  const { db, changes } = context;
  const text = readText(c);
  const key = context.features.includes('idempotency-key') ? c.req.header('idempotency-key') : undefined;
  const keyed =
    key === undefined ? undefined : keyedRequest(bearer.actor.token.id, key, route.method, c.req.path, text);
  const outcome = await db.writeWhenFree(() => {
    // Once more, now that the body is here and nobody else can write: the token may have been revoked meanwhile.
    const current = bearerOf(c, context);
    const earlier = keyed && earlierOutcome(db, keyed);
    if (earlier) {
      if (earlier.status < 400) requireReach(db, () => carryOut(c, context, route, current, parseJson(text)));
      return { ...earlier, replayed: true };
    }
    const first = outcomeOf(() => db.write(() => carryOut(c, context, route, current, parseJson(text))));
    if (keyed) rememberOutcome(db, keyed, first);
    return { ...first, replayed: false };
  });
  changes.poke();
  return send(c, outcome, outcome.replayed ? { ...headers, 'Idempotent-Replayed': 'true' } : headers);
}

/** What says that something isn't, or is no longer, within a caller's reach. */
const OUT_OF_REACH = new Set<ErrorCode>([
  'forbidden',
  'insufficient_scope',
  'project_not_found',
  'ticket_not_found',
]);

/**
 * A remembered answer is given only to who could still get one: its reach may have been narrowed since. Whether it was,
 * the work itself says, of which nothing stays; what else it says now doesn't count, since it was done before.
 */
function requireReach(db: Database, work: () => unknown): void {
  const undo = new Error('nothing of this stays');
  try {
    db.write(() => {
      work();
      throw undo;
    });
  } catch (error) {
    if (error === undo) return;
    if (!(error instanceof ApiError) || OUT_OF_REACH.has(error.code)) throw error;
  }
}

/** A refusal is an outcome like any other: nothing of it was written, and a repeated key answers it again. */
function outcomeOf(work: () => Answer): Outcome {
  try {
    const { status, json } = work();
    return { status, body: json };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: JSON.stringify(error) };
  }
}

function carryOut(
  c: HonoContext,
  { db, pictures }: Context,
  route: Route,
  bearer: Bearer,
  input: unknown,
): Answer {
  if (route.scope) requireScope(bearer.actor, route.scope);
  return route.run({
    db,
    pictures,
    actor: bearer.actor,
    bearer,
    params: c.req.param() as Record<string, string>,
    input: parseInput(route.input ?? nothing, input),
    get origin() {
      return new URL(c.req.url).origin;
    },
  });
}
