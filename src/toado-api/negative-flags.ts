/** Where an answer says how a request fared, and how a no is said there. */

export const FLAGS = ['ok', 'success', 'succeeded', 'is_success', 'isSuccess'];
export const STATUS_WORDS = ['status', 'result', 'outcome', 'state'];

/** A flag that says no, in whatever form. */
export function saysNo(value: unknown): boolean {
  return value === false || value === 0 || (typeof value === 'string' && NEGATIVE_WORD.test(value.trim()));
}
export const NEGATIVE_WORD =
  /^(no|false|error|errors|errored|fail|failed|failure|unsuccessful|rejected|denied|refused|forbidden|unauthorized|invalid|conflict)$/i;
