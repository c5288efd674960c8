/** What writes answer beside a ticket or a comment. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { codeOfStatus } from '../errors/error-codes.ts';
import { flag, type Read, reference, text } from '../schema-kit/scalar-readers.ts';
import { list, objectSchema } from '../schema-kit/tolerant-schema.ts';
import { hasFilledErrors } from '../vocabulary/error-fields.ts';
import {
  DONE_WORD,
  deniesAct,
  errorStatusIn,
  FLAGS,
  failureCodeIn,
  isError,
  isFailureCode,
  isLeftOut,
  isRehearsal,
  saysNo,
  saysYes,
  TICKET_FLAGS,
  TICKET_STATE,
} from '../vocabulary/outcome-words.ts';
import { fromId } from './common.ts';

export const startedWork = objectSchema(
  'started_work',
  { branch_name: text, ticket_ids: list(reference) },
  {
    also: { branch_name: ['branch', 'git_branch'], ticket_ids: ['ids'] },
    gather: gatherWork,
  },
);

/**
 * The tickets themselves, each with its branch: of those no more is said than that. Rows that deny it, or show another
 * branch than the first, are left under `tickets`.
 */
function gatherWork(data: JsonObject): void {
  const isTicket = data.id !== undefined && data.title !== undefined;
  const branch = isJsonObject(data.branch) ? data.branch.name : isTicket ? undefined : data.name;
  if (typeof branch === 'string') data.branch_name ??= branch;
  if (isJsonObject(data.branch)) delete data.branch;
  // A ticket that shows no branch has none.
  if (isTicket) data.branch_name ??= data.branchName ?? data.branch ?? null;
  const lists: unknown[][] = (
    isTicket ? [[{ ...data }]] : LISTS.map((name) => rowsByTicket(data[name]))
  ).filter(Array.isArray);
  const rows = lists.flat();
  if (lists.length === 0) return;
  if (isTicket) for (const name of Object.keys(data)) delete data[name];
  const objects = rows.filter(isJsonObject);
  const itsBranch = objects
    .filter((row) => !deniesWork(row))
    .map(branchOf)
    .find((its) => its !== undefined);
  if (itsBranch !== undefined) data.branch_name ??= itsBranch;
  const denied = objects.filter((row) => deniesWork(row) || isOtherBranch(branchOf(row), data.branch_name));
  const deniedIds = new Set(denied.map(idOf));
  const ids = rows.map(idOf).filter((id) => id !== undefined && !deniedIds.has(id));
  for (const name of LISTS) delete data[name];
  data.ticket_ids = [...new Set(ids)];
  if (denied.length > 0) data.tickets = denied;
}

/** `{"t-8fK2aQ": {ok: true}}`, also with no more than a flag or a word for each, as rows. */
function rowsByTicket(value: unknown): unknown {
  if (!isJsonObject(value) || !Object.keys(value).every((name) => name.startsWith('t-'))) return value;
  return Object.entries(value).map(([id, said]) => ({
    id,
    ...(isJsonObject(said) ? said : { ok: said, status: said }),
  }));
}

const LISTS = ['ticket_ids', 'tickets', 'results'];
/** What a row of started work may have for a state, beside a plain yes. */
const OF_WORK = /^(recorded|started|linked|in[_ -]?progress|todo|active|archived|open|closed|draft)$/i;

function idOf(row: unknown): unknown {
  return isJsonObject(row) ? (row.id ?? row.ticket_id ?? row.ticketId) : row;
}

function branchOf({ branch_name, branchName, branch }: JsonObject): unknown {
  if (branch_name !== undefined) return branch_name;
  return branchName !== undefined ? branchName : isJsonObject(branch) ? branch.name : branch;
}

function isOtherBranch(its: unknown, branch: unknown): boolean {
  return its !== undefined && its !== branch;
}

function deniesWork(row: JsonObject): boolean {
  const { status, state, result, outcome } = row;
  return (
    isError(row.error) ||
    (row.title === undefined && hasFilledErrors(row)) ||
    FLAGS.some((name) => saysNo(row[name])) ||
    deniesAct(row) ||
    isRehearsal(row) ||
    errorStatusIn(row) !== undefined ||
    [status, state, result, outcome].some(
      (word) => typeof word === 'string' && word !== '' && !saysYes(word) && !OF_WORK.test(word.trim()),
    )
  );
}

