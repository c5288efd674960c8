/**
 * The fields that an answer has beside its row or its list, and what they say of it. Beside a list they may say that this
 * is not all: a word of warning, an error, `partial: true`. Then they are shown with the list, and nobody takes what isn't in
 * the list for missing.
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { setField } from '../../base/set-field.ts';
import { isCut, markCut } from '../json/incomplete-lists.ts';
import { isPaging } from '../paging/next-page.ts';
import { PAGE_FIELDS } from '../routes/answer-forms.ts';
import { ENVELOPE } from '../vocabulary/envelope-names.ts';
import { isError, isFilled, saysYes } from '../vocabulary/outcome-words.ts';
import type { FoundList } from './find-list.ts';

/** What envelopes say in words, or as a list of words. */
const SENTENCES = [
  ...['error', 'errors', 'message', 'messages', 'msg', 'warning', 'warnings', 'notice', 'notices'],
  ...['detail', 'reason'],
];
const STATES = ['status', 'state', 'code'];
/** Flags that are true where rows are missing. */
const PARTIAL = [
  ...['partial', 'is_partial', 'isPartial', 'partial_results', 'partialResults', 'incomplete'],
  ...['incomplete_results', 'incompleteResults', 'is_incomplete', 'isIncomplete', 'truncated'],
  ...['has_errors', 'hasErrors', 'timed_out', 'timedOut'],
];
/** Flags that tell of Toado's state: a list may be old then, and is all there was. */
const NOT_AT_ITS_BEST = ['degraded', 'stale', 'maintenance', 'approximate'];
/** Flags that are false there. */
const WHOLE = ['complete', 'is_complete', 'isComplete'];
/** Where an envelope may say so, too. */
const ABOUT_ITSELF = ['meta', '_meta', 'metadata', '_metadata'];
/** Which tickets were asked for, given back. */
const A_FILTER = /^(active|archived|open|closed|draft|all)$/i;

/** What of an answer's own words says that its list may not be all there is. */
function isRemark(name: string, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (SENTENCES.includes(name)) return isError(value);
  if (STATES.includes(name))
    return typeof value === 'object'
      ? isFilled(value)
      : !saysYes(value as string | number) && !A_FILTER.test(String(value).trim());
  if (PARTIAL.includes(name) || NOT_AT_ITS_BEST.includes(name))
    return isTrue(value) || isFilled(value) || Number(value) > 0;
  return WHOLE.includes(name) && (value === false || value === 'false');
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** What says nothing where it isn't a remark. */
const OF_ITSELF = new Set([...ENVELOPE, ...PARTIAL, ...NOT_AT_ITS_BEST, ...WHOLE]);

/** Adds to a list's answer what stands beside the list and says something of its own. */
export function addExtraFields(
  answer: JsonObject,
  { envelopes, path }: FoundList,
  own: readonly string[],
): void {
  const add = (name: string, value: unknown) => {
    if (value === null || PAGE_FIELDS.has(name) || Object.hasOwn(answer, name)) return;
    setField(answer, name, value);
  };
  for (const [depth, envelope] of envelopes.entries()) {
    for (const name in envelope) {
      const value = envelope[name];
      if (name === path[depth] || (own.includes(name) && typeof value === 'object')) continue;
      // A project that holds its tickets has a state of its own, and a page that isn't the last is no part.
      const isElse =
        (STATES.includes(name) && 'id' in envelope) || (name === 'truncated' && 'cursor' in answer);
      if (isElse) continue;
      if (isRemark(name, value)) add(name, value);
      else if (ABOUT_ITSELF.includes(name) && isJsonObject(value)) {
        for (const inner in value) if (isRemark(inner, value[inner])) add(inner, value[inner]);
      }
      if (!isPaging(name, value) && !OF_ITSELF.has(name)) add(name, value);
    }
  }
}

/** Whether what was said beside a list says that it may not be all there is. */
export function hasRemark(beside: JsonObject): boolean {
  for (const name in beside) if (isRemark(name, beside[name])) return true;
  return false;
}

interface ExtraFields {
  all?: JsonObject | undefined;
  /** Those of an envelope around a row: they can't be fields of the row's own. */
  ofEnvelope?: JsonObject | undefined;
}

const kept = new WeakMap<object, ExtraFields>();

/** What an answer said beside a row or a list that is handed on without it. */
export function keepExtraFields(
  value: unknown,
  all: JsonObject | undefined,
  ofEnvelope?: JsonObject | undefined,
): void {
  if ((all || ofEnvelope) && typeof value === 'object' && value !== null)
    kept.set(value, { all, ofEnvelope });
}

export function hasExtraFields(value: object): boolean {
  return kept.has(value);
}

export function extraFieldsOf(value: object): JsonObject | undefined {
  return kept.get(value)?.all;
}

export function envelopeFieldsOf(row: object): JsonObject {
  return kept.get(row)?.ofEnvelope ?? {};
}

/** Whether anything but a no, a zero or nothing is said beside a list. */
export function saysSomething(beside: JsonObject): boolean {
  return Object.values(beside).some((value) => (typeof value === 'object' ? isFilled(value) : !!value));
}

/** Whether a list may lack what there is: more than was read, or said beside it. Of an empty one, whatever is said. */
export function mayLackRows(list: object): boolean {
  const beside = extraFieldsOf(list);
  if (isCut(list) || !beside) return isCut(list);
  return hasRemark(beside) || (Array.isArray(list) && list.length === 0 && saysSomething(beside));
}

/** Whether a list is known to lack rows, or says so: a word of warning alone doesn't, nor that it may be old. */
export function lacksRows(list: object): boolean {
  const beside = extraFieldsOf(list);
  if (isCut(list) || !beside) return isCut(list);
  const { error, errors } = beside;
  return (
    isError(error) || isError(errors) || [...PARTIAL, ...WHOLE].some((name) => isRemark(name, beside[name]))
  );
}

/** A list made from another one, with what was said beside that and whether it is whole. */
export function asPartOf<List extends object>(made: List, list: object): List {
  keepExtraFields(made, extraFieldsOf(list));
  return isCut(list) ? markCut(made) : made;
}
