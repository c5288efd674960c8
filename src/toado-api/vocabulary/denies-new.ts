/** How an answer to an addition says that it made nothing: it was there already, or was left out. */
import { snakeCase } from '../../base/letter-case.ts';
import { withoutNames } from './names-in-text.ts';
import { isFilled, STATUS_WORDS, saysNo } from './outcome-words.ts';

/** What says so where it is true, or names the row itself: `duplicate: true`, `existing_id: 't-8fK2aQ'`. */
const EXISTED = new RegExp(
  `^((is|was|has)_)?(${[
    'duplicated|dup|dupe|dedup(lic)?ed|deduplicated',
    'duplicate(_of)?(_(ticket|comment|issue|item))?(_(id|key|url))?',
    'exist(s|ed)|(pre_?)?existing(_(ticket|comment|issue|item|row|record|entry))?(_(id|key|url))?',
    'already_?(exist(s|ed|ing)?|created|posted|added|filed|present|there)',
    'found(_existing)?|reused?|(idempoten(t|cy)_)?replay(ed)?|unchanged|not_modified|no_?op',
    'not_(created|posted|added|inserted|saved|new)|skipped|ignored|excluded',
  ].join('|')})$`,
);
/** What says so where it is false or none: `created: false`, `inserted_count: 0`. */
const NEW =
  /^((is|was)_)?((newly_)?(new|created|inserted|added|posted|stored|persisted|saved)(_count)?|rows_affected|affected(_rows)?)$/;

const DEEDS = [...STATUS_WORDS, 'code', 'action', 'operation', 'op', 'event', 'disposition', 'reason'];
/** `already_exists`, `DUPLICATE_TICKET`, `skipped`. */
const DEED =
  /(^|_)(duplicated?|dup|dupe|dedup(lic)?ed|deduplicated|exist(s|ed|ing)|skip(ped)?|ignored?|no_?op|unchanged|not_modified|not_created|reused?|replayed|found|nothing)(_|$)/;

const SENTENCES = /^(messages?|msg|detail|reason|note|notes|notice|notices|info|warnings?|answer)$/;
const NEGATED =
  /\b(no|not an?|0|zero|without( an?| any)?) (\w+ )?(duplicate|existing|similar)\w*|\b(did|does|do)(n[’']t| not) (yet |already )?exist/gi;
const SENTENCE =
  /\balready\b|\bduplicate|\bexist(s|ed|ing)?\b|\bnot (been )?(created|posted|saved|added|stored)\b|\bnothing (was )?(created|posted|saved|added|changed|new)\b|\bunchanged\b|\breus(ed|ing)\b|\bno changes?\b|^(skipped|ignored)\b/i;

/**
 * Whether what stands around or in a row says that it isn't new.
 * @param id of the row: what names another one, as one that is like it, says nothing of this one.
 */
export function deniesNew(place: Record<string, unknown>, id?: unknown): boolean {
  for (const given in place) {
    const name = snakeCase(given);
    const value = place[given];
    if (EXISTED.test(name) && (isYes(value) || isAbout(value, id))) return true;
    if (NEW.test(name) && (saysNo(value) || value === '0')) return true;
    if (DEEDS.includes(name) && isDeed(value)) return true;
    if (SENTENCES.test(name) && textsIn(value).some(saysSo)) return true;
  }
  return false;
}

const MAX_WORD = 100;
const MAX_SENTENCE = 2_000;

function isDeed(value: unknown): boolean {
  return typeof value === 'string' && value.length < MAX_WORD && DEED.test(snakeCase(value.trim()));
}

function saysSo(text: string): boolean {
  return SENTENCE.test(withoutNames(text.slice(0, MAX_SENTENCE)).replace(NEGATED, ''));
}

function isYes(value: unknown): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^(true|yes|y|1)$/i.test(value));
}

const NOTHING = /^\s*(none|null|nil|n|new|0)?\s*$/i;

/** Whether it names the row with that id, or any where that isn't known. */
function isAbout(value: unknown, id: unknown): boolean {
  if (typeof value === 'string') {
    if (saysNo(value) || NOTHING.test(value)) return false;
    // An address ends in it.
    return typeof id !== 'string' || value.split(/[^\w-]+/).includes(id);
  }
  if (!isFilled(value)) return false;
  const ids = (Array.isArray(value) ? value : [value])
    .map((one: unknown) => (typeof one === 'string' ? one : (one as { id?: unknown } | null)?.id))
    .filter((one) => one !== undefined);
  return typeof id !== 'string' || ids.length === 0 || ids.includes(id);
}

/** The texts under one name: one, a list of them, or of objects with a message. */
function textsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value])
    .map((one: unknown) =>
      typeof one === 'object' && one !== null ? (one as { message?: unknown }).message : one,
    )
    .filter((one) => typeof one === 'string');
}
