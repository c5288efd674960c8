/**
 * The way of a call: catalogue, access check, arguments, REST, respond. Nothing flows back up, and whatever goes
 * wrong on the way leaves as a failure in words.
 */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { Failure } from '../../base/failure.ts';
import { Slices } from '../../base/time-slices.ts';
import { catalogue } from '../../catalogue/index.ts';
import type { Answer } from '../../respond/answer.ts';
import { respond, respondFailure } from '../../respond/respond.ts';
import { hasPin, type Pins } from '../../session/pins.ts';
import type { Session } from '../../session/session.ts';
import { describe } from '../../session/whoami.ts';
import type { CallOptions } from '../../toado-api/client/options.ts';
import type { ReadApi } from '../../toado-api/routes/calls.ts';
import { NoMatch, resolveNames } from '../../tool-kit/arguments/names-to-ids.ts';
import { withoutProperties } from '../../tool-kit/arguments/pinned-arguments.ts';
import { type Arguments, readArguments } from '../../tool-kit/arguments/read-arguments.ts';
import { withAsFile } from '../../tool-kit/definition/as-file.ts';
import type { Tool, ToolCall, ToolSession } from '../../tool-kit/definition/define-tool.ts';
import { withCheckBeforeRetry } from '../../tool-kit/unconfirmed-writes/check-before-retry.ts';
import { runConfirmed, sentWriteOf } from '../../tool-kit/unconfirmed-writes/run-confirmed.ts';
import type { CallLife } from './calls-in-flight.ts';
import { checkAccess } from './check-access.ts';
import { toFailure } from './failures.ts';
import {
  CONFIRM_ATTEMPT_MS,
  GIVE_UP_MS,
  READ_CALL_MS,
  WRITE_ATTEMPT_MS,
  WRITE_CALL_MS,
} from './time-limits.ts';

const entries = new Map(catalogue.map((entry) => [entry.name, entry]));

export type Progress = (done: number, total?: number, message?: string) => void;

export async function callTool(
  session: Session,
  tool: Tool,
  given: Arguments,
  life: CallLife,
  progress: Progress = () => {},
): Promise<CallToolResult> {
  let timer: NodeJS.Timeout | undefined;
  let wasSent = false;
  let isLate = false;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(tookTooLong(tool));
      life.giveUp();
    }, GIVE_UP_MS);
  });
  const place = session.client.place();
  /** Of a call that is not wanted any more, or was given up, nobody hears. */
  const told: Progress = (...how) => {
    if (!life.signal.aborted) progress(...how);
  };
  try {
    const began = performance.now();
    const onWrite = () => {
      wasSent = true;
    };
    const work = session.token.retryIfReplaced(() =>
      run(session, tool, given, life, told, { began, onWrite, place }),
    );
    const { answerTokens: tokens, structured } = session.settings;
    const answer = await Promise.race([work, tooLate]);
    return await respond(answer, { tokens, structured }, new Slices(life.signal));
  } catch (error) {
    const cause = isLate ? tookTooLong(tool) : error;
    return respondFailure(withCheckBeforeRetry(await toFailure(session, tool, cause, wasSent), tool));
  } finally {
    clearTimeout(timer);
    place.leave();
  }
}

/** What of a call its parts share. */
interface Common extends Required<Pick<CallOptions, 'onWrite' | 'place'>> {
  began: number;
}

async function run(
  session: Session,
  tool: Tool,
  given: Arguments,
  { signal, leaving }: CallLife,
  progress: Progress,
  common: Common,
): Promise<Answer> {
  if (tool.scope) await checkAccess(session, tool.name, session.access.tools, leaving);
  const folder = session.settings.files;
  const { began } = common;
  const before = session.settings.token.current();
  const { reading, writing, confirming } = apisOf(session, tool, { signal, leaving }, progress, common);
  const api = tool.effect === 'read' ? reading() : writing();
  const fixed = await fixedFor(tool, session, api, signal);
  const { read, isOptional } = readGiven(session, tool, given, fixed);
  // What an agent writes is read by people: the token is taken out before it leaves, not only of the answer.
  const input = session.redactor.withoutSecrets(read);
  const notes = input === read ? [] : [HAD_TOKEN];
  const sending = await resolveNames(input, api, {
    me: session.token.identity().userId,
    fixed,
    isOptional,
    isOnlyProject: (id) =>
      isTokensOnly(session, id) ? 'only' : id === session.access.fixed().project_id ? 'fixed' : undefined,
    isOffered: (name) => session.access.tools().offered.includes(name),
  }).catch(async (error) => {
    const isProject = error instanceof NoMatch && error.argument === 'project_id';
    throw isProject ? await orPinProblem(error, session, signal) : error;
  });
  const fetching = () => ({
    apiUrl: session.settings.apiUrl,
    signal,
    timeoutMs: began + READ_CALL_MS - performance.now(),
  });
  const call: ToolCall<Arguments> = {
    input: sending,
    api,
    confirmApi: confirming,
    apiIfTokenReplaced: () => (session.token.reread(before) ? writing() : undefined),
    signal,
    slices: new Slices(signal),
    progress,
    session: toolSessionOf(session, () => describe(session, reading)),
    // Few sessions look at a picture; those that don't need not load what it takes.
    fetchPicture: async (asset) =>
      (await import('../../pictures/fetch-picture.ts')).fetchPicture(asset, fetching()),
    fetchOriginal: async (asset) =>
      (await import('../../pictures/fetch-picture.ts')).fetchOriginal(asset, fetching()),
    ...(folder && { saveFile: (kind, write) => folder.save(kind, write) }),
  };
  return noted(await runTracked(session, tool, call, began + WRITE_CALL_MS), notes);
}

