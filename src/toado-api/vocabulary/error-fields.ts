import { snakeCase } from '../../base/letter-case.ts';
import { holdsError } from './outcome-words.ts';

/** Names under which errors stand, in snake_case. */
export const ERROR_NAMES =
  /^(errs?|errors?|problems?|issues|faults?|exceptions?|failures?|violations?|conflicts|blockers|diagnostics|error_\w+)$|_(errors?|failures?|violations?)$/;

/** Whether an object or a list with an error in it stands under one of these names. */
export function hasFilledErrors(place: Record<string, unknown>): boolean {
  return Object.keys(place).some((name) => ERROR_NAMES.test(snakeCase(name)) && holdsError(place[name]));
}
