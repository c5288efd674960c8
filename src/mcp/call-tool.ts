/**
 * The way of a call: catalogue, access check, arguments, REST, respond. Nothing flows back up, and whatever goes
 * wrong on the way leaves as a failure in words.
 */
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { AbortLike } from '../base/abort.ts';
import { Failure } from '../base/failure.ts';
import { catalogue } from '../catalogue/index.ts';
import type { Answer } from '../respond/answer.ts';
import { respond, respondFailure } from '../respond/respond.ts';
import type { Session } from '../session/session.ts';
import { describe } from '../session/whoami.ts';
import { type Arguments, readArguments } from '../tool-kit/arguments.ts';
import type { SessionView, Tool, ToolCall } from '../tool-kit/define-tool.ts';
import { resolveNames } from '../tool-kit/names-to-ids.ts';
import { withoutProperties } from '../tool-kit/pinned-arguments.ts';
import type { CallLife } from './calls-in-flight.ts';
import { permit, unexpected } from './permit.ts';

/** A call ends within 30 s whatever happens (contract §5); a write keeps the last of it for a look at its outcome. */
const CALL_MS = 27_000;
const WRITE_MS = 20_000;
/** Two attempts of a write, and two looks, find room. */
const WRITE_ATTEMPT_MS = 9_500;
const LOOK_ATTEMPT_MS = 3_000;
/** Whatever did not keep to the above is given up. */
const LAST_MS = 29_000;
/** The API's clock is known to the second; what was written a little before the call began may be its own. */
const CLOCK_SLACK_MS = 2_000;

const schemas = new Map(catalogue.map(({ name, inputSchema }) => [name, inputSchema]));

export type Progress = (done: number, total?: number, message?: string) => void;

export async function callTool(
  session: Session,
  tool: Tool,
  given: Arguments,
  life: CallLife,
  progress: Progress = () => {},
): Promise<CallToolResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(tookTooLong(tool));
      life.giveUp();
    }, LAST_MS);
  });
  try {
    const work = run(session, tool, given, life, progress);
    const { answerTokens: tokens, structured } = session.settings;
    return respond(await Promise.race([work, tooLate]), { tokens, structured });
  } catch (error) {
    return respondFailure(unexpected(session, tool, error));
  } finally {
    clearTimeout(timer);
  }
}

async function run(
  session: Session,
  tool: Tool,
  given: Arguments,
  { signal, leaving }: CallLife,
  progress: Progress,
): Promise<Answer> {
  const began = performance.now();
  if (tool.scope) await permit(session, tool.name, session.access, leaving);
  const pins = pinsFor(tool, session);
  const known = withoutProperties(schemas.get(tool.name)!, Object.keys(pins));
  const input = readArguments(tool.name, tool.parser, known, given, pins);
  const repeats = tool.effect === 'add' ? session.repeats.begin(tool.name, input) : undefined;
  const apiUntil = (ms: number, more: { attemptMs?: number; leaving?: AbortLike } = {}) =>
    session.client.for({
      effect: tool.effect,
      signal,
      leaving,
      deadline: began + ms,
      onWait: (sentence) => progress(0, undefined, sentence),
      ...more,
    });
  const api =
    tool.effect === 'read' ? apiUntil(CALL_MS) : apiUntil(WRITE_MS, { attemptMs: WRITE_ATTEMPT_MS });
  const startedAt = new Date(session.clock.now().getTime() - CLOCK_SLACK_MS);
  let mayHaveHappened = true;
  try {
    const call: ToolCall<Arguments> = {
      input: await resolveNames(input, api, {
        me: session.identity().userId,
        isOffered: (name) => session.access().offered.includes(name),
      }),
      api,
      signal,
      progress,
      session: viewOf(session, () => describe(session, () => apiUntil(CALL_MS))),
      fetchPicture: async (asset) => {
        // Few sessions look at a picture; those that don't need not load what it takes.
        const { fetchPicture } = await import('../pictures/fetch-picture.ts');
        return fetchPicture(asset, {
          apiUrl: session.settings.apiUrl,
          signal,
          timeoutMs: began + CALL_MS - performance.now(),
        });
      },
    };
    try {
      return await tool.run(call);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      mayHaveHappened = error.outcome === 'outcome_unknown';
      if (!mayHaveHappened || error.code === 'cancelled') throw error;
      // Where the same was asked twice at once, what a look finds may be the other one's.
      const look = repeats?.isAlone() === false ? undefined : tool.look;
      return await lookInstead(
        tool,
        look,
        { ...call, api: apiUntil(CALL_MS, { attemptMs: LOOK_ATTEMPT_MS, leaving: signal }) },
        startedAt,
        error,
      );
    }
  } finally {
    repeats?.end(mayHaveHappened);
  }
}

function tookTooLong({ name, effect }: Tool): Failure {
  return new Failure(
    'timeout',
    `${name} did not end within ${LAST_MS / 1000} s and was given up.`,
    effect === 'read' ? 'Call again in a moment.' : 'It may have happened: look before you call again.',
    { outcome: effect === 'read' ? 'no_answer' : 'outcome_unknown' },
  );
}

/** The write went out and no answer came: where a look shows that it happened, that is the answer. */
async function lookInstead(
  tool: Tool,
  look: Tool['look'],
  call: ToolCall<Arguments>,
  began: Date,
  failure: Failure,
): Promise<Answer> {
  const seen = await look?.(call, began).catch(() => undefined);
  if (seen)
    return {
      ...seen,
      notes: [...(seen.notes ?? []), 'Toado’s answer was lost; a look afterwards shows it as asked.'],
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
  const { shownAs, tokenId } = session.identity();
  const isOffered = (name: string) => session.access().offered.includes(name);
  return { shownAs, tokenId, describe: describeIt, isOffered, ...session.surroundings };
}
