/**
 * Why a bulk answer's yes is not taken at its word: the row shows or says something else, too, or what stands beside the
 * rows does. A doubted ticket is not confirmed, and looked at.
 */
import { isJsonObject } from '../../base/json-object.ts';
import { snakeCase } from '../../base/letter-case.ts';
import {
  deniesAct,
  isFilled,
  isLeftOut,
  isRehearsal,
  saysYes,
} from '../../toado-api/vocabulary/outcome-words.ts';
import { pathOf } from '../arguments/written-ids.ts';

/** What was asked for all of the tickets. */
export interface Asked {
  /** Where they are to be. */
  column_id?: string;
  /** Who is to be assigned, or not. */
  user_id?: string;
  isAssigned?: boolean;
}

/** Rows are shallow; nothing is looked for further in. */
const MAX_DEPTH = 6;

/** Where a ticket is now, or was sent to. */
const COLUMN = /^((target|to|new|current|final|destination)_)?column(_id)?$|^(to|target|destination)$/;
const USER = /^(user|person|member)_id$/;
const ASSIGNEE = /^(assignee(_id)?|assigned_to|user|person|member)$/;
const ASSIGNEES = /^(assignees|assignee_ids|user_ids)$/;
const IS_ASSIGNED = /^(is_)?assigned$/;
/** Where it was, who did it, and other words of a row that say nothing of what became of it. */
const ELSE = /^(from|old|previous|prior|former|source|before|by|actor|requested|created|updated)(_|$)/;
const WORDS = /^(status|state|result|outcome|verdict|transaction|phase|decision|disposition)$/;
/** Words for what was done: only some say that nothing was. */
const ACTIONS = /^(action|operation|type|kind|level|severity)$/;
const NO_ACTION = /^(none|no_?op|noop|skip|ignor|fail|err|den|reject|refus|block|lock|queue|pend)/i;
const NUMBERS = /^(http_?)?(status|code)(_code)?$|^(error|err|response|return|ret)_?code$/;
const ERRORS = /^(errors?|problems?|exception|failures?|error_\w+)$|_errors?$/;
const SENTENCES = /message|msg|detail|warning|notice|remark|reason|info|hint|explanation|comment|notes?$/;
/** The states of a ticket, and of what is done. */
const A_YES =
  /^(active|archived|open|closed|draft|resolved|moved|assigned|unassigned|fulfilled|completed?|finished|processed|committed)$/i;
/** How a sentence says that something was not done, or not all of it. */
const DENIAL =
  /\b(no|not|none|nothing|never|cannot|can.t|couldn.t|wasn.t|weren.t|didn.t|without|unable|unchanged|except|only|partial\w*|part|fail\w*|errors?|den(?:y|ied)|forbidden|refus\w*|reject\w*|skip\w*|ignor\w*|lock\w*|frozen|block\w*|conflict\w*|pending|queued?|scheduled|later|limit\w*|invalid|missing|rolled back|\d+ (?:of|out of|\/) \d+)\b/i;
/** Names of flags, counts and lists of what was not done. */
const FAILURES =
  /(^|_)(not|un(?:moved|changed|processed|successful|able|available|confirmed|done|finished)|noop|no_op|fail\w*|errors?|errored|reject\w*|refus\w*|den(y|ied|ials?)|skip\w*|invalid|forbidden|conflict\w*|missing|block\w*|lock\w*|held|kept|pending|queued?|scheduled|deferred|delayed|remaining_tickets|retr\w+|reverted|rolled|rollback|cancel\w*|timed_out|incomplete|would\w*|left)(_|$)/;
const SUCCESSES =
  /^((total|num|number_of)_)?(succeeded|success|successful|ok|done|completed|updated|moved|assigned|unassigned|affected|processed)(_(count|total|ids|tickets))?$/;
/** 1 is true there, and no count. */
const A_FLAG = /^(ok|success|done|completed)$/;
/** Names under which a row may hold the ticket. */
const A_TICKET = /^(ticket|task|item|issue|card)$/;
const OWN_ACTS = ['moved', 'changed', 'modified', 'applied', 'saved'];

