import * as z from 'zod';
import { ApiError } from '../model/errors.ts';

/** Text of so many characters (as people count them), without what SQLite or UTF-8 can't keep. */
export function text(least: number, most: number) {
  return z
    .string()
    .refine((value) => !/[\0\p{Surrogate}]/u.test(value), 'must not contain NUL or broken Unicode')
    .refine((value) => least === 0 || value.trim() !== '', 'must not be blank')
    .refine((value) => isAtMost(value, most), `must have at most ${most} characters`);
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
  (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
  'must be an http or https address',
);

/** What git accepts as a branch's name (git-check-ref-format). */
export const branchName = text(1, 200).refine(
  (value) => !/[\s~^:?*[\\\x00-\x1f\x7f]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|^[./-]|[./]$|^@$/.test(value),
  'must be a name that git accepts for a branch',
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

function isAtMost(value: string, most: number): boolean {
  return value.length <= most || (value.length <= 2 * most && [...value].length <= most);
}
