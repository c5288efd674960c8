/** How sentences in an answer say that something was not done, or not all of it. */
import { isJsonObject } from '../../base/json-object.ts';
import { withoutNames } from '../../toado-api/vocabulary/names-in-text.ts';
import { saysYes } from '../../toado-api/vocabulary/outcome-words.ts';
import {
  A_MILD_DENIAL,
  DENIAL,
  DENIAL_ABROAD,
  DONE_IN_WORDS,
  HARMLESS_CLAUSE,
  NO_ERRORS,
  SOME_OF_THEM,
} from '../../toado-api/vocabulary/write-outcome-patterns.ts';
import { MAX_TEXT } from './ids-in-text.ts';

export function sentencesIn(value: unknown): string[] {
  const each = Array.isArray(value) ? value : [value];
  return each
    .map((one) => (isJsonObject(one) ? (one.message ?? one.text ?? one.detail ?? one.code) : one))
    .filter((one) => typeof one === 'string');
}

export function isDenial(text: string): boolean {
  return !isYesOrNone(text) && isNo(ofTickets(text));
}

export function isYesOrNone(text: string): boolean {
  return text === '' || saysYes(text) || /^(none|null|nil)$/i.test(text.trim());
}

/** `"ids" is deprecated. It will not be returned in v2.` */
const A_DEPRECATION = /\bdeprecat/i;
const OF_WHAT_IS_DEPRECATED = /^\s*(it|they|this|these|please|use)\b/i;

/** Its words are no part of a sentence: `…/docs/permissions`. What ends the sentence, or follows without a space, is none of it. */
const AN_ADDRESS = /\bhttps?:\/\/[!-+\--:<-~]*[\w/]/gi;

/** Of a text, what may be said of the tickets. */
export function ofTickets(text: string): string {
  const clauses = withoutNames(text.slice(0, MAX_TEXT))
    .replace(AN_ADDRESS, '')
    .replace(NO_ERRORS, '')
    .split(/[.;!\n]\s|, /);
  const isOfOthers = (clause: string) =>
    HARMLESS_CLAUSE.test(clause) || (A_DEPRECATION.test(text) && OF_WHAT_IS_DEPRECATED.test(clause));
  const said = clauses.filter((clause) => !isOfOthers(clause));
  const isDone = said.some((clause) => DONE_IN_WORDS.test(clause) && !isNo(clause));
  return said.filter((clause) => !isDone || !isMild(clause)).join('; ');
}

function isNo(clause: string): boolean {
  return DENIAL.test(clause) || DENIAL_ABROAD.test(clause) || saysFewer(clause, 1);
}

/** `Ticket updated. Guests cannot see it.` */
function isMild(clause: string): boolean {
  const rest = clause.replace(A_MILD_DENIAL, '');
  return rest !== clause && !isNo(rest) && !DONE_IN_WORDS.test(rest) && !SOME_OF_THEM.test(rest);
}

/** `Moved 1 ticket.` of more, `0 tickets moved` of one. */
export function saysFewer(sentence: string, count: number): boolean {
  const [, some] = /\b(\d{1,4}) (?:tickets?|items?|rows?|records?)\b/i.exec(sentence) ?? [];
  return some !== undefined && Number(some) < count;
}

/** `3 of 3 moved`. */
export function saysAll(sentence: string, count: number): boolean {
  const [, some, all] = /\b(\d+) ?(?:of|out of|\/) ?(\d+)\b/.exec(sentence) ?? [];
  return some !== undefined && some === all && Number(all) === count;
}
