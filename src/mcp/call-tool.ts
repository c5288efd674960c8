/**
 * The way of a call: catalogue, access check, arguments, REST, respond. Nothing flows back up, and whatever goes
 * wrong on the way leaves as a failure in words.
 */
import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { refusal } from '../access/refusal.ts';
import { type Arguments, readArguments } from '../catalogue/arguments.ts';
import type { SessionView, Tool, ToolCall } from '../catalogue/define-tool.ts';
import { resolveNames } from '../catalogue/resolve-names.ts';
import { wireSchema } from '../catalogue/wire-schema.ts';
import { describe } from '../describe.ts';
import { Failure } from '../failure.ts';
import { fetchPicture } from '../pictures/fetch-picture.ts';
import type { Answer } from '../respond/answer.ts';
import { respond, respondFailure } from '../respond/respond.ts';
import type { Session } from '../session.ts';

/** A call ends within 30 s whatever happens (contract §5); a write keeps the last of it for a look at its outcome. */
const CALL_MS = 28_000;
const WRITE_MS = 20_000;
const GRANT_MS = 10_000;

export type Progress = (done: number, total?: number, message?: string) => void;

export async function callTool(
  session: Session,
  tool: Tool,
  given: Arguments,
  signal: AbortSignal,
  progress: Progress = () => {},
): Promise<CallToolResult> {
  try {
    return respond(await run(session, tool, given, signal, progress), session.settings.answerTokens);
  } catch (error) {
    const failure = error instanceof Failure ? error : unexpected(session, tool, error);
    // The token may have been revoked, rotated or given other scopes: the list of tools follows.
    const { status, requiredScope } = failure.details;
    if (status === 401 || (status === 403 && (requiredScope || failure.code === 'insufficient_scope')))
      void session.grant.refresh();
    return respondFailure(failure);
  }
}

async function run(
  session: Session,
  tool: Tool,
  given: Arguments,
  signal: AbortSignal,
  progress: Progress,
): Promise<Answer> {
  const began = performance.now();
  if (tool.scope) await permit(session, tool, signal);
  const schema = z.object(tool.input);
  const pins = pinsFor(tool, session);
  const input = readArguments(tool.name, schema, wireSchema(schema, 'input', Object.keys(pins)), given, pins);
  const apiUntil = (ms: number) =>
    session.client.for({
      effect: tool.effect,
      signal,
      deadline: began + ms,
      onWait: (sentence) => progress(0, undefined, sentence),
    });
  const api = apiUntil(tool.effect === 'read' ? CALL_MS : WRITE_MS);
  const call: ToolCall<Arguments> = {
    input: await resolveNames(input, api),
    api,
    signal,
    progress,
    session: viewOf(session, () => describe(session, api)),
    fetchPicture: (asset) =>
      fetchPicture(asset, { apiUrl: session.settings.apiUrl, signal, proxied: session.settings.proxied }),
  };
  const startedAt = new Date(session.clock.now().getTime() - 2_000);
  try {
    return await tool.run(call);
  } catch (error) {
    if (!(error instanceof Failure) || error.outcome !== 'outcome_unknown' || error.code === 'cancelled')
      throw error;
    return await lookInstead(tool, { ...call, api: apiUntil(CALL_MS) }, startedAt, error);
  }
}

async function permit(session: Session, tool: Tool, signal: AbortSignal): Promise<void> {
  const state = await session.grant.forCall(GRANT_MS, signal);
  if (state.state === 'refused' || state.state === 'unreachable') {
    const { code, sentence, next, details } = state.failure;
    throw new Failure(code, sentence, next, { ...details, outcome: 'not_sent' });
  }
  if (state.state === 'asking')
    throw new Failure(
      'unreachable',
      `Toado (${session.settings.apiUrl}) has not said yet what this token may do, so nothing was sent.`,
      'Call again in a moment; whoami says what is wrong.',
      { outcome: 'not_sent' },
    );
  const withheld = session.access().withheld.find(({ name }) => name === tool.name);
  if (withheld) throw refusal(withheld, state.scopes, session.webOrigin);
}

/** The write went out and no answer came: where a look shows that it happened, that is the answer. */
async function lookInstead(
  tool: Tool,
  call: ToolCall<Arguments>,
  began: Date,
  failure: Failure,
): Promise<Answer> {
  const seen = await tool.look?.(call, began).catch(() => undefined);
  if (seen)
    return {
      ...seen,
      notes: [...(seen.notes ?? []), 'Toado’s answer was lost; a look afterwards shows that it took effect.'],
    };
  throw new Failure(failure.code, failure.sentence, `${whatToLookAt(tool)} ${failure.next}`, failure.details);
}

function whatToLookAt({ effect, input }: Tool): string {
  const where =
    'body' in input
      ? 'list_comments'
      : 'ticket_id' in input || 'ticket_ids' in input
        ? 'get_ticket'
        : 'search_tickets';
  return effect === 'add'
    ? `It may have happened: look with ${where} before you call again, or it may be there twice.`
    : `It may have happened: ${where} shows it. Calling again is harmless.`;
}

function pinsFor(tool: Tool, { settings }: Session): Arguments {
  return Object.fromEntries(
    Object.entries(settings.pins).filter(([name, value]) => value !== undefined && name in tool.input),
  );
}

function viewOf(session: Session, describeIt: () => Promise<Answer>): SessionView {
  return { ...session.identity(), describe: describeIt };
}

function unexpected({ log }: Session, { name }: Tool, error: unknown): Failure {
  log(
    'error',
    `${name} failed unexpectedly: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
  );
  return new Failure(
    'internal',
    `${name} failed inside toado-mcp; this is a bug of ours.`,
    'Call again or do without it; the details are in the server’s log (stderr).',
    { outcome: 'outcome_unknown', cause: error },
  );
}
