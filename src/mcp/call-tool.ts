/**
 * The way of a call: catalogue, access check, arguments, REST, respond. Nothing flows back up, and whatever goes
 * wrong on the way leaves as a failure in words.
 */
import type { CallToolResult } from '@modelcontextprotocol/server';
import * as z from 'zod';
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
import { followUp, permit, unexpected } from './permit.ts';

/** A call ends within 30 s whatever happens (contract §5); a write keeps the last of it for a look at its outcome. */
const CALL_MS = 28_000;
const WRITE_MS = 20_000;

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
    const failure = unexpected(session, tool.name, error);
    followUp(session, failure);
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
  if (tool.scope) await permit(session, tool.name, session.access, signal);
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
