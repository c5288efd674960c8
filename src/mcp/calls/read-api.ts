/** The API for what only reads: lists, prompts, resources, completions. */
import type { Session } from '../../session/session.ts';
import type { ReadApi } from '../../toado-api/routes/calls.ts';
import { PROMPT_OR_RESOURCE_MS } from './time-limits.ts';

export function readApi({ client }: Session, signal: AbortSignal, ms = PROMPT_OR_RESOURCE_MS): ReadApi {
  return client.for({ effect: 'read', signal, deadline: performance.now() + ms });
}