/** Whether a row's own fields show or say something else than that it was done as asked. */
export function disagrees(row: Record<string, unknown>, asked: Asked, depth = 0, isIn = false): boolean {
  // Of a ticket, only what was asked for counts: it may have errors and states of its own.
  const isTicket = isIn || 'title' in row;
  const acts = isTicket ? pick(row, OWN_ACTS) : asked.isAssigned === false ? without(row, 'assigned') : row;
  if (deniesAct(acts) || (!isTicket && (isLeftOut(row) || isRehearsal(row)))) return true;
  return Object.entries(row).some(([name, value]) => {
    const plain = snakeCase(name);
    if (ASSIGNEE.test(plain) && asked.isAssigned !== undefined && plain !== 'user')
      return isOtherAssignee(value, asked);
    if (value === null || value === undefined || value === '' || ELSE.test(plain)) return false;
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
    if (ERRORS.test(plain)) return typeof value === 'object' ? isFilled(value) : isDenial(value, true);
    if (SENTENCES.test(plain)) return sentencesIn(value).some((one) => isDenial(one));
    if (WORDS.test(plain) && typeof value === 'string') return isOtherWord(value);
    if (ACTIONS.test(plain)) return typeof value === 'string' && NO_ACTION.test(value.trim());
    if (NUMBERS.test(plain) && Number(value) >= 300) return true;
    if (value === true) return FAILURES.test(plain);
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
  return word.trim() !== '' && !saysYes(word) && !A_YES.test(word.trim());
}

function sentencesIn(value: unknown): string[] {
  const each = Array.isArray(value) ? value : [value];
  return each.filter((one) => typeof one === 'string');
}

function isDenial(value: unknown, isAny = false): boolean {
  if (typeof value !== 'string') return isAny && value !== false && value !== 0;
  if (value === '' || saysYes(value) || /^(none|null|nil)$/i.test(value.trim())) return false;
  return isAny || DENIAL.test(value.slice(0, MAX_TEXT));
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
        if (!isFailure && SUCCESSES.test(plain) && Array.isArray(inner)) leaveOut(inner);
        search(inner, depth + 1, isFailure || FAILURES.test(plain));
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

/** Words of a text that are ids of these. */
function idsIn(text: string, sent: ReadonlySet<string>): string[] {
  if (sent.has(text)) return [text];
  return text
    .slice(0, MAX_TEXT)
    .split(/[^\w-]+/)
    .filter((word) => sent.has(word));
}

const MAX_TEXT = 10_000;

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
    if (COLUMN.test(plain)) return isOther(value, asked.column_id);
    if (USER.test(plain)) return isOther(value, asked.user_id);
    if (typeof value === 'number')
      return FAILURES.test(plain)
        ? value > 0
        : SUCCESSES.test(plain) && value < yes && !(value === 1 && A_FLAG.test(plain));
    if (WORDS.test(plain) && typeof value === 'string') return isOtherWord(value);
    // What names its ticket is about that one (namedBeside).
    if (SENTENCES.test(plain))
      return sentencesIn(value).some((one) => {
        const isDenied = /warning/.test(plain) ? one !== '' : isDenial(one);
        return isDenied && !saysAll(one, yes) && idsIn(one, sent).length === 0;
      });
    if (typeof value === 'boolean')
      return value
        ? FAILURES.test(plain) || isRehearsal({ [name]: value })
        : /^(is_)?complete$/.test(plain) || isRehearsal({ [name]: value });
    return isJsonObject(value) && depth < 2 && deniesAll(value, asked, sent, depth + 1);
  });
}

/** `3 of 3 moved`. */
function saysAll(sentence: string, count: number): boolean {
  const [, some, all] = /\b(\d+) (?:of|out of|\/) (\d+)\b/.exec(sentence) ?? [];
  return some !== undefined && some === all && Number(all) === count;
}

const INDEX = /^(index|idx|i|row|row_number|line|item_index|position|place|at|seq|nr|no|number)$/;

/**
 * Which of the tickets that were sent each row is about, in their order: by the id or the page's address that stands
 * anywhere in it, or where no row names one by its place, which none contradicts.
 */
export function ticketsOf(
  rows: readonly Record<string, unknown>[],
  ids: readonly string[],
): (string | undefined)[] {
  const sent = new Set(ids);
  const named = rows.map((row) => ticketOf(row, sent));
  const areUnnamed =
    rows.length === ids.length && rows.every((row, at) => !namesTicket(row) && named[at]!.size === 0);
  if (!areUnnamed) return named.map((found) => (found.size === 1 ? [...found][0] : undefined));
  const places = placesOf(rows);
  return rows.map((_, at) => (places ? ids[places[at]!] : undefined));
}

/** Whether it is about a certain ticket, also one that was not sent: by its id, or the address of its page. */
function namesTicket({ ticket_id, url, href, self }: Record<string, unknown>): boolean {
  const addresses = [url, href, self].filter((one) => typeof one === 'string');
  return !!ticket_id || addresses.some((one) => pathOf(one).at(-2) === 'tickets');
}

/** The tickets that a row names; what says how it fared may name others. */
function ticketOf(row: Record<string, unknown>, sent: ReadonlySet<string>): Set<string> {
  const { ticket_id } = row;
  if (typeof ticket_id === 'string' && ticket_id !== '') {
    const id = sent.has(ticket_id) ? ticket_id : pathOf(ticket_id).at(-1);
    return new Set(id !== undefined && sent.has(id) ? [id] : []);
  }
  const found = new Set<string>();
  const search = (value: unknown, depth: number): void => {
    if (typeof value === 'string') {
      for (const id of idsIn(value, sent)) found.add(id);
    } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH)
      for (const inner of Object.values(value)) search(inner, depth + 1);
  };
  search(row, 0);
  return found;
}

/** Where each row stands among those that were sent: as it says, counted from 0 or 1, or as it came where none says. */
function placesOf(rows: readonly Record<string, unknown>[]): number[] | undefined {
  const names = new Set(
    rows.flatMap((row) => Object.keys(row).filter((name) => INDEX.test(snakeCase(name)))),
  );
  let places: number[] | undefined;
  for (const name of names) {
    const said = rows.map((row) => Number(row[name] ?? Number.NaN));
    const first = Math.min(...said);
    const sorted = [...said].sort((one, other) => one - other);
    if ((first !== 0 && first !== 1) || !sorted.every((place, at) => place === first + at)) return undefined;
    const these = said.map((place) => place - first);
    if (places?.some((place, at) => place !== these[at])) return undefined;
    places = these;
  }
  return places ?? rows.map((_, at) => at);
}
