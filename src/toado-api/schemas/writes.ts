/** What writes answer beside a ticket or a comment. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { codeOfStatus } from '../errors/error-codes.ts';
import { deniesAct, FLAGS, isLeftOut, isRehearsal, saysNo } from '../reading/negative-flags.ts';
import { flag, type Read, reference, text } from '../reading/scalar-readers.ts';
import { list, objectSchema } from '../reading/tolerant-schema.ts';
import { fromId } from './common.ts';

export const startedWork = objectSchema(
  'started_work',
  { branch_name: text, ticket_ids: list(reference) },
  {
    also: { branch_name: ['branch', 'git_branch'], ticket_ids: ['ids'] },
    gather: gatherWork,
  },
);

/** The tickets themselves, each with its branch: of those no more is said than that. */
function gatherWork(data: JsonObject): void {
  const isTicket = data.id !== undefined && data.title !== undefined;
  const branch = isJsonObject(data.branch) ? data.branch.name : isTicket ? undefined : data.name;
  if (typeof branch === 'string') data.branch_name ??= branch;
  if (isJsonObject(data.branch)) delete data.branch;
  // A ticket that shows no branch has none.
  if (isTicket) data.branch_name ??= data.branchName ?? data.branch ?? null;
  const all: unknown = isTicket ? [{ ...data }] : (data.ticket_ids ?? data.tickets);
  if (!Array.isArray(all)) return;
  const rows = all.filter(
    (row) => !isJsonObject(row) || !(isFilled(row.error) || FLAGS.some((name) => saysNo(row[name]))),
  );
  const [first]: unknown[] = rows;
  const { branch_name, branchName } = isJsonObject(first) ? first : {};
  delete data.tickets;
  if (isTicket) for (const name of Object.keys(data)) delete data[name];
  data.ticket_ids = rows;
  const itsBranch = branch_name === undefined ? branchName : branch_name;
  if (itsBranch !== undefined) data.branch_name ??= itsBranch;
}

export const bulkError = objectSchema(
  'bulk_error',
  { code: text, message: text },
  {
    also: { code: ['type', 'error_code'], message: ['detail', 'title', 'reason'] },
    from: (value) => (typeof value === 'string' ? { message: value } : undefined),
  },
);

const YES = /^(true|yes|1|ok|success|succeeded|done|moved|assigned|unassigned|updated|accepted)$/i;
const NO =
  /^(false|no|0|error|fail|failed|failure|rejected|denied|refused|forbidden|not_?found|invalid|conflict)$/i;
/** The states of a ticket, in a row that is the ticket itself. */
const STATES = /^(active|archived|open|closed|draft)$/i;

/**
 * Brings whatever a row says of its success into `ok`: true, false, or null where it says something that nobody knows.
 * A row that says nothing but its ticket's id leaves it absent.
 */
function gatherRow(data: JsonObject): void {
  if (!isFilled(data.error)) {
    // JSON:API keeps what it says of a thing apart from it.
    for (const { error, errors } of [data.meta, data.details].filter(isJsonObject)) {
      const inside: unknown = isFilled(error) ? error : errors;
      if (isFilled(inside) && !isFilled(data.errors)) data.errors = inside;
    }
    const first: unknown = Array.isArray(data.errors) ? data.errors[0] : data.errors;
    const { code, message, detail } = data;
    if (isFilled(first)) data.error = first;
    else if ((typeof code === 'string' && !YES.test(code)) || isErrorStatus(code))
      data.error = { code: String(code), message: message ?? detail };
    if (isFilled(data.error)) {
      delete data.errors;
      delete data.code;
    }
  }
  if (Array.isArray(data.error)) data.error = data.error[0];
  if (isErrorStatus(data.error) || data.error === true) data.error = { code: String(data.error) };
  if (isErrorStatus(data.status)) {
    if (typeof data.error === 'string') data.error = { message: data.error };
    const error = isJsonObject(data.error) ? data.error : {};
    data.error = { ...error, code: error.code ?? codeOfStatus(data.status as number, '{ticket_id}') };
  }
  if (data.error === false) delete data.error;
  const hasError = isFilled(data.error);
  const flags = ['ok', 'success', 'succeeded', 'done', 'status', 'result', 'outcome']
    .map((name) => data[name])
    .filter(
      (value) => value !== undefined && value !== null && !(typeof value === 'string' && STATES.test(value)),
    )
    .map(verdict);
  if (flags.includes(false)) data.ok = false;
  else if (flags.includes(undefined) || isRehearsal(data) || isLeftOut(data))
    data.ok = hasError ? false : null;
  else if (flags.length > 0) data.ok = hasError ? null : true;
  else if (hasError) data.ok = false;
  else if (isOpen(data)) data.ok = null;
  else if (data.ok === null) delete data.ok;
}

const A_SENTENCE = /message|detail|msg|note|remark|warning|reason|exception|permission|why|info|explanation/i;
/** What is false of a ticket says nothing of what became of it. */
const OF_TICKETS = new Set(['resolved', 'is_draft', 'isDraft', 'has_capture', 'has_ai_activity', 'error']);

/** A row of no ticket's fields that says more than its id, and no clear yes: it may be a no. */
function isOpen(data: JsonObject): boolean {
  if (data.title !== undefined) return false;
  if (deniesAct(data) || (typeof data.state === 'string' && NO.test(data.state.trim()))) return true;
  return Object.keys(data).some((name) => {
    const value = data[name];
    if (value === false) return !OF_TICKETS.has(name);
    return typeof value === 'string' && value !== '' && A_SENTENCE.test(name) && !YES.test(value.trim());
  });
}

function verdict(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value <= 1 ? value === 1 : value >= 200 && value < 300;
  if (typeof value !== 'string') return undefined;
  const word = value.trim();
  if (/^\d{3}$/.test(word)) return word.startsWith('2');
  return YES.test(word) ? true : NO.test(word) ? false : undefined;
}

function isErrorStatus(value: unknown): boolean {
  return typeof value === 'number' && value >= 400 && value < 600;
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string'
    ? value !== ''
    : typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** One ticket of a bulk answer. */
export const bulkRow = objectSchema(
  'bulk_row',
  { ticket_id: reference, ok: flag, error: bulkError },
  {
    also: { ticket_id: ['id', 'ticket'], ok: ['success', 'succeeded', 'done'], error: ['reason'] },
    from: fromId,
    gather: gatherRow,
  },
);

export type BulkRow = Read<typeof bulkRow>;
export type StartedWork = Read<typeof startedWork>;
