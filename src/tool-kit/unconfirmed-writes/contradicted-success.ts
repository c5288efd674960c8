/**
 * Whether what an answer to a write says beside its one row, around it or instead of it says that it was not done. Such
 * an answer confirms nothing; a look tells.
 */
import { isJsonObject } from '../../base/json-object.ts';
import { snakeCase } from '../../base/letter-case.ts';
import { envelopeFieldsOf, extraFieldsOf, hasExtraFields } from '../../toado-api/answers/extra-fields.ts';
import { ERROR_NAMES, hasFilledErrors } from '../../toado-api/vocabulary/error-fields.ts';
import { withoutTextsOf } from '../../toado-api/vocabulary/names-in-text.ts';
import {
  deniesAct,
  deniesDeed,
  errorStatusIn,
  failureCodeIn,
  isError,
  namesJob,
} from '../../toado-api/vocabulary/outcome-words.ts';
import {
  FAILED_COUNT,
  FAILURE_NAMES,
  NO_ACTION,
  OWN_OF_TICKETS,
  PROGRESS,
  REFUSED_WORD,
  REQUEST_PARTS,
  RETRY,
  SENTENCE_NAMES,
  STATUS_NAMES,
} from '../../toado-api/vocabulary/write-outcome-patterns.ts';
import { deniesAll, isFailureName, NOT_DONE, OF_AN_ERROR } from './denials-beside-rows.ts';
import { isDeniedIn } from './denials-in-envelope.ts';
import { isDenial, sentencesIn } from './denials-in-text.ts';

/** One row, which no word beside it names. */
const ONE: ReadonlySet<string> = new Set([' ']);

/** What was said beside a row, and is not the row's own text. */
function saidOf(row: object): Record<string, unknown> {
  return withoutTextsOf(row, extraFieldsOf(row) ?? {});
}

/** Whether what a row has beside its known fields, or what stands around it, says no. */
export function isDeniedBeside(row: object): boolean {
  if (!hasExtraFields(row)) return false;
  const beside = Object.entries(saidOf(row)).filter(([name, value]) => {
    const plain = snakeCase(name);
    // A ticket has states, objects and counts of its own.
    if (OWN_OF_TICKETS.test(plain) || OF_THE_WORK.test(plain) || PROGRESS.test(plain)) return false;
    const isCount = typeof value === 'number' && !RETRY.test(plain);
    if (isCount && FAILURE_NAMES.test(plain) && !FAILED_COUNT.test(plain)) return false;
    if (/^(status|state|phase)$/.test(plain))
      return NO_ACTION.test(String(value).trim()) || errorStatusIn({ status: value }) !== undefined;
    if (/warning/.test(plain)) return sentencesIn(value).some(isDenial);
    return !isJsonObject(value) || REQUEST_PARTS.test(plain) || ERROR_NAMES.test(plain);
  });
  const around = envelopeFieldsOf(row);
  return (
    deniesAll(Object.fromEntries(beside), {}, ONE) ||
    isDeniedAround(row) ||
    deniesAct(around) ||
    namesJob(around)
  );
}

/** Whether the envelope around a row says no. A state of the ticket’s own it can't be, so more of it counts; but for sentences. */
function isDeniedAround(row: object): boolean {
  const around = envelopeFieldsOf(row);
  const counted = Object.entries(around).filter(([name, value]) => {
    const plain = snakeCase(name);
    if (SENTENCE_NAMES.test(plain)) return false;
    // Of a budget, it counts what is left.
    if (typeof value === 'number' && FAILURE_NAMES.test(plain))
      return NOT_DONE.test(plain) || RETRY.test(plain);
    return !isJsonObject(value) || REQUEST_PARTS.test(plain) || STATUS_NAMES.test(plain);
  });
  return (
    failureCodeIn(around) !== undefined ||
    isDeniedIn(around) ||
    deniesAll(Object.fromEntries(counted), {}, ONE)
  );
}

/** What is taken, and waits: the answer itself says so, and that it was taken is true. */
const A_WAIT = /^(accepted|queued?|pending|scheduled|processing|await|in[_ -]?progress)/i;

/** Whether an answer that shows no row denies what was asked in what it says instead. */
export function isDenied(said: Record<string, unknown>): boolean {
  const others = Object.entries(said).filter(([name, value]) => {
    const plain = snakeCase(name);
    return !A_WAIT.test(STATUS_NAMES.test(plain) ? String(value) : plain);
  });
  const denying = Object.fromEntries(others);
  return deniesAll(denying, {}, ONE) || isDeniedIn(denying);
}

/** How far the work on a ticket is. */
const OF_THE_WORK = /^(is_)?(completed?|done|finished|accepted)$/;

/** Whether an error stood beside a row, or that it was not kept: then the row alone doesn't say that it was. */
export function hasErrorBeside(row: object): boolean {
  const said = extraFieldsOf(row);
  return said !== undefined && hasErrorIn(said);
}

function hasErrorIn(said: Record<string, unknown>): boolean {
  const deeds = Object.entries(said).filter(([name]) => !OF_THE_WORK.test(snakeCase(name)));
  return (
    Object.entries(said).some(([name, value]) => isErrorUnder(snakeCase(name), value)) ||
    hasFilledErrors(said) ||
    failureCodeIn(said) !== undefined ||
    deniesDeed(Object.fromEntries(deeds))
  );
}

/** An HTTP status under a name that no field of a ticket has. */
const HTTP_STATUS = /^(http_)?status_code$|^http_(status|code)$/;

function isErrorUnder(plain: string, value: unknown): boolean {
  if (HTTP_STATUS.test(plain)) return errorStatusIn({ status: value }) !== undefined;
  return OF_AN_ERROR.test(plain) && (plain === 'error' || typeof value === 'string') && isError(value);
}

/** Whether what stands beside a row says in plain words that it was not kept, though the row shows it as asked. */
export function isContradictedBeside(row: object): boolean {
  const said = saidOf(row);
  if (hasErrorIn(said) || isDeniedAround(row)) return true;
  return Object.entries(said).some(
    ([name, value]) =>
      (value === true && NOT_KEPT.test(snakeCase(name))) ||
      isRefusedAs(snakeCase(name), value) ||
      (/^(messages?|msg|detail|reason|warnings?|notices?)$/.test(snakeCase(name)) &&
        sentencesIn(value).some(isDenial)),
  );
}

/** What no ticket is. */
const NOT_KEPT =
  /^((is|was)_)?(skipped|ignored|failed|rejected|refused|denied|no_?op|unchanged|not_(applied|saved|moved|modified|changed|updated|done|executed|persisted|assigned|archived|restored|posted|created|recorded))$/;
/** Beside a row, a request's. */
const OUTCOME = /^(status|state|result|outcome|verdict|decision|disposition)$/;

/** `status: 403`, `code: 'FORBIDDEN'`, `result: 'failure'` among the fields of a row. */
function isRefusedAs(plain: string, value: unknown): boolean {
  if (plain === 'code') return isFailureName(value);
  if (!OUTCOME.test(plain)) return false;
  const isNumber = errorStatusIn({ status: value }) !== undefined;
  return isNumber || (typeof value === 'string' && REFUSED_WORD.test(value.trim()));
}
