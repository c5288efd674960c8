import { earlierOutcome, keyedRequest, rememberOutcome } from '../../api/idempotency.ts';
import type { Database } from '../../db/database.ts';
import type { Actor } from '../../model/actor.ts';
import { ApiError } from '../../model/errors.ts';

/**
 * Does what a form asks for once, however often the form comes (a double click, a reload): undefined when it was done
 * before. Throws `conflict` where the same form asks for something else by then. Must run inside a write.
 */
export function once<Result>(
  db: Database,
  person: Actor,
  formId: string,
  asked: string,
  work: () => Result,
): Result | undefined {
  const sent = keyedRequest(`form of ${person.user.id}`, formId, asked);
  if (earlierOutcome(db, sent)) return undefined;
  const result = work();
  rememberOutcome(db, sent, { status: 201, body: '' });
  return result;
}

/** `once` for a form that says which one it is; one that doesn't (a script of somebody's own) asks each time anew. */
export function onceIfNamed<Result>(
  db: Database,
  person: Actor,
  form: URLSearchParams,
  path: string,
  work: () => Result,
): Result | undefined {
  const formId = form.get('form_id');
  if (!formId) return work();
  try {
    return once(db, person, formId, `${path}\n${form}`, work);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'conflict') throw error;
    throw new ApiError(
      'conflict',
      'This form was sent before, with other words: look whether it arrived, then send this again.',
    );
  }
}
