/** Where an answer, or a row of it, says how the request fared, and how a yes and a no are said there. */
import type { JsonObject } from '../../base/json-object.ts';
import { snakeCase } from '../../base/letter-case.ts';

export const FLAGS = ['ok', 'success', 'succeeded', 'is_success', 'isSuccess'];
export const STATUS_WORDS = ['status', 'result', 'outcome', 'state'];
const NUMBERS = ['status', 'statusCode', 'status_code', 'code', 'errorCode', 'error_code'];
/** Numbers of which 0 and 2xx mean that all went well. */
const CODES = ['error_code', 'errorCode', 'errcode', 'errno', 'ret', 'retcode', 'returnCode', 'return_code'];
const FAILED_COUNTS = ['failed', 'failed_count', 'failedCount', 'failures', 'error_count', 'errorCount'];

const POSITIVE =
  /^(yes|true|ok|okay|success|successful|succeeded|done|accepted|created|updated|0|(http\/[\d.]+ )?20[0124]( (ok|created|accepted|no content))?)$/i;

/** What a ticket says of itself, and nothing of a request: its states, and flags that may be false. */
export const TICKET_STATE = /^(active|archived|open|closed|draft|resolved)$/i;
/** What was done, in one word. */
export const DONE_WORD =
  /^(moved|(un)?assigned|restored|posted|recorded|saved|changed|applied|fulfilled|completed?|finished|processed|committed)$/i;
export const TICKET_FLAGS: ReadonlySet<string> = new Set([
  ...['resolved', 'is_draft', 'isDraft', 'has_capture', 'has_ai_activity'],
]);

/** A word or a number that says no more than yes. */
export function saysYes(value: string | number): boolean {
  const word = String(value);
  return word.length < 32 && POSITIVE.test(word.trim());
}

/** What is true of what was only tried out, or taken back. */
const REHEARSALS = new Set([
  ...['dry_run', 'dryrun', 'simulated', 'simulation', 'preview', 'validate_only'],
  ...['rolled_back', 'rollback', 'reverted', 'undone', 'aborted'],
]);
/** What is false of a request that may not be carried out, or not yet. */
const LEAVE = ['allowed', 'permitted', 'authorized', 'approved', 'valid', 'confirmed', 'verified'];
/** Whether an act took place: what is false or none here didn't, or there was nothing to do. */
const ACTS = [
  ...['created', 'assigned', 'unassigned', 'archived', 'restored', 'removed', 'deleted', 'inserted'],
  ...LEAVE,
];
/** The same of what is no state of a ticket, under whatever name: `is_applied`, `modified_count`, `rows_affected`. */
const A_DEED =
  /^((is|was|has|been|all|n|num|number|of|total|count|rows|records|items|tickets)_)*(ok|success(?:ful)?|succeeded|updated|changed|modified|moved|applied|affected|saved|executed|persisted|stored|written|committed|processed|recorded|completed|finished|done|accepted|acknowledged|matched|performed|fulfilled|effective|granted|changes?|row_count)(_(count|rows|records|items|tickets|ids))*$/;

/** What a flag says in whatever form; undefined where it is none. */
export function flagIn(value: unknown): boolean | undefined {
  if (!/^(true|false|yes|no|[01])$/i.test(String(value))) return undefined;
  return /^(true|yes|1)$/i.test(String(value));
}

/** A number, also one in quotation marks; undefined where it is none. */
export function countIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

/** Said of what was only tried out, or taken back. */
export function isRehearsal(place: Record<string, unknown>): boolean {
  for (const name in place) {
    const value = place[name];
    if (name === 'mode' && /^(dry|simul|preview|test$)/i.test(String(value))) return true;
    const flag = flagIn(value);
    if (flag === undefined) continue;
    const plain = snakeCase(name).replace(/^(is|was)_/, '');
    if (flag ? REHEARSALS.has(plain) : plain === 'committed') return true;
  }
  return false;
}

/** What is a plain yes where it is true. */
export function isYesFlag(name: string): boolean {
  return FLAGS.includes(name) || ACTS.includes(name) || isDeed(name);
}

export function deniesAct(place: Record<string, unknown>): boolean {
  return ACTS.some((name) => isNone(place[name])) || deniesDeed(place) || isLeftOut(place);
}

/** Whether leave for it was not given. */
export function deniesLeave(place: Record<string, unknown>): boolean {
  for (const name in place)
    if (isNone(place[name]) && LEAVE.includes(snakeCase(name).replace(/^(is|was)_/, ''))) return true;
  return false;
}

/** The same of what can't be a field of the ticket's own. */
export function deniesDeed(place: Record<string, unknown>): boolean {
  for (const name in place) if (isNone(place[name]) && isDeed(name)) return true;
  return false;
}

