/** The API for what only reads: lists, prompts, resources, completions. */
import type { Session } from '../../session/session.ts';
import type { ReadApi } from '../../toado-api/routes/calls.ts';
import { READ_MS } from './time-limits.ts';

export function readApi({ client }: Session, signal: AbortSignal, ms = READ_MS): ReadApi {
  return client.for({ effect: 'read', signal, deadline: performance.now() + ms });
}
