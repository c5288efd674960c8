/**
 * Whether what an envelope says around a row is a no, whatever that is called there: a word for it, a code, the reason of
 * a refusal, a sentence. None of it can be a field of the ticket's own.
 */
import { isJsonObject } from '../../base/json-object.ts';
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
/** Some APIs count their successes from one of these. */
const CODES_OF_SUCCESS = /^(0|1|10000|20\d{1,3})$/;
/** Of these, 1 is a failure. */
const OF_PROGRAMS = /^(exit|result|return|ret)_?code$|^(rc|ret|errno)$/;
const REASONS =
  /^(is_)?(fail|reject|refus|den(y|ied|ial)|block|violat|fault|exception)\w*$|_of_(an_)?error$|^[$@_]*err(or)?s?$/;
const SENTENCES =
  /^(details?|info|notes?|hints?|explanations?|answer|response|reply|remarks?|reasons?)$|_(message|reason|msg)$/;
const MAX_DEPTH = 2;

export function isDeniedIn(around: Record<string, unknown>, depth = 0): boolean {
  if (deniesDeed(around) || deniesLeave(around)) return true;
  return Object.entries(around).some(([name, value]) => {
    const plain = snakeCase(name);
    if (ASIDE.test(plain) || MEASURES.test(plain)) return false;
    // What has an id is a thing beside the row.
    if (isJsonObject(value)) return !('id' in value) && depth < MAX_DEPTH && isDeniedIn(value, depth + 1);
    if (typeof value === 'string' && NO_WORD.test(value.trim())) return true;
    if (CODES.test(plain)) return isOddCode(value) || (OF_PROGRAMS.test(plain) && Number(value) === 1);
    if (REASONS.test(plain) && typeof value !== 'boolean' && typeof value !== 'number') return isError(value);
    return SENTENCES.test(plain) && sentencesIn(value).some((one) => isDenial(one));
  });
}

/** A number that isn't known to mean success, or a word that says neither yes nor what was done: `WIP_LIMIT`. */
function isOddCode(value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const code = String(value).trim();
  if (/^-?\d+$/.test(code)) return !CODES_OF_SUCCESS.test(code);
  if (code === '' || saysYes(code)) return false;
  const words = snakeCase(code).split(/[^a-z\d]+/);
  const isDone = words.some((word) => saysYes(word) || DONE_WORD.test(word));
  return contractCode(code) !== undefined || !isDone || isDenial(words.join(' '));
}
