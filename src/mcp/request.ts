/** What prompts, resources and completion ask of Toado: reads, inside the same time limits as a tool's. */
import type { Session } from '../session/session.ts';
import type { ReadApi } from '../toado-api/api.ts';
import { unexpected } from './permit.ts';

const READ_MS = 28_000;

export function readApi(session: Session, signal: AbortSignal, ms = READ_MS): ReadApi {
  return session.client.for({ effect: 'read', signal, deadline: performance.now() + ms });
}

/** The project that the person who started the server has fixed. */
export function pinOf({ settings }: Session): string | undefined {
  return settings.pins.project_id;
}

/** @throws Failure whatever goes wrong: what is none is logged. */
export async function withFailures<Result>(
  session: Session,
  name: string,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await session.underCurrentToken(run);
  } catch (error) {
    throw await unexpected(session, { name, effect: 'read', scope: 'read' }, error);
  }
}
