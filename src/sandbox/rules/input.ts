import * as z from 'zod';
import { visible } from '../../base/visible.ts';
import { ApiError } from '../model/errors.ts';

/** Text of so many characters (as people count them), without what SQLite or UTF-8 can't keep. */
export function text(min: number, max: number) {
  return z
    .string()
    .refine((value) => !/[\0\p{Surrogate}]/u.test(value), 'must not contain NUL or broken Unicode')
    .refine((value) => min === 0 || value.trim() !== '', 'must not be blank')
    .refine((value) => isAtMost(value, max), `must have at most ${max} characters`);
}

/** An id in a body or a query; whether it exists is looked up, so its form doesn't matter. */
export const id = text(1, 200);

export const ticketIds = z.array(id).min(1).max(100);

export const limit = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a whole number')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 100, 'must be from 1 to 100')
  .default(50);

export const cursor = z.string().max(2000).optional();

export const pageUrl = text(1, 2048).refine(
  // A browser drops line ends and tabs, and then it is another address.
  (value) => /^https?:\/\/[^\s\p{C}]+$/iu.test(value) && URL.canParse(value),
  'must be an http or https address',
);

/**
 * A branch's name by git's own rules (`git check-ref-format --branch`), as long as a file name may be; and none that
 * doesn't show what it is.
 */
export const branchName = text(1, 200).refine(
  (value) => isBranchName(value) && visible(value) === value,
  'must be a name that git accepts for a branch, without invisible characters',
);

function isBranchName(name: string): boolean {
  if (name === 'HEAD' || name === '@' || name.startsWith('-') || name.endsWith('.')) return false;
  if (/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{/.test(name)) return false;
  return name
    .split('/')
    .every(
      (part) =>
        part !== '' &&
        !part.startsWith('.') &&
        !part.endsWith('.lock') &&
        Buffer.byteLength(part) <= MAX_BRANCH_BYTES,
    );
}

/** Of a file's name, less what git adds while it writes (`.lock`). */
const MAX_BRANCH_BYTES = 250;

/** A moment to come, as ISO 8601 with any offset. Years have four digits: what lies beyond ends with the last of them. */
export const futureTime = z.iso
  .datetime({ offset: true, abort: true, error: 'must be a time, as 2030-01-31T00:00:00Z' })
  .refine((time) => Date.parse(time) > Date.now(), 'must be in the future')
  .transform((time) =>
    new Date(Math.min(Date.parse(time), Date.UTC(9999, 11, 31, 23, 59, 59, 999))).toISOString(),
  );

/** Checked input; throws `validation_error` that names each field that is wrong. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({
    field: issue.path.join('.'),
    problem: issue.message,
  }));
  throw new ApiError(
    'validation_error',
    issues.map(({ field, problem }) => (field ? `${field}: ${problem}` : problem)).join('; '),
    { issues },
  );
}

function isAtMost(value: string, max: number): boolean {
  return value.length <= max || (value.length <= 2 * max && [...value].length <= max);
}
