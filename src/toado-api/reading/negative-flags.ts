/** Where an answer says how a request fared, and how a no is said there. */

export const FLAGS = ['ok', 'success', 'succeeded', 'is_success', 'isSuccess'];
export const STATUS_WORDS = ['status', 'result', 'outcome', 'state'];

const POSITIVE =
  /^(yes|true|ok|okay|success|successful|succeeded|done|accepted|created|updated|0|200|201|202|204)$/i;

/** A word or a number that says no more than yes. */
export function saysYes(value: string | number): boolean {
  const word = String(value);
  return word.length < 32 && POSITIVE.test(word.trim());
}

const REHEARSALS = [
  'dry_run',
  'dryRun',
  'simulated',
  'simulation',
  'preview',
  'validate_only',
  'validateOnly',
];
/** Whether an act took place: what is false or none here didn't, or there was nothing to do. */
const ACTS = [
  ...['created', 'updated', 'changed', 'modified', 'moved', 'applied', 'affected', 'saved', 'executed'],
  ...['assigned', 'unassigned', 'archived', 'restored', 'removed', 'deleted', 'inserted', 'matched'],
  ...['allowed', 'permitted', 'authorized', 'approved', 'accepted', 'valid', 'done', 'acknowledged'],
  ...['modified_count', 'modifiedCount', 'rows_affected', 'rowsAffected', 'affected_rows', 'affectedRows'],
];

/** Said of what was only tried out. */
export function isRehearsal(place: Record<string, unknown>): boolean {
  return REHEARSALS.some((name) => place[name] === true || place[name] === 'true');
}

/** What is a plain yes where it is true. */
export function isYesFlag(name: string): boolean {
  return FLAGS.includes(name) || ACTS.includes(name);
}

export function deniesAct(place: Record<string, unknown>): boolean {
  return ACTS.some((name) => place[name] === false || place[name] === 0) || isLeftOut(place);
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
  return value === false || value === 0 || (typeof value === 'string' && NEGATIVE_WORD.test(value.trim()));
}
export const NEGATIVE_WORD =
  /^(no|false|error|errors|errored|fail|failed|failure|unsuccessful|rejected|denied|refused|forbidden|unauthorized|invalid|conflict)$/i;
