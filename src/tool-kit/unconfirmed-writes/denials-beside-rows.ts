/**
 * Whether what an answer to a write says beside its rows says that they were not done, or which of them. Such an answer
 * confirms nothing; a look tells.
 */
import { isJsonObject } from '../../base/json-object.ts';
import { snakeCase } from '../../base/letter-case.ts';
import { contractCode } from '../../toado-api/errors/error-codes.ts';
import { ERROR_NAMES } from '../../toado-api/vocabulary/error-fields.ts';
import {
  countIn,
  DONE_WORD,
  deniesDeed,
  errorStatusIn,
  holdsError,
  isError,
  isRehearsal,
  leavesDeedOpen,
  saysYes,
  TICKET_STATE,
} from '../../toado-api/vocabulary/outcome-words.ts';
import {
  A_FLAG,
  ACTION_NAMES,
  ASIDE,
  CODE_NAMES,
  COLUMN,
  COUNT_NAMES,
  FAILURE_NAMES,
  MEASURES,
  NO_ACTION,
  PROGRESS,
  RETRY,
  SCHEDULE,
  SENTENCE_NAMES,
  STATUS_NAMES,
  SUCCESS_NAMES,
  TAKEN_WORD,
  USER,
} from '../../toado-api/vocabulary/write-outcome-patterns.ts';
import { isDenial, ofTickets, saysAll, saysFewer, sentencesIn } from './denials-in-text.ts';
import { idsIn, MAX_DEPTH } from './ids-in-text.ts';

/** What was asked for all of the tickets. */
export interface Asked {
  /** Where they are to be. */
  column_id?: string;
  /** Who is to be assigned, or not. */
  user_id?: string;
  isAssigned?: boolean;
}

/** 0, a share below 1, or less than a hundred percent. */
export function isInPart(name: string, value: unknown): boolean {
  const part = PROGRESS.test(name) ? Number.parseFloat(String(value)) : Number.NaN;
  return part < 100 && part !== 1;
}

export function isOtherWord(word: string): boolean {
  const plain = word.trim();
  const isKnown = saysYes(plain) || DONE_WORD.test(plain) || TICKET_STATE.test(plain);
  return plain !== '' && (TAKEN_WORD.test(plain) || !isKnown);
}

/** A time that is still to come, by more than clocks differ, or seconds to wait. */
export function isLater(name: string, value: unknown): boolean {
  if (RETRY.test(name)) return typeof value === 'string' ? !/^0?$/.test(value) : Number(value) > 0;
  return SCHEDULE.test(name) && Date.parse(String(value)) > Date.now() + SOON_MS;
}

const SOON_MS = 120_000;

/** Whether that is another id than was asked for. What is of another form is a name, which says nothing of ids. */
export function isOther(value: unknown, asked: string | undefined): boolean {
  if (asked === undefined) return false;
  const id = idIn(value);
  return id !== undefined && id !== asked && formOf(id) === formOf(asked);
}

/** `col_8fK2` is of the form `col_`, and a number of digits alone. */
function formOf(id: string): string {
  return /^[a-z]+[_-]/i.exec(id)?.[0] ?? (/^\d+$/.test(id) ? '0' : /^[\da-f-]{36}$/i.test(id) ? 'uuid' : id);
}

export function idIn(value: unknown): string | undefined {
  if (!isJsonObject(value))
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  const { id, user_id, userId, column_id, columnId, user } = value;
  return idIn(id ?? user_id ?? userId ?? column_id ?? columnId ?? (isJsonObject(user) ? user.id : undefined));
}

