/** Whether a request may go on: Toado has said what the token may do, and what is asked for is among it. */
import type { Access } from '../../access/access.ts';
import { refusal } from '../../access/why-withheld.ts';
import { Failure } from '../../base/failure.ts';
import type { Session } from '../../session/session.ts';
import { GRANT_FOR_CALL_MS } from './time-limits.ts';

/** @param accessOf asked once it is known what the token may do. @throws Failure that nothing was sent for. */
export async function checkAccess(
  session: Session,
  name: string,
  accessOf: () => Access,
  signal: AbortSignal,
): Promise<void> {
  const state = await session.grant.untilGranted(GRANT_FOR_CALL_MS, signal);
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
  const pinProblem = session.access.pinProblem();
  if (withheld?.reason === 'pin_missing' && pinProblem) throw pinProblem;
  if (withheld) throw refusal(withheld, state.scopes, session.views.webOrigin);
}
