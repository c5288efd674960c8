/** What a kind of check is made of. */
import type { Count, SingleCheck } from '../scenario/schema.ts';
import type { Facts, Verdict } from './facts.ts';

export type CheckOf<Key extends string> = Extract<SingleCheck, Record<Key, unknown>>;

export interface CheckKind<Check> {
  label(check: Check): string;
  verdict(check: Check, facts: Facts): Verdict;
}

export function range(times: Count): string {
  if (typeof times === 'number') return String(times);
  const { min, max } = times;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  return max !== undefined ? `at most ${max}` : `at least ${min ?? 0}`;
}

export function counts(number: number, times: Count): boolean {
  if (typeof times === 'number') return number === times;
  return number >= (times.min ?? 0) && number <= (times.max ?? Number.POSITIVE_INFINITY);
}
