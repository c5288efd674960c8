import type { Context as HonoContext } from 'hono';
import * as z from 'zod';
import { readText } from '../../api/body.ts';
import { ApiError } from '../../model/errors.ts';
import { futureTime, id, pageUrl, parseInput, text } from '../../rules/input.ts';
import { MAX_LENGTH } from '../../rules/text-lengths.ts';

/** What a form sent. Throws `validation_error` for anything but a form. */
export function readForm(c: HonoContext): URLSearchParams {
  if (!c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    throw new ApiError('validation_error', 'This takes a form.');
  }
  return new URLSearchParams(readText(c));
}

const yesOrNo = z.enum(['yes', 'no']).transform((value) => value === 'yes');
const lines = (most: number) => text(0, most).transform((value) => value.replaceAll(/\r\n?/g, '\n'));

const comment = z.object({ body: lines(MAX_LENGTH.comment).pipe(text(1, MAX_LENGTH.comment)) });

const edit = z.object({
  title: text(1, MAX_LENGTH.title).optional(),
  description: lines(MAX_LENGTH.description).optional(),
  /** What the fields were filled with (`baseOf`). */
  title_base: z.string().optional(),
  description_base: z.string().optional(),
  resolved: yesOrNo.optional(),
  is_draft: yesOrNo.optional(),
});

const move = z.object({
  target_column_id: id,
  position: z
    .string()
    .regex(/^\d{0,6}$/, 'must be a whole number')
    .transform((value) => (value === '' ? undefined : Number(value)))
    .optional(),
  back: z.string().optional(),
});

const newTicket = z.object({
  title: text(1, MAX_LENGTH.title),
  description: lines(MAX_LENGTH.description).optional(),
  column_id: id.optional(),
  source_url: pageUrl.optional(),
});

const assignment = z.object({ add: z.string().optional(), remove: z.string().optional() });

const newToken = z.object({
  label: text(1, MAX_LENGTH.tokenLabel),
  scopes: z.array(z.string()).min(1, 'pick at least one'),
  companies: z.array(id).optional(),
  projects: z.array(id).optional(),
  expires_at: futureTime.optional(),
});

const perMinute = z
  .string()
  .regex(/^\d{1,6}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.int().min(1).max(100_000));

const limits = z.object({
  reads_per_minute: perMinute,
  writes_per_minute: perMinute,
  /** What the fields were filled with. */
  reads_base: z.coerce.number().optional(),
  writes_base: z.coerce.number().optional(),
});

const schemas = { comment, edit, move, newTicket, assignment, newToken, limits };

/** A form's fields, checked. Throws `validation_error` that names each one that is wrong. */
export function checked<Name extends keyof typeof schemas>(
  name: Name,
  form: URLSearchParams | Record<string, unknown>,
): z.output<(typeof schemas)[Name]> {
  const fields = form instanceof URLSearchParams ? Object.fromEntries(form) : form;
  return parseInput(schemas[name] as z.ZodType, fields) as z.output<(typeof schemas)[Name]>;
}
