/**
 * Why a bulk answer's yes is not taken at its word: the row shows or says something else, too, or what stands beside the
 * rows does. A doubted ticket is not confirmed, and looked at.
 */
import { isJsonObject } from '../../base/json-object.ts';
import { snakeCase } from '../../base/letter-case.ts';
import { ERROR_NAMES } from '../../toado-api/vocabulary/error-names.ts';
import {
  deniesAct,
  deniesDeed,
  isFilled,
  isLeftOut,
  isRehearsal,
  saysYes,
} from '../../toado-api/vocabulary/outcome-words.ts';
import { idsIn, MAX_DEPTH, MAX_TEXT } from './bulk-row-tickets.ts';
import {
  A_FLAG,
  A_TICKET,
  ACTION_NAMES,
  ASIDE,
  ASSIGNEE,
  ASSIGNEES,
  CODE_NAMES,
  COLUMN,
  COUNT_NAMES,
  DENIAL,
  DONE_WORD,
  FAILURE_NAMES,
  HARMLESS_CLAUSE,
  IS_ASSIGNED,
  MEASURES,
  NO_ACTION,
  NO_ERRORS,
  OTHER_FACTS,
  RETRY,
  SCHEDULE,
  SENTENCE_NAMES,
  STATUS_NAMES,
  SUCCESS_NAMES,
  TAKEN_WORD,
  USER,
} from './bulk-words.ts';

/** What was asked for all of the tickets. */
export interface Asked {
  /** Where they are to be. */
  column_id?: string;
  /** Who is to be assigned, or not. */
  user_id?: string;
  isAssigned?: boolean;
}

const OWN_ACTS = ['moved', 'changed', 'modified', 'applied', 'saved'];

/** Whether a row's own fields show or say something else than that it was done as asked. */
export function disagrees(row: Record<string, unknown>, asked: Asked, depth = 0, isIn = false): boolean {
  // Of a ticket, only what was asked for counts: it may have errors and states of its own.
  const isTicket = isIn || 'title' in row;
  const acts = isTicket ? pick(row, OWN_ACTS) : asked.isAssigned === false ? without(row, 'assigned') : row;
  if (deniesAct(acts) || (!isTicket && (isLeftOut(row) || isRehearsal(row)))) return true;
  return Object.entries(row).some(([name, value]) => {
    const plain = snakeCase(name);
    if (ASSIGNEE.test(plain) && asked.isAssigned !== undefined) return isOtherAssignee(value, asked);
    if (value === null || value === undefined || value === '') return false;
    if (OTHER_FACTS.test(plain) || ASIDE.test(plain)) return false;
    if (COLUMN.test(plain)) return isOther(value, asked.column_id);
    if (USER.test(plain)) return isOther(value, asked.user_id);
    if (IS_ASSIGNED.test(plain) && asked.isAssigned !== undefined && typeof value === 'boolean')
      return value !== asked.isAssigned;
    if (ASSIGNEES.test(plain) && Array.isArray(value))
      return (
        asked.user_id !== undefined && value.some((one) => idIn(one) === asked.user_id) !== asked.isAssigned
      );
    if (isOtherColumn(value, asked.column_id)) return true;
    if (isTicket && (isIn || !/^(message|msg|warnings?|reason)$/.test(plain))) return false;
    if (ERROR_NAMES.test(plain)) return typeof value === 'object' ? isFilled(value) : isDenial(value, true);
    if (SENTENCE_NAMES.test(plain)) return sentencesIn(value).some((one) => isDenial(one));
    if (STATUS_NAMES.test(plain) && typeof value === 'string') return isOtherWord(value);
    if (ACTION_NAMES.test(plain)) return typeof value === 'string' && NO_ACTION.test(value.trim());
    if (CODE_NAMES.test(plain) && (Number(value) >= 300 || TAKEN_WORD.test(String(value)))) return true;
    if (isLater(plain, value)) return true;
    if (value === true || value === 'true') return FAILURE_NAMES.test(plain);
    return (
      isJsonObject(value) && depth < MAX_DEPTH && disagrees(value, asked, depth + 1, A_TICKET.test(plain))
    );
  });
}

function pick(row: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
}

function without(row: Record<string, unknown>, name: string): Record<string, unknown> {
  const { [name]: _its, ...others } = row;
  return others;
}

/** Whoever is assigned now; where several may be, this is one of them. */
function isOtherAssignee(value: unknown, { user_id, isAssigned }: Asked): boolean {
  const id = idIn(value);
  if (!isAssigned) return id === user_id;
  return value === null || isOther(value, user_id);
}

