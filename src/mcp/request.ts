/** What prompts, resources and completion ask of Toado: reads, inside the same time limits as a tool's. */
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { AbortLike } from '../base/abort.ts';
import { failureText } from '../respond/respond.ts';
import type { Session } from '../session/session.ts';
import type { ReadApi } from '../toado-api/api.ts';
import { unexpected } from './permit.ts';

const READ_MS = 28_000;

export function readApi(session: Session, signal: AbortLike, ms = READ_MS): ReadApi {
  return session.client.for({ effect: 'read', signal, deadline: performance.now() + ms });
}

/** The project that the person who started the server has fixed. */
export function pinOf({ settings }: Session): string | undefined {
  return settings.pins.project_id;
}

/** A failure leaves as a protocol error with the same words as a tool's. */
export async function inWords<Result>(
  session: Session,
  name: string,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    const failure = unexpected(session, { name, effect: 'read' }, error);
    const { code, outcome, details } = failure;
    const isCallers = outcome === 'not_sent' || outcome === 'rejected';
    throw new ProtocolError(
      isCallers ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError,
      await failureText(failure),
      {
        code,
        outcome,
        ...(details.requiredScope ? { required_scope: details.requiredScope } : {}),
      },
    );
  }
}
