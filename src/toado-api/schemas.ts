/** The shapes of the REST contract (§3). */
import { anything, count, flag, list, maybe, type Read, type Reader, shape, text } from './schema.ts';

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
  scopes: list(text),
  companies: maybe(list(text)),
  projects: maybe(list(text)),
  limits: maybe(shape({ reads_per_minute: maybe(count), writes_per_minute: maybe(count) })),
  expires_at: maybe(text),
  features: maybe(list(text)),
});

export const company = shape({ id: text, name: text, role: maybe(text) });
export const project = shape({
  id: text,
  company_id: maybe(text),
  name: text,
  url_patterns: maybe(list(text)),
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
  assignees: maybe(list(person)),
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
export const annotation = shape({ type: maybe(text) });
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
  health: maybe(list(shape({ section: maybe(text), state: maybe(text), reason: maybe(text) }))),
});

/** Megabytes on a busy page: the entries are looked at only when they are shown. */
export const devtools = shape({
  console: maybe(list(anything)),
  network: maybe(list(anything)),
  errors: maybe(list(anything)),
  performance: anything,
});

export const consoleEntry = shape({
  level: maybe(text),
  args: maybe(list(anything)),
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
  attachments: maybe(list(attachment)),
  annotations: maybe(list(annotation)),
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
  results: list(
    shape({ ticket_id: text, ok: flag, error: maybe(shape({ code: maybe(text), message: maybe(text) })) }),
  ),
});

export const startedWork = shape({ branch_name: text, ticket_ids: maybe(list(text)) });

/** A list that pages; `cursor` is absent on the last page. */
function paged<Item>(item: Reader<Item>) {
  return shape({ items: list(item), cursor: maybe(text) });
}
export const ticketPage = paged(ticketSummary);
export const commentPage = paged(comment);

export const errorAnswer = shape({
  error: shape({ code: text, message: maybe(text), details: anything }),
});

export type Person = Read<typeof person>;
export type Attribution = Read<typeof attribution>;
export type TokenInfo = Read<typeof tokenInfo>;
export type Company = Read<typeof company>;
export type Project = Read<typeof project>;
export type Column = Read<typeof column>;
export type Member = Read<typeof member>;
export type TicketSummary = Read<typeof ticketSummary>;
export type Ticket = Read<typeof ticket>;
export type Capture = Read<typeof capture>;
export type Devtools = Read<typeof devtools>;
export type Annotation = Read<typeof annotation>;
export type Comment = Read<typeof comment>;
export type Asset = Read<typeof asset>;
export type BulkResult = Read<typeof bulkResult>;
export type StartedWork = Read<typeof startedWork>;
export type TicketPage = Read<typeof ticketPage>;
export type CommentPage = Read<typeof commentPage>;