function isOtherWord(word: string): boolean {
  const plain = word.trim();
  return plain !== '' && (TAKEN_WORD.test(plain) || !(saysYes(plain) || DONE_WORD.test(plain)));
}

/** A time that is still to come, by more than clocks differ, or seconds to wait. */
function isLater(name: string, value: unknown): boolean {
  if (RETRY.test(name)) return typeof value === 'string' ? !/^0?$/.test(value) : Number(value) > 0;
  return SCHEDULE.test(name) && Date.parse(String(value)) > Date.now() + SOON_MS;
}

const SOON_MS = 120_000;

function sentencesIn(value: unknown): string[] {
  const each = Array.isArray(value) ? value : [value];
  return each.filter((one) => typeof one === 'string');
}

function isDenial(value: unknown, isAny = false): boolean {
  if (typeof value !== 'string') return isAny && value !== false && value !== 0;
  if (value === '' || saysYes(value) || /^(none|null|nil)$/i.test(value.trim())) return false;
  return isAny || DENIAL.test(ofTickets(value));
}

/** Of a text, what may be said of the tickets. */
function ofTickets(text: string): string {
  const clauses = text
    .slice(0, MAX_TEXT)
    .replace(NO_ERRORS, '')
    .split(/[.;!\n]\s|, /);
  return clauses.filter((clause) => !HARMLESS_CLAUSE.test(clause)).join('; ');
}

/** Whether that is another id than was asked for. What is of another form is a name, which says nothing of ids. */
function isOther(value: unknown, asked: string | undefined): boolean {
  if (asked === undefined) return false;
  const id = idIn(value);
  return id !== undefined && id !== asked && formOf(id) === formOf(asked);
}

/** Under whatever name: ids of the form that columns have are a column's. */
function isOtherColumn(value: unknown, asked: string | undefined): boolean {
  return typeof value === 'string' && /^[a-z]+_/i.test(asked ?? '') && isOther(value, asked);
}

/** `col_8fK2` is of the form `col_`, and a number of digits alone. */
function formOf(id: string): string {
  return /^[a-z]+[_-]/i.exec(id)?.[0] ?? (/^\d+$/.test(id) ? '0' : /^[\da-f-]{36}$/i.test(id) ? 'uuid' : id);
}

function idIn(value: unknown): string | undefined {
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
        search(inner, depth + 1, isFailure || FAILURE_NAMES.test(plain));
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
    if (deniesDeed({ [name]: value }) || isLater(plain, value)) return true;
    if (depth === 0 && COUNT_NAMES.test(plain) && typeof value === 'number') return value < yes;
    if (typeof value === 'number')
      return FAILURE_NAMES.test(plain)
        ? value > 0
        : SUCCESS_NAMES.test(plain) && value < yes && !(value === 1 && A_FLAG.test(plain));
    if (STATUS_NAMES.test(plain) && typeof value === 'string') return isOtherWord(value);
    if (ACTION_NAMES.test(plain) && typeof value === 'string') return NO_ACTION.test(value.trim());
    if (ERROR_NAMES.test(plain) && isFilled(value)) return namedBeside({ errors: value }, sent).size === 0;
    // What names its ticket is about that one (namedBeside).
    if (SENTENCE_NAMES.test(plain))
      return sentencesIn(value).some((one) => {
        const isDenied = /warning/.test(plain) ? ofTickets(one).trim() !== '' : isDenial(one);
        return (isDenied || saysFewer(one, yes)) && !saysAll(one, yes) && idsIn(one, sent).length === 0;
      });
    if (typeof value === 'boolean' || value === 'true')
      return value
        ? FAILURE_NAMES.test(plain) || isRehearsal({ [name]: value })
        : /^(is_)?complete$/.test(plain) || isRehearsal({ [name]: value });
    return isJsonObject(value) && depth < 2 && deniesAll(value, asked, sent, depth + 1);
  });
}

/** `Moved 1 ticket.` */
function saysFewer(sentence: string, count: number): boolean {
  const [, some] = /\b(\d{1,4}) (?:tickets?|items?|rows?|records?)\b/i.exec(sentence) ?? [];
  return some !== undefined && Number(some) < count;
}

/** `3 of 3 moved`. */
function saysAll(sentence: string, count: number): boolean {
  const [, some, all] = /\b(\d+) (?:of|out of|\/) (\d+)\b/.exec(sentence) ?? [];
  return some !== undefined && some === all && Number(all) === count;
}
