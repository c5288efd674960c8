import { visibleInLine } from '../base/visible.ts';
import { secrets } from './redact.ts';

/** As much of a name as a list shows. */
const LONGEST = 120;
const MOST_LOOKED_AT = 10_000;

/** A name that somebody chose, for a list of our own: on one line, nothing hidden in it, no longer than a name is. */
export function nameInLine(name: string): string {
  const shown = visibleInLine(secrets.redact(name.slice(0, MOST_LOOKED_AT)));
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}
