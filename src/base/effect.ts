/**
 * What kind of action a tool is. One word, from which everything else about its safety follows:
 * MCP's annotations, whether `--read-only` keeps it, whether it can reach a route that writes.
 *
 * - `read`: changes nothing.
 * - `add`: makes something new each time (a comment, a ticket).
 * - `update`: sets a state that can be set back; setting it again changes nothing more.
 * - `overwrite`: replaces what somebody wrote, for good; doing it again changes nothing more.
 */
export type Effect = 'read' | 'add' | 'update' | 'overwrite';

export interface Annotations {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
}

/** MCP's four hints. The world is open: what a ticket says was written by whoever filed it. */
export function annotationsOf(effect: Effect): Annotations {
  return {
    readOnlyHint: effect === 'read',
    destructiveHint: effect === 'overwrite',
    // Sending it twice leaves the same state as sending it once.
    idempotentHint: effect !== 'add',
    openWorldHint: true,
  };
}