/** `moved: null`: of what a row or an answer calls a deed, it names none. */
export function leavesDeedOpen(place: Record<string, unknown>): boolean {
  for (const name in place) if (place[name] === null && isDeed(name)) return true;
  return false;
}

function isNone(value: unknown): boolean {
  return (
    value === false || value === 0 || (typeof value === 'string' && /^(false|no|n|0)$/i.test(value.trim()))
  );
}

function isDeed(name: string): boolean {
  return A_DEED.test(snakeCase(name));
}

const LEFT_OUT =
  /^((is|was|has)_?)?(skipped|ignored|excluded|failed|failure|error|rejected|denied|invalid|forbidden|locked)$/i;

/** `skipped: true`, `is_error: true`. */
export function isLeftOut(place: Record<string, unknown>): boolean {
  for (const name in place)
    if ((place[name] === true || place[name] === 'true') && LEFT_OUT.test(name)) return true;
  return false;
}

/** A flag that says no, in whatever form. */
export function saysNo(value: unknown): boolean {
  return value === false || value === 0 || isNegativeWord(value);
}

export const NEGATIVE_WORD =
  /^(no|false|errors?|errored|fail|failed|failure|unsuccessful|rejected|denied|refused|forbidden|unauthorized|not[_ ]?found|invalid|conflict)$/i;

/** A status word or number that says no. */
export function deniesInWords(place: JsonObject): boolean {
  return (
    [...STATUS_WORDS, ...CODES].some((name) => isNegativeWord(place[name])) ||
    errorStatusIn(place) !== undefined
  );
}

const A_JOB = /^(job|task|operation|batch)(_(id|url))?$|^(status|poll|progress)_(url|link)$/;

/** What names a job says which tickets it is for, and not that it is over. `operation: 'move'` names none. */
export function namesJob(place: JsonObject): boolean {
  return Object.keys(place).some((name) => {
    const isVerb = /^(operation|batch)$/i.test(name) && typeof place[name] !== 'object';
    return place[name] && !isVerb && A_JOB.test(snakeCase(name));
  });
}

/** An HTTP status of failure that stands there under one of its names. */
export function errorStatusIn(place: JsonObject): number | undefined {
  for (const name of NUMBERS) {
    const status = errorStatusOf(place[name]);
    if (status !== undefined) return status;
  }
  return undefined;
}

/** `403`, `403 Forbidden`, `HTTP/1.1 403 Forbidden` */
const A_STATUS = /^(?:http\/[\d.]+ )?(\d{3})(?: [a-z ]{1,40})?$/i;

function errorStatusOf(value: unknown): number | undefined {
  const [, digits] = (typeof value === 'string' && A_STATUS.exec(value)) || [];
  const status = digits ? Number(digits) : value;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : undefined;
}

/** `errcode: 40001` */
export function failureCodeIn(place: JsonObject): number | undefined {
  return CODES.map((name) => place[name]).find(isFailureCode);
}

/** Neither 0 nor a status of success. */
export function isFailureCode(value: unknown): value is number {
  return typeof value === 'number' && value !== 0 && !(value >= 200 && value < 300);
}

const NO_ERROR = /^(none|null|nil|no|false|n\/a|no[ _]errors?)$/i;

/** What stands under `error` and is one: no empty text, no "none", no 0. */
export function isError(value: unknown): boolean {
  if (typeof value === 'string')
    return value.trim() !== '' && !saysYes(value) && !NO_ERROR.test(value.trim());
  return value === true || isFailureCode(value) || holdsError(value);
}

/** The same of an object or a list alone. */
export function holdsError(value: unknown): boolean {
  return isFilled(value) && !isBlank(value);
}

/** `{code: '', message: ''}`, `{code: 0, message: null}`, as .NET writes none. */
function isBlank(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isBlank);
  return value === null || value === '' || value === 0 || value === false;
}

/** An object or a list with something in it. */
export function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/**
 * Whether what stands around rows casts doubt on those that say nothing themselves. More than a no: also what is
 * only partly a yes, and a number beyond HTTP's, of which nobody knows what it means.
 */
export function isDoubtful(envelope: JsonObject): boolean {
  return (
    FLAGS.some((name) => saysNo(envelope[name])) ||
    deniesAct(envelope) ||
    deniesInWords(envelope) ||
    failureCodeIn(envelope) !== undefined ||
    isError(envelope.error) ||
    envelope.partial === true ||
    [...STATUS_WORDS, ...FLAGS].some((name) => /^partial/i.test(String(envelope[name]))) ||
    NUMBERS.some((name) => Number(envelope[name]) >= 400) ||
    FAILED_COUNTS.some((name) => Number(envelope[name]) > 0)
  );
}

function isNegativeWord(value: unknown): boolean {
  return typeof value === 'string' && NEGATIVE_WORD.test(value.trim());
}
