/**
 * Which kinds of writes change a ticket's `updated_at`, as answered ones of this session have shown. Only of those does
 * an old time say that a lost one was not carried out: Toado may leave the time as it is when a ticket moves.
 */
import type { ServerClock } from '../../toado-api/client/clock.ts';
import type { Arguments } from '../arguments/read-arguments.ts';

/** A session's; plain, so that a start loads none of this. */
export interface WritesThatSetUpdatedAt {
  kinds: Set<string>;
  /** By ticket: the time that the last answer showed. */
  times: Map<string, string>;
}

/** Times of more tickets are not remembered. */
const MAX_TICKETS = 1_000;

/** A tool with certain fields: not all of them need change the time. */
export function kindOf(tool: string, input: Arguments): string {
  const fields = Object.keys(input).filter((field) => input[field] !== undefined);
  return [tool, ...fields.sort()].join(' ');
}

/**
 * Such a write was answered with this row.
 * @param isSince whether its time is not older than the write.
 */
export function learnFrom(
  { id, updated_at: at }: Record<string, unknown>,
  kind: string,
  { kinds, times }: WritesThatSetUpdatedAt,
  isSince: (at: string) => unknown,
): void {
  if (typeof id !== 'string' || typeof at !== 'string') return;
  // Another write of just before may have left it.
  if (times.get(id) !== at && isSince(at) === true) kinds.add(kind);
  times.delete(id);
  times.set(id, at);
  if (times.size > MAX_TICKETS) times.delete(times.keys().next().value!);
}

/** No clocks that are kept at all differ by more. */
const MAX_SKEW_MS = 120_000;

/** Whether a time in a row is before a moment on our clock, however much its clock, the API's and ours may differ. */
export function isLongBefore(at: string, moment: number, clock: ServerClock, margin = MAX_SKEW_MS): boolean {
  const earliest = clock.earliest(moment);
  if (earliest === undefined) return false;
  return Date.parse(at) + margin < Math.min(earliest, moment + Date.now() - performance.now());
}
