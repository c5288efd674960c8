/** Each kind of check, as a scenario's file writes it down, against what happened. */
import type { Check, SingleCheck } from '../scenario/schema.ts';
import type { CheckKind } from './check-kind.ts';
import { commentOn, created, moved, neverWritten, ticket } from './database-checks.ts';
import type { Facts, Verdict } from './facts.ts';
import { answer, called, calls, readFirst, refused, repeated, result, tokens } from './session-checks.ts';

export function kindOf(check: Check): string {
  return Object.keys(KINDS).find((key) => key in check) ?? 'at_least';
}

export function labelOf(check: Check): string {
  if (check.label) return check.label;
  if ('at_least' in check) return `At least ${check.at_least} of ${check.of.length} hold`;
  return (KINDS[kindOf(check)] as CheckKind<SingleCheck>).label(check);
}

export function verdictOf(check: Check, facts: Facts): Verdict {
  if ('at_least' in check) {
    const results = check.of.map((one) => ({ one, ...verdictOf(one, facts) }));
    const failed = results.filter(({ held }) => !held);
    const held = results.length - failed.length >= check.at_least;
    const which = failed.slice(0, 6).map(({ one }) => labelOf(one));
    const rest = failed.length > which.length ? ` and ${failed.length - which.length} more` : '';
    const saw = `${results.length - failed.length} of ${results.length} hold${which.length > 0 ? `; not: ${which.join('; ')}${rest}` : ''}.`;
    return { held, saw };
  }
  return (KINDS[kindOf(check)] as CheckKind<SingleCheck>).verdict(check, facts);
}

const KINDS: Record<string, CheckKind<never>> = {
  ticket,
  moved,
  comment_on: commentOn,
  created_in: created,
  called,
  read_before_writing: readFirst,
  refused_calls: refused,
  repeated_writes: repeated,
  tokens,
  calls,
  result,
  answer_says: answer,
  never_written: neverWritten,
};
