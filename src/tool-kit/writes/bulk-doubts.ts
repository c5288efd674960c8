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
const MAX_DEPTH = 4;

/** Where a ticket is now, or was sent to. */
const COLUMN = /^((target|to|new|current|destination)_)?column(_id)?$|^(to|target|destination)$/;
const USER = /^(user|assignee|person|member)(_id)?$/;
const ASSIGNEES = /^(assignees|assignee_ids|user_ids)$/;
/** Where it was, and other words of a row that say nothing of what became of it. */
const ELSE =
  /^(from|old|previous|prior|former|source|before|by|actor|requested|created|updated|assigned)(_|$)/;
const WORDS = /^(status|state|result|outcome|verdict)$/;
const NUMBERS = /(^|_)(status|code)(_code)?$/;
const REASONS = /error|warning|problem|exception|failure|reason|message|detail|note$|remark/;
/** The states of a ticket and a plain yes. */
const A_YES =
  /^(active|archived|open|closed|draft|moved|assigned|unassigned|fulfilled|completed?|finished|processed)$/i;
/** What a flag that is false says of the ticket itself. */
const OWN_FLAGS = new Set(['resolved', 'is_draft', 'has_capture', 'has_ai_activity', 'error']);

/** Whether a row's own fields show or say something else than that it was done as asked. */
export function disagrees(row: Record<string, unknown>, asked: Asked, depth = 0): boolean {
  // Of a ticket, only what was asked for counts: it may have errors and states of its own.
  const isTicket = 'title' in row;
  if (!isTicket && (deniesAct(row) || isLeftOut(row) || isRehearsal(row))) return true;
  return Object.entries(row).some(([name, value]) => {
    if (value === null || value === undefined || value === '') return false;
    const plain = snakeCase(name);
    if (ELSE.test(plain)) return false;
    if (COLUMN.test(plain)) return isOther(value, asked.column_id);
    if (USER.test(plain)) return isOther(value, asked.user_id);
    if (ASSIGNEES.test(plain) && Array.isArray(value))
      return (
        asked.user_id !== undefined && value.some((one) => idIn(one) === asked.user_id) !== asked.isAssigned
      );
    if (isTicket) return false;
    if (REASONS.test(plain)) return typeof value === 'object' ? isFilled(value) : !saysYes(value as string);
    if (WORDS.test(plain) && typeof value === 'string') return !saysYes(value) && !A_YES.test(value.trim());
    if (NUMBERS.test(plain) && Number(value) >= 300) return true;
    if (value === false) return !OWN_FLAGS.has(plain);
    return isJsonObject(value) && depth < MAX_DEPTH && disagrees(value, asked, depth + 1);
  });
}

/** Whether that is another id than was asked for. A name is none, so a look tells. */
function isOther(value: unknown, asked: string | undefined): boolean {
  if (asked === undefined) return false;
  const id = idIn(value);
  return id !== undefined && id !== asked;
}

function idIn(value: unknown): string | undefined {
  const id = isJsonObject(value) ? (value.id ?? value.user_id ?? value.column_id) : value;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** Names under which the tickets that were sent, or those that went well, are given back. */
const ECHOES =
  /^((requested|sent|given|input|target|processed|all|total)_.*|ids|ticket_?ids?|tickets|succeeded.*|success.*|updated.*|moved.*|assigned.*|unassigned.*|ok|done|completed|request|params|input|results?)$/;
/** What an answer says of itself may stand in these. */
const AROUND = /^(meta|summary|stats|data|result)$/;
const FAILURES =
  /(^|_)(not|fail\w*|errors?|reject\w*|den\w+|skipp?\w*|invalid|forbidden|conflicts?|missing|block\w*|pending|queued|remaining|unprocessed)(_|$)/;
/** 1 is true there, and no count. */
const A_FLAG = /^(ok|success|done|completed)$/;
const SUCCESSES =
  /^(succeeded|success|successful|ok|done|completed|updated|moved|assigned|unassigned)(_count)?$/;

/** Which of the tickets that were sent something beside the rows is about, but for a plain list of all or of successes. */
export function namedBeside(beside: Record<string, unknown>, sent: ReadonlySet<string>): Set<string> {
  const named = new Set<string>();
  const search = (value: unknown, depth: number): void => {
    if (typeof value === 'string') {
      for (const id of idsIn(value, sent)) named.add(id);
    } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
      for (const [name, inner] of Object.entries(value)) {
        if (sent.has(name)) named.add(name);
        search(inner, depth + 1);
      }
    }
  };
  for (const [name, value] of Object.entries(beside)) {
    const isAround = isJsonObject(value) && AROUND.test(name);
    for (const [inner, its] of isAround ? Object.entries(value) : [[name, value] as const])
      if (!ECHOES.test(snakeCase(inner))) search(its, 0);
  }
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
export function deniesAll(beside: Record<string, unknown>, asked: Asked, yes: number, depth = 0): boolean {
  return Object.entries(beside).some(([name, value]) => {
    const plain = snakeCase(name);
    if (COLUMN.test(plain)) return isOther(value, asked.column_id);
    if (USER.test(plain)) return isOther(value, asked.user_id);
    if (typeof value === 'number')
      return FAILURES.test(plain)
        ? value > 0
        : SUCCESSES.test(plain) && value < yes && !(value === 1 && A_FLAG.test(plain));
    if (WORDS.test(plain) && typeof value === 'string' && value !== '')
      return !saysYes(value) && !A_YES.test(value.trim());
    if (/^(warnings?|problems?)$/.test(plain))
      return isFilled(value) || (typeof value === 'string' && value !== '');
    if (typeof value === 'boolean') return isLeftOut({ [plain]: value }) || isRehearsal({ [name]: value });
    return isJsonObject(value) && depth < 2 && deniesAll(value, asked, yes, depth + 1);
  });
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