function isTokensOnly({ grant: { now } }: Session, project_id: string): boolean {
  const { projects } = now.state === 'granted' ? now.info : {};
  return projects?.length === 1 && projects[0] === project_id;
}

/** The ids of what is fixed for this server, where the tool has to do with projects. */
async function fixedFor(tool: Tool, session: Session, api: ReadApi, signal: AbortSignal): Promise<Pins> {
  const { pins } = session.settings;
  if (!hasPin(pins)) return {};
  const needed = (['company_id', 'project_id'] as const).filter((argument) => argument in tool.input);
  // A project's name is looked for in the fixed company.
  if (needed.includes('project_id') && pins.project_id === undefined) needed.push('company_id');
  return session.access.pinnedIds(api, needed).catch(async (error) => {
    throw await orPinProblem(error, session, signal);
  });
}

/** The arguments as the tool reads them, with what is fixed for this server. */
function readGiven({ settings }: Session, tool: Tool, given: Arguments, fixed: Pins) {
  const pins = Object.fromEntries(Object.entries(fixed).filter(([name]) => name in tool.input));
  const offered = withAsFile(entries.get(tool.name)!, settings.files !== undefined);
  const known = withoutProperties(offered, Object.keys(pins));
  const read = readArguments(tool.name, tool.parser, known, given, pins);
  return { read, isOptional: (name: string) => !known.required?.includes(name) };
}

/** The API as a call may use it, with the time that is kept for each of its parts. */
function apisOf(
  { client }: Session,
  { effect }: Tool,
  { signal, leaving }: Pick<CallLife, 'signal' | 'leaving'>,
  progress: Progress,
  { began, onWrite, place }: Common,
) {
  const until = (ms: number, more: Pick<CallOptions, 'attemptMs' | 'leaving'> = {}) =>
    client.for({
      effect,
      signal,
      leaving,
      deadline: began + ms,
      onWrite,
      place,
      onWait: (sentence) => progress(0, undefined, sentence),
      ...more,
    });
  return {
    reading: () => until(READ_CALL_MS),
    writing: () => until(WRITE_CALL_MS, { attemptMs: WRITE_ATTEMPT_MS }),
    confirming: () => until(READ_CALL_MS, { attemptMs: CONFIRM_ATTEMPT_MS, leaving: signal }),
  };
}

/** Runs a tool. What it adds, or may have added, is known to the other calls of this session. */
async function runTracked(
  session: Session,
  tool: Tool,
  call: ToolCall<Arguments>,
  until: number,
): Promise<Answer> {
  const { creates } = session;
  const pending = tool.effect === 'add' ? creates.begin(tool.name, call.input) : undefined;
  const sent = sentWriteOf(performance.now(), session, tool, call.input, pending);
  try {
    const answer = await runConfirmed(tool, call, () => ({ ...call, api: call.confirmApi() }), sent, until);
    if (pending) {
      // Where it is there, and nobody knows under which id, another call could take it for its own.
      const row = idOf(answer);
      if (row) creates.made(pending, row);
      else creates.lost(pending);
    }
    return answer;
  } catch (error) {
    if (pending) {
      const isUnknown = !(error instanceof Failure) || error.outcome === 'outcome_unknown';
      if (isUnknown) creates.lost(pending);
      else creates.failed(pending);
    }
    throw error;
  }
}

/** Of the row that an addition made. */
function idOf({ data }: Answer): string | undefined {
  return typeof data.id === 'string' ? data.id : undefined;
}

const HAD_TOKEN =
  'This server’s own token stood in the arguments. It was taken out before anything was sent; never write it anywhere.';

function noted(answer: Answer, notes: readonly string[]): Answer {
  return notes.length > 0 ? { ...answer, notes: [...(answer.notes ?? []), ...notes] } : answer;
}

function tookTooLong({ name, effect }: Tool): Failure {
  return new Failure(
    'timeout',
    `${name} did not end within ${GIVE_UP_MS / 1000} s and was given up.`,
    'Call again in a moment.',
    { outcome: effect === 'read' ? 'no_answer' : 'outcome_unknown' },
  );
}

/** What is fixed may be gone meanwhile: then nothing that the caller gives can mend that, and the lists of tools follow. */
async function orPinProblem(error: unknown, session: Session, signal: AbortSignal): Promise<unknown> {
  if (!hasPin(session.settings.pins) || !(error instanceof Failure) || error.outcome !== 'not_sent')
    return error;
  await session.grant.freshened(signal);
  return session.access.pinProblem() ?? error;
}

function toolSessionOf(session: Session, describeIt: () => Promise<Answer>): ToolSession {
  const { shownAs, tokenId } = session.token.identity();
  const isOffered = (name: string) => session.access.tools().offered.includes(name);
  return { shownAs, tokenId, describe: describeIt, isOffered, ...session.views };
}