/** Which of the tickets that were sent something beside the rows denies, or leaves out of those that went well. */
export function namedBeside(beside: Record<string, unknown>, sent: ReadonlySet<string>): Set<string> {
  const named = new Set<string>();
  const search = (value: unknown, depth: number, isFailure: boolean): void => {
    if (typeof value === 'string') {
      if (isFailure || isDenial(value)) for (const id of idsIn(value, sent)) named.add(id);
    } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
      for (const [name, inner] of Object.entries(value)) {
        if (isFailure && sent.has(name)) named.add(name);
        const plain = snakeCase(name);
        if (!isFailure && SUCCESS_NAMES.test(plain) && Array.isArray(inner)) leaveOut(inner);
        search(inner, depth + 1, isFailure || FAILURE_NAMES.test(plain) || REMAINING.test(plain));
      }
    }
  };
  /** Where some of them are in a list of those that went well, the others aren't. */
  const leaveOut = (list: readonly unknown[]): void => {
    const those = new Set(list.map((one) => (isJsonObject(one) ? String(one.ticket_id ?? one.id) : one)));
    const some = [...sent].some((id) => those.has(id));
    if (some) for (const id of sent) if (!those.has(id)) named.add(id);
  };
  search(beside, 0, false);
  return named;
}

/** Beside budgets, lists of what is still to be done are called so. */
const REMAINING = /^(remaining|left|rest)(_ids)?$/;

/** Whether something beside the rows says that not all of them, or nothing, was done as asked. */
export function deniesAll(
  beside: Record<string, unknown>,
  asked: Asked,
  sent: ReadonlySet<string>,
  depth = 0,
): boolean {
  const yes = sent.size;
  return Object.entries(beside).some(([name, value]) => {
    const plain = snakeCase(name);
    if (ASIDE.test(plain) || MEASURES.test(plain)) return false;
    if (COLUMN.test(plain)) return isOther(value, asked.column_id);
    if (USER.test(plain)) return isOther(value, asked.user_id);
    const said = { [name]: value };
    if (deniesDeed(said) || leavesDeedOpen(said) || isLater(plain, value) || isInPart(plain, value))
      return true;
    if (CODE_NAMES.test(plain) && isFailureName(value)) return true;
    if (STATUS_NAMES.test(plain) && typeof value === 'string') return isOtherWord(value);
    const count = countIn(value);
    if (depth === 0 && COUNT_NAMES.test(plain) && count !== undefined) return count < yes;
    if (count !== undefined)
      return FAILURE_NAMES.test(plain)
        ? count > 0
        : SUCCESS_NAMES.test(plain) && count < yes && !(count === 1 && A_FLAG.test(plain));
    if (ACTION_NAMES.test(plain) && typeof value === 'string') return NO_ACTION.test(value.trim());
    const isText =
      typeof value === 'string' &&
      (/^[@_]*(err|error|fault|exception|problem|failure)s?$/.test(plain) || OF_AN_ERROR.test(plain));
    const isList = ERROR_NAMES.test(plain) || (Array.isArray(value) && NOT_DONE.test(plain));
    if (isText ? isError(value) : isList && holdsError(value))
      return namedBeside({ errors: value }, sent).size === 0;
    // What names its ticket is about that one (namedBeside).
    if (SENTENCE_NAMES.test(plain))
      return sentencesIn(value).some((one) => {
        const isDenied = /warning/.test(plain) ? ofTickets(one).trim() !== '' : isDenial(one);
        return (isDenied || saysFewer(one, yes)) && !saysAll(one, yes) && idsIn(one, sent).length === 0;
      });
    if (typeof value === 'boolean' || value === 'true')
      return isRehearsal(said) || (value ? FAILURE_NAMES : WHOLE).test(plain);
    return isJsonObject(value) && depth < 2 && deniesAll(value, asked, sent, depth + 1);
  });
}

/** An HTTP status of failure, or one of Toado's own codes. */
export function isFailureName(value: unknown): boolean {
  return (
    errorStatusIn({ status: value }) !== undefined ||
    (typeof value === 'string' && contractCode(value) !== undefined)
  );
}

const WHOLE = /^(is_)?complete$/;

/** Counts and lists of what was not done. */
export const NOT_DONE = /^(fail(ed|ures?)|errors?|rejected|skipped|pending|queued)(_count)?$/;
/** What of an error stands there alone. */
export const OF_AN_ERROR = /^err(or)?(_(code|message|msg|text|description|details?|reason|summary))?$/;
