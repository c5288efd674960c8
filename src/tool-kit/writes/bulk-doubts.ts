/**
 * Why a yes in a bulk answer's row is not taken at its word: the row shows or says something else, too. A doubted ticket
 * is not confirmed, and looked at.
 */
import { isJsonObject } from '../../base/json-object.ts';
import { snakeCase } from '../../base/letter-case.ts';
import { ERROR_NAMES } from '../../toado-api/vocabulary/error-fields.ts';
import { withoutTextsOf } from '../../toado-api/vocabulary/names-in-text.ts';
import {
  countIn,
  deniesAct,
  flagIn,
  isError,
  isLeftOut,
  isRehearsal,
  leavesDeedOpen,
} from '../../toado-api/vocabulary/outcome-words.ts';
import {
  A_TICKET,
  ACTION_NAMES,
  ASIDE,
  ASSIGNEE,
  ASSIGNEES,
  CODE_NAMES,
  COLUMN,
  FAILURE_NAMES,
  IS_ASSIGNED,
  MEASURES,
  NO_ACTION,
  OTHER_FACTS,
  OWN_COUNT,
  SENTENCE_NAMES,
  STATUS_NAMES,
  TAKEN_WORD,
  USER,
} from '../../toado-api/vocabulary/write-outcome-patterns.ts';
import {
  type Asked,
  idIn,
  isFailureName,
  isInPart,
  isLater,
  isOther,
  isOtherWord,
} from '../unconfirmed-writes/denials-beside-rows.ts';
import { isDenial, isYesOrNone, sentencesIn } from '../unconfirmed-writes/denials-in-text.ts';
import { MAX_DEPTH } from '../unconfirmed-writes/ids-in-text.ts';

const OWN_ACTS = ['moved', 'changed', 'modified', 'applied', 'saved'];
/** States of the ticket beside what was asked for. */
const OTHER_ACTS = ['created', 'inserted', 'archived', 'restored', 'deleted'];
/** What of a row tells whether somebody is assigned, which is either asked for or not. */
const ASSIGNMENTS = ['assigned', 'unassigned', 'removed'];

/** Whether a row's own fields show or say something else than that it was done as asked. */
export function disagrees(row: Record<string, unknown>, asked: Asked, depth = 0, isIn = false): boolean {
  // Of a ticket, only what was asked for counts: it may have errors and states of its own.
  const isTicket = isIn || 'title' in row;
  const acts = isTicket ? pick(row, OWN_ACTS) : without(row, [...OTHER_ACTS, ...ASSIGNMENTS]);
  if (deniesAct(acts)) return true;
  if (!isTicket && (isLeftOut(row) || isRehearsal(row) || leavesDeedOpen(row))) return true;
  return Object.entries(withoutTextsOf(row, row)).some(([name, value]) => {
    const plain = snakeCase(name);
    if (ASSIGNEE.test(plain) && asked.isAssigned !== undefined) return isOtherAssignee(value, asked);
    if (IS_ASSIGNED.test(plain) && asked.isAssigned !== undefined) {
      const flag = value === null ? false : flagIn(value);
      if (flag !== undefined) return flag !== (asked.isAssigned !== /unassigned|removed/.test(plain));
    }
    if (value === null && !isTicket && isTimeOfAct(plain, asked)) return true;
    if (value === null || value === undefined || value === '') return false;
    if (OTHER_FACTS.test(plain) || ASIDE.test(plain)) return false;
    if (COLUMN.test(plain)) return isOther(value, asked.column_id);
    if (USER.test(plain)) return isOther(value, asked.user_id);
    if (ASSIGNEES.test(plain) && Array.isArray(value))
      return (
        asked.user_id !== undefined && value.some((one) => idIn(one) === asked.user_id) !== asked.isAssigned
      );
    if (isOtherColumn(value, asked.column_id)) return true;
    if (isTicket && (isIn || !/^(message|msg|warnings?|reason)$/.test(plain))) return false;
    if (ERROR_NAMES.test(plain)) return isErrorOfRow(value);
    if (SENTENCE_NAMES.test(plain)) return sentencesIn(value).some(isDenial);
    if (STATUS_NAMES.test(plain) && typeof value === 'string') return isOtherWord(value);
    if (ACTION_NAMES.test(plain) && typeof value === 'string') return NO_ACTION.test(value.trim());
    const isFailure = Number(value) >= 300 || TAKEN_WORD.test(String(value)) || isFailureName(value);
    if (CODE_NAMES.test(plain) && isFailure) return true;
    if (isLater(plain, value) || isInPart(plain, value)) return true;
    if (isSet(value) || (countIn(value) && OWN_COUNT.test(plain)))
      return FAILURE_NAMES.test(plain) && !MEASURES.test(plain);
    return (
      isJsonObject(value) && depth < MAX_DEPTH && disagrees(value, asked, depth + 1, A_TICKET.test(plain))
    );
  });
}

/** Under a name of errors, every word is one but a yes or "none". */
function isErrorOfRow(value: unknown): boolean {
  if (typeof value === 'object') return isError(value);
  return typeof value === 'string' ? !isYesOrNone(value) : value !== false && value !== 0;
}

/** When it was done; `assigned_at: null` is as asked where somebody is no longer to be. */
function isTimeOfAct(plain: string, { isAssigned }: Asked): boolean {
  const [, act] = /^(moved|assigned|unassigned|applied|processed)_at$/.exec(plain) ?? [];
  if (act === 'assigned' || act === 'unassigned') return isAssigned === (act === 'assigned');
  return act !== undefined;
}

function pick(row: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
}

function without(row: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

function isSet(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(true|yes)$/i.test(value));
}

/** Whoever is assigned now; where several may be, this is one of them. */
function isOtherAssignee(value: unknown, { user_id, isAssigned }: Asked): boolean {
  const id = idIn(value);
  if (!isAssigned) return id === user_id;
  return value === null || isOther(value, user_id);
}

/** Under whatever name: ids of the form that columns have are a column's. */
function isOtherColumn(value: unknown, asked: string | undefined): boolean {
  return typeof value === 'string' && /^[a-z]+_/i.test(asked ?? '') && isOther(value, asked);
}
