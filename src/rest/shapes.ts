/**
 * The shapes of the REST contract (§3), read tolerantly: a known field may come in snake_case or camelCase,
 * unknown fields pass through, and what may be absent may be null.
 */
import * as z from 'zod';

/** `columnId` → `column_id` where the shape knows the latter; everything else stays as it came. */
function respell(value: unknown, known: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const source = value as Record<string, unknown>;
  let respelled: Record<string, unknown> | undefined;
  for (const key of Object.keys(source)) {
    if (known.has(key)) continue;
    const snake = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (snake === key || !known.has(snake) || snake in source) continue;
    respelled ??= { ...source };
    respelled[snake] = source[key];
    delete respelled[key];
  }
  return respelled ?? source;
}

function shape<T extends z.ZodRawShape>(fields: T) {
  const known = new Set(Object.keys(fields));
  return z.preprocess((value) => respell(value, known), z.looseObject(fields));
}

const text = z.string();
const count = z.number();
const flag = z.boolean();
/** May be there or not, whatever it is. */
const anything = z.unknown().optional();
const maybe = <T extends z.ZodType>(type: T) => type.nullish();

export const person = shape({ id: text, name: maybe(text) });

export const attribution = shape({
  user: person,
  token: maybe(shape({ id: text, label: maybe(text) })),
  via: maybe(text),
  at: maybe(text),
});

export const tokenInfo = shape({
  id: maybe(text),
  label: maybe(text),
  user: maybe(person),
  scopes: z.array(text),
  companies: maybe(z.array(text)),
  projects: maybe(z.array(text)),
  limits: maybe(shape({ reads_per_minute: maybe(count), writes_per_minute: maybe(count) })),
  expires_at: maybe(text),
  features: maybe(z.array(text)),
});

export const company = shape({ id: text, name: text, role: maybe(text) });
export const project = shape({
  id: text,
  company_id: maybe(text),
  name: text,
  url_patterns: maybe(z.array(text)),
});
export const column = shape({ id: text, name: text, order: maybe(count) });
export const member = shape({ id: text, name: text, email: maybe(text), role: maybe(text) });

const summaryFields = {
  id: text,
  title: text,
  project_id: maybe(text),
  column_id: maybe(text),
  status: maybe(text),
  resolved: maybe(flag),
  is_draft: maybe(flag),
  assignees: maybe(z.array(person)),
  comment_count: maybe(count),
  has_capture: maybe(flag),
  has_ai_activity: maybe(flag),
  source_url: maybe(text),
  branch_name: maybe(text),
  created_at: maybe(text),
  updated_at: maybe(text),
};
export const ticketSummary = shape(summaryFields);

/** Annotations differ by type and their fields are for drawing: kept as they come. */
export const annotation = z.looseObject({ type: maybe(text) });
export const attachment = shape({
  id: text,
  name: maybe(text),
  content_type: maybe(text),
  width: maybe(count),
  height: maybe(count),
});

const size = shape({ width: maybe(count), height: maybe(count) });
export const capture = shape({
  id: maybe(text),
  captured_at: maybe(text),
  url: maybe(text),
  page_title: maybe(text),
  browser: maybe(text),
  viewport: maybe(size),
  screenshot: maybe(size),
  extension_version: maybe(text),
  page_load_state: maybe(text),
  health: maybe(z.array(shape({ section: maybe(text), state: maybe(text), reason: maybe(text) }))),
});

/** Megabytes on a busy page: the entries are looked at only when they are shown. */
export const devtools = shape({
  console: maybe(z.array(z.unknown())),
  network: maybe(z.array(z.unknown())),
  errors: maybe(z.array(z.unknown())),
  performance: anything,
});

export const consoleEntry = shape({
  level: maybe(text),
  args: maybe(z.array(z.unknown())),
  at: maybe(text),
  stack: maybe(text),
});
export const networkEntry = shape({
  method: maybe(text),
  url: maybe(text),
  status: maybe(count),
  request_headers: anything,
  response_headers: anything,
  started_at: maybe(text),
  duration_ms: maybe(count),
  response_size: maybe(count),
  request_body: anything,
  response_body: anything,
});
export const errorEntry = shape({
  kind: maybe(text),
  message: maybe(text),
  stack: maybe(text),
  at: maybe(text),
});

export const ticket = shape({
  ...summaryFields,
  description: maybe(text),
  created: maybe(attribution),
  updated: maybe(attribution),
  archived_at: maybe(text),
  capture: maybe(capture),
  attachments: maybe(z.array(attachment)),
  annotations: maybe(z.array(annotation)),
  devtools: maybe(devtools),
});

export const comment = shape({ id: text, ticket_id: maybe(text), body: text, created: maybe(attribution) });

export const asset = shape({
  url: text,
  content_type: maybe(text),
  width: maybe(count),
  height: maybe(count),
  expires_at: maybe(text),
});

export const bulkResult = shape({
  results: z.array(
    shape({ ticket_id: text, ok: flag, error: maybe(shape({ code: maybe(text), message: maybe(text) })) }),
  ),
});

export const startedWork = shape({ branch_name: text, ticket_ids: maybe(z.array(text)) });

/** A list that pages; `cursor` is absent on the last page. */
function paged<T extends z.ZodType>(item: T) {
  return shape({ items: z.array(item), cursor: maybe(text) });
}
export const ticketPage = paged(ticketSummary);
export const commentPage = paged(comment);

export const errorAnswer = shape({
  error: shape({ code: text, message: maybe(text), details: anything }),
});

export type Person = z.infer<typeof person>;
export type Attribution = z.infer<typeof attribution>;
export type TokenInfo = z.infer<typeof tokenInfo>;
export type Company = z.infer<typeof company>;
export type Project = z.infer<typeof project>;
export type Column = z.infer<typeof column>;
export type Member = z.infer<typeof member>;
export type TicketSummary = z.infer<typeof ticketSummary>;
export type Ticket = z.infer<typeof ticket>;
export type Capture = z.infer<typeof capture>;
export type Devtools = z.infer<typeof devtools>;
export type Annotation = z.infer<typeof annotation>;
export type Comment = z.infer<typeof comment>;
export type Asset = z.infer<typeof asset>;
export type BulkResult = z.infer<typeof bulkResult>;
export type StartedWork = z.infer<typeof startedWork>;
export type TicketPage = z.infer<typeof ticketPage>;
export type CommentPage = z.infer<typeof commentPage>;
