/** What a bulk answer says of each ticket that was sent, in the order in which they were. */
import { isJsonObject } from '../../base/json-object.ts';
import { secrets } from '../../respond/redact-token.ts';
import { beginning } from '../../respond/shorten.ts';
import { extraFieldsOf } from '../../toado-api/answers/extra-fields.ts';
import { isDoubted, refusalOf } from '../../toado-api/answers/read-bulk.ts';
import type { BulkAnswer } from '../../toado-api/routes/answer-forms.ts';
import { readIf } from '../../toado-api/schema-kit/scalar-readers.ts';
import { type BulkRow, type TicketSummary, ticketSummary } from '../../toado-api/schemas/index.ts';
import {
  isFilled,
  isYesFlag,
  saysNo,
  saysYes,
  TICKET_FLAGS,
  TICKET_STATE,
} from '../../toado-api/vocabulary/outcome-words.ts';
import { type Asked, deniesAll, namedBeside } from '../unconfirmed-writes/denials-beside-rows.ts';
import { disagrees } from './bulk-doubts.ts';
import type { Result } from './bulk-groups.ts';
import { ticketsOf } from './bulk-row-tickets.ts';
import { isArchived } from './ticket-write.ts';

/** What Toado says of one ticket. */
const MAX_CODE = 60;
const MAX_MESSAGE = 200;

/** How a look finds out about tickets that the answer didn't name. */
export interface BulkConfirmation {
  /** Whether the ticket is as asked. */
  isDone: (ticket: TicketSummary) => boolean;
  asked: Asked;
}

/** Of a ticket that an accepted request doesn't name. */
export const ACCEPTED = 'accepted';
export const NOT_CONFIRMED = 'not_confirmed';
/** It is on no board, whatever else was written of it. */
export const ARCHIVED = 'archived';

interface Told {
  results: Result[];
  /** Rows that are about none of the tickets that were sent, and say more than yes: it may be what went wrong. */
  otherRows: BulkRow[];
}

export function inOrder(ids: readonly string[], answer: BulkAnswer, look: BulkConfirmation): Told {
  const { results: rows, ...others } = answer;
  const byId = new Map<string, BulkRow>();
  const sent = new Set(ids);
  const tickets = ticketsOf(rows, ids, sent);
  const otherRows: BulkRow[] = [];
  // Of two rows for one ticket, the one that says less of success counts.
  const worse = (one: BulkRow, other: BulkRow) => (one.ok === false || other.ok === true ? one : other);
  for (const [at, row] of rows.entries()) {
    const id = tickets[at];
    if (!id) {
      if (isReason(row)) otherRows.push(row);
      continue;
    }
    const other = byId.get(id);
    byId.set(id, other ? worse(other, row) : row);
  }
  // Where each of them says yes, and what is around them no, only a look tells.
  const beside = { ...others, ...extraFieldsOf(answer) };
  const yes = ids.map((id) => byId.get(id)).filter((row) => row && (row.ok === undefined || row.ok));
  const isContradicted =
    yes.length === ids.length &&
    (isDoubted(answer) || otherRows.some(isOfNoTicket) || deniesAll(beside, look.asked, sent));
  const doubted = namedBeside(beside, sent);
  const openOutcome = refusalOf(answer) ? 'outcome_unknown' : ACCEPTED;
  const results = ids.map((id) =>
    resultOf(id, byId.get(id), { ...look, isDoubted: doubted.has(id), isContradicted, openOutcome }),
  );
  return { results, otherRows };
}

/** What stands around a row. */
interface Around extends BulkConfirmation {
  /** It names this ticket beside a no. */
  isDoubted: boolean;
  /** It says no to all of them. */
  isContradicted: boolean;
  openOutcome: string;
}

function resultOf(id: string, row: BulkRow | undefined, around: Around): Result {
  const { ticket_id: _id, ok, error, ...others } = row ?? {};
  const isSilent =
    ok !== undefined || Object.entries(others).every(([name, value]) => saysNothing(name, value));
  const ticket = isSilent ? undefined : readIf(ticketSummary, { ...others, id });
  // A row that names no ticket and says nothing isn't a yes; a whole ticket shows how it fared.
  const isNothing = ok === undefined && (!row?.ticket_id || isEmpty(others));
  const held = isSilent ? undefined : ticketIn(others, id);
  const shown = held ?? ticket;
  const isOpen = isSilent ? ok === null || isNothing : !(shown && around.isDone(shown));
  const isDoubtful = around.isDoubted || ((!ticket || held) && disagrees(others, around.asked));
  if (!row || isOpen || around.isContradicted || (ok !== false && isDoubtful)) {
    const words = error?.message ?? error?.code;
    const message = words ? beginning(secrets.redact(words), MAX_MESSAGE) : undefined;
    const open = { code: NOT_CONFIRMED, outcome: around.openOutcome, ...(message && { message }) };
    return { ...failed(id, open), ...('title' in others ? {} : others) };
  }
  // A whole ticket as the row says that it was done, and would be a hundred tickets to read.
  if (ok !== false)
    return { ticket_id: id, ok: true, ...(ticket ? isArchived(ticket) && { status: ARCHIVED } : others) };
  const { code, message, outcome: _its, ...unknown } = error ?? {};
  return {
    ...failed(id, {
      code: beginning(secrets.redact(code ?? 'refused'), MAX_CODE),
      // Of tickets that fail alike, the reason is the same but for the id.
      message: message ? beginning(secrets.redact(message).replaceAll(id, '<id>'), MAX_MESSAGE) : undefined,
      ...unknown,
    }),
    ...others,
  };
}

/** `{id: 't-8fK2aQ', ticket: null}`: where the ticket would be, there is none. */
function isEmpty(row: Record<string, unknown>): boolean {
  return Object.keys(row).some((name) => row[name] === null && HOLDERS.has(name));
}

/** The ticket that a row holds beside its id. */
function ticketIn(row: Record<string, unknown>, id: string): TicketSummary | undefined {
  const inside = [...HOLDERS].map((name) => row[name]).find(isJsonObject);
  return inside && (inside.id ?? id) === id ? readIf(ticketSummary, { ...inside, id }) : undefined;
}

const HOLDERS = new Set(['ticket', 'issue', 'task', 'card', 'item', 'data', 'value', 'node', 'resource']);

/** A no that doesn't say of which ticket. */
function isOfNoTicket({ ok, ticket_id }: BulkRow): boolean {
  return ok === false && !ticket_id;
}

function isReason(row: BulkRow): boolean {
  if (row.ok === true || 'title' in row) return false;
  return Object.entries(row).some(([name, value]) => name !== 'ticket_id' && value !== null);
}

const OF_ROWS = new Set([
  ...['object', 'links', '_links', 'url', 'href', 'self', 'index', 'position', 'key', 'number'],
]);

/** Whether what a row has beside its id says nothing of what became of it, or no more than yes. */
function saysNothing(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '' || OF_ROWS.has(name)) return true;
  if (name === 'type' || name === 'kind') return !saysNo(value);
  if (typeof value === 'boolean') return value ? isYesFlag(name) : TICKET_FLAGS.has(name);
  if ((name === 'status' || name === 'state') && TICKET_STATE.test(String(value))) return true;
  return typeof value === 'object'
    ? !Array.isArray(value) && !isFilled(value)
    : saysYes(value as string | number);
}

export function failed(ticket_id: string, error: NonNullable<Result['error']>): Result {
  return { ticket_id, ok: false, error };
}
