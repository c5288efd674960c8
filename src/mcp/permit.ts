/** Whether a call may go on: Toado has said what the token may do, and what is asked for is among it. */

import type { Access } from '../access/access.ts';
import { KNOWN_WITHIN_MS } from '../access/grant.ts';
import { explainRefusal } from '../access/reach.ts';
import { refusal } from '../access/refusal.ts';
import type { Effect } from '../base/effect.ts';
import { Failure } from '../base/failure.ts';
import type { Scope } from '../base/scopes.ts';
import type { Session } from '../session/session.ts';

/** @param accessOf asked once it is known what the token may do. @throws Failure that nothing was sent for. */
export async function permit(
  session: Session,
  name: string,
  accessOf: () => Access,
  signal: AbortSignal,
): Promise<void> {
  const state = await session.grant.forCall(KNOWN_WITHIN_MS, signal);
  if (state.state !== 'granted' && state.state !== 'asking') {
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
  const withheld = accessOf().withheld.find((one) => one.name === name);
  const pinProblem = session.pinProblem();
  if (withheld?.reason === 'pin_missing' && pinProblem) throw pinProblem;
  if (withheld) throw refusal(withheld, state.scopes, session.webOrigin);
}

/** What went wrong as a failure; what is none is a bug of ours, and its details go to the log. */
export async function unexpected(
  { log, grant, client }: Session,
  { name, effect, scope }: { name: string; effect: Effect; scope?: Scope },
  error: unknown,
): Promise<Failure> {
  if (error instanceof Failure) {
    if (error.code === 'forbidden') await grant.freshened();
    return explainRefusal(error, scope, grant.now, client.names);
  }
  log(
    'error',
    `${name} failed unexpectedly: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
  );
  return new Failure(
    'internal',
    `${name} failed inside toado-mcp; this is a bug of ours.`,
    'Call again or do without it; the details are in the server’s log (stderr).',
    { outcome: effect === 'read' ? 'no_answer' : 'outcome_unknown', cause: error },
  );
}
