/**
 * Whether what an envelope says around a row is a no, whatever that is called there: a word for it, a code, the reason of
 * a refusal, a sentence. None of it can be a field of the ticket's own.
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { snakeCase } from '../../base/letter-case.ts';
import { contractCode } from '../../toado-api/errors/error-codes.ts';
import {
  DONE_WORD,
  deniesDeed,
  deniesLeave,
  isError,
  saysYes,
} from '../../toado-api/vocabulary/outcome-words.ts';
import { ASIDE, MEASURES, NO_WORD } from '../../toado-api/vocabulary/write-outcome-patterns.ts';
import { isDenial, sentencesIn } from './denials-in-text.ts';

const CODES = /^((result|return|ret|exit|error|err|status|response|reply)_?)?code$|^(rc|ret|errno)$/;
/** Some APIs count their successes from one of these; `00` and `S0000` are others' way to write none. */
const CODES_OF_SUCCESS = /^([a-z]{0,2}-?0{1,6}|1|10000|20\d{1,3})$/i;
/** Of these, 1 is a failure. */
const OF_PROGRAMS = /^(exit|result|return|ret)_?code$|^(rc|ret|errno)$/;
const REASONS =
  /^(is_)?(fail|reject|refus|den(y|ied|ial)|block|violat|fault|exception)\w*$|_of_(an_)?error$|^[$@_]*err(or)?s?$/;
/** Begins like one of them, and is none: `failover_region`, `block_size`, what the ticket itself blocks. */
const NO_REASONS =
  /^(failover|fail_?(fast|open|safe)|fault_?toleran|block(s|ing|list|_(list|size|height|number|hash|id))|deny_?list|reject_unknown|exception_handl)/;
/** Whom or what it is about: their states are their own. */
const THINGS =
  /^(user|owner|author|creator|reporter|viewer|member|account|company|organi[sz]ation|workspace|team|project|column|board)$/;
/** How it was. */
const BEFORE = /^(from|old|previous|prior|former|before)(_|$)/;
/** Where it runs may be called a preview. */
const SURROUNDINGS = /^(env|environment|stage|channel|release|tier|plan|edition)$/;
const NO_CODE = /^(none|null|nil|no[ _-]?errors?)$/i;
const SENTENCES =
  /^(details?|alerts?|info|notes?|hints?|explanations?|answer|response|reply|remarks?|reasons?)$|_(message|reason|msg)$/;
const MAX_DEPTH = 2;

export function isDeniedIn(around: Record<string, unknown>, depth = 0): boolean {
  if (deniesDeed(around) || deniesLeave(around)) return true;
  return Object.entries(around).some(([name, value]) => {
    const plain = snakeCase(name);
    if (ASIDE.test(plain) || MEASURES.test(plain) || BEFORE.test(plain)) return false;
    if (SURROUNDINGS.test(plain) && /^preview$/i.test(String(value))) return false;
    if (isJsonObject(value))
      return !isThing(plain, value) && depth < MAX_DEPTH && isDeniedIn(value, depth + 1);
    if (typeof value === 'string' && NO_WORD.test(value.trim())) return true;
    if (CODES.test(plain)) return isOddCode(value) || (OF_PROGRAMS.test(plain) && Number(value) === 1);
    if (
      REASONS.test(plain) &&
      !NO_REASONS.test(plain) &&
      typeof value !== 'boolean' &&
      typeof value !== 'number'
    )
      return isError(value);
    return SENTENCES.test(plain) && sentencesIn(value).some(isDenial);
  });
}

/** A thing beside the row. */
function isThing(plain: string, value: JsonObject): boolean {
  return 'id' in value || (THINGS.test(plain) && ('name' in value || 'email' in value));
}

/** A number that isn't known to mean success, or a word that says neither yes nor what was done: `WIP_LIMIT`. */
function isOddCode(value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const code = String(value).trim();
  if (CODES_OF_SUCCESS.test(code)) return false;
  if (/^-?\d+$/.test(code)) return true;
  if (code === '' || saysYes(code) || NO_CODE.test(code)) return false;
  const words = snakeCase(code).split(/[^a-z\d]+/);
  const isDone = words.some((word) => saysYes(word) || DONE_WORD.test(word));
  return contractCode(code) !== undefined || !isDone || isDenial(words.join(' '));
}