export const bulkError = objectSchema(
  'bulk_error',
  { code: text, message: text },
  {
    also: { code: ['type', 'error_code'], message: ['detail', 'title', 'reason'] },
    from: (value) => (typeof value === 'string' ? { message: value } : undefined),
  },
);

/**
 * Brings whatever a row says of its success into `ok`: true, false, or null where it says something that nobody knows.
 * A row that says nothing but its ticket's id leaves it absent.
 */
function gatherRow(data: JsonObject): void {
  if (!isError(data.error)) gatherError(data);
  if (Array.isArray(data.error)) data.error = data.error[0];
  if (typeof data.error === 'number' || data.error === true) data.error = { code: String(data.error) };
  const status = errorStatusIn(data);
  if (status !== undefined) {
    if (typeof data.error === 'string') data.error = { message: data.error };
    const error = isJsonObject(data.error) ? data.error : { message: data.message ?? data.detail };
    data.error = { ...error, code: error.code ?? codeOfStatus(status, '{ticket_id}') };
    if (errorStatusIn({ code: data.code }) !== undefined) delete data.code;
  }
  const hasError = isError(data.error);
  const flags = ['ok', 'success', 'succeeded', 'done', 'status', 'result', 'outcome']
    .map((name) => data[name])
    .filter(
      (value) =>
        value !== undefined && value !== null && !(typeof value === 'string' && TICKET_STATE.test(value)),
    )
    .map(verdict);
  if (flags.includes(false)) data.ok = false;
  else if (flags.includes(undefined) || isRehearsal(data) || isLeftOut(data))
    data.ok = hasError ? false : null;
  else if (flags.length > 0) data.ok = hasError ? null : true;
  else if (hasError) data.ok = false;
  else if (isOpen(data)) data.ok = null;
}

/** Where a row says under another name than `error` what is wrong. */
function gatherError(data: JsonObject): void {
  if (data.error !== undefined) delete data.error;
  // JSON:API keeps what it says of a thing apart from it.
  for (const { error, errors } of [data.meta, data.details].filter(isJsonObject)) {
    const inside: unknown = isError(error) ? error : errors;
    if (isError(inside) && !isError(data.errors)) data.errors = inside;
  }
  const first: unknown = Array.isArray(data.errors) ? data.errors[0] : data.errors;
  const { code, message, detail } = data;
  const isWord = typeof code === 'string' && code !== '' && !/^\d{3}$/.test(code) && !isYes(code);
  const failure = isWord ? code : failureCodeIn(data);
  if (isError(first)) data.error = first;
  // Of a status, more is known than its number.
  else if (isWord || (failure !== undefined && errorStatusIn(data) === undefined))
    data.error = { code: String(failure), message: message ?? detail };
  if (data.error === undefined) return;
  delete data.errors;
  delete data.code;
}

const A_SENTENCE = /message|detail|msg|note|remark|warning|reason|exception|permission|why|info|explanation/i;

/** A row of no ticket's fields that says more than its id, and no clear yes: it may be a no. */
function isOpen(data: JsonObject): boolean {
  if (data.title !== undefined) return false;
  if (deniesAct(data) || saysNo(data.state) || isFailureCode(data.code)) return true;
  return Object.keys(data).some((name) => {
    const value = data[name];
    if (value === false) return name !== 'error' && !TICKET_FLAGS.has(name);
    return typeof value === 'string' && value !== '' && A_SENTENCE.test(name) && !isYes(value);
  });
}

function verdict(value: unknown): boolean | undefined {
  const given = typeof value === 'string' && /^\s*\d{1,3}\s*$/.test(value) ? Number(value) : value;
  if (typeof given === 'number') return given <= 1 ? given === 1 : given >= 200 && given < 300;
  if (typeof given === 'string') return isYes(given) ? true : saysNo(given) ? false : undefined;
  return typeof given === 'boolean' ? given : undefined;
}

function isYes(word: string): boolean {
  return saysYes(word) || word.trim() === '1' || DONE_WORD.test(word.trim());
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
