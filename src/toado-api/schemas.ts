/**
 * The shapes of the REST contract (§3), each described once: the contract's names, and behind `also` the other names
 * under which people's APIs say the same. Any field may be absent or null but those that are `needed`.
 */
import {
  anything,
  count,
  flag,
  list,
  Misshapen,
  needed,
  type Read,
  type Reader,
  type Reading,
  reference,
  shape,
  text,
  time,
} from './schema.ts';

type Data = Record<string, unknown>;

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands for a thing may be its id alone. */
const fromId = (value: unknown): Data | undefined =>
  typeof value === 'string' || typeof value === 'number' ? { id: String(value) } : undefined;

export const person = shape(
  'person',
  { id: text, name: text },
  { also: { id: ['user_id', '_id', 'uuid'], name: ['full_name', 'display_name', 'username'] }, from: fromId },
);

const tokenMade = shape(
  'token',
  { id: text, label: text },
  { also: { id: ['token_id', '_id'], label: ['token_label', 'name'] }, from: fromId },
);

export const attribution = shape(
  'attribution',
  { user: person, token: tokenMade, via: text, at: time },
  {
    also: {
      user: ['author', 'by', 'owner', 'actor'],
      token: ['api_token'],
      via: ['source', 'client'],
      at: ['timestamp', 'time', 'date', 'created_at', 'updated_at'],
    },
    gather: (data) => flatToken(data),
  },
);

/** `token_id` and `token_label` beside the user stand for the token. */
function flatToken(data: Data): void {
  const id = data.token_id ?? data.tokenId;
  const label = data.token_label ?? data.tokenLabel;
  if (data.token !== undefined || (id ?? label ?? undefined) === undefined) return;
  data.token = { id, label };
  for (const name of ['token_id', 'tokenId', 'token_label', 'tokenLabel']) delete data[name];
}

/** Scopes as a list, or as one text with spaces or commas between. */
const scopeList: Reader<string[]> = (value, reading) => {
  if (typeof value !== 'string') return list(text)(value, reading);
  reading.note('', 'text instead of a list');
  return value.split(/[\s,]+/).filter(Boolean);
};

const limits = shape(
  'limits',
  { reads_per_minute: count, writes_per_minute: count },
  { also: { reads_per_minute: ['reads', 'read'], writes_per_minute: ['writes', 'write'] } },
);

export const tokenInfo = shape(
  'token_info',
  {
    id: text,
    label: text,
    user: person,
    scopes: needed(scopeList),
    companies: list(reference),
    projects: list(reference),
    limits,
    expires_at: time,
    features: list(text),
  },
  {
    also: {
      id: ['token_id', '_id'],
      label: ['token_label', 'name'],
      user: ['owner', 'created_by'],
      scopes: ['scope', 'permissions'],
      companies: ['company_ids', 'company_filter'],
      projects: ['project_ids', 'project_filter'],
      limits: ['rate_limits', 'rate_limit'],
      expires_at: ['expires', 'expiry', 'exp'],
    },
  },
);

const ID = ['_id', 'uuid'];

export const company = shape(
  'company',
  { id: text, name: text, role: text },
  { also: { id: ['company_id', ...ID], name: ['title'], role: ['my_role', 'user_role'] } },
);
export const project = shape(
  'project',
  { id: text, company_id: reference, name: text, url_patterns: list(text) },
  { also: { id: ['project_id', ...ID], company_id: ['company'], name: ['title'], url_patterns: ['urls'] } },
);
export const column = shape(
  'column',
  { id: text, name: text, order: count },
  { also: { id: ['column_id', ...ID], name: ['title'], order: ['position', 'index', 'sort_order', 'rank'] } },
);
export const member = shape(
  'member',
  { id: text, name: text, email: text, role: text },
  {
    also: { id: ['user_id', ...ID], name: ['full_name', 'display_name', 'username'] },
    // A membership that holds its user.
    gather: (data) => {
      const { user } = data;
      if (!isData(user) || data.name !== undefined) return;
      delete data.user;
      Object.assign(data, user);
    },
    from: fromId,
  },
);

/** `active` or `archived`, in whatever case. */
const status: Reader<string> = (value, reading) => {
  const read = text(value, reading);
  if (read === 'active' || read === 'archived' || !/^(active|archived)$/i.test(read)) return read;
  reading.note('', 'in another case');
  return read.toLowerCase();
};

const summaryFields = {
  id: text,
  title: text,
  project_id: reference,
  column_id: reference,
  status,
  resolved: flag,
  is_draft: flag,
  assignees: list(person),
  comment_count: count,
  has_capture: flag,
  has_ai_activity: flag,
  source_url: text,
  branch_name: text,
  created_at: time,
  updated_at: time,
};
const summaryNames = {
  id: ['ticket_id', ...ID],
  title: ['name', 'subject'],
  project_id: ['project'],
  column_id: ['column'],
  status: ['state'],
  resolved: ['is_resolved'],
  is_draft: ['draft'],
  assignees: ['assignee_ids', 'assigned_to', 'assigned_users'],
  comment_count: ['comments_count', 'num_comments'],
  source_url: ['page_url'],
  branch_name: ['branch', 'git_branch'],
  created_at: ['created_on', 'created_time'],
  updated_at: ['updated_on', 'modified_at', 'updated_time'],
};

/** What a ticket's other fields say of it, where they are spelled otherwise. */
function gatherSummary(data: Data): void {
  if (data.status === undefined) {
    const archived = data.archived ?? data.is_archived ?? data.isArchived;
    if (typeof archived === 'boolean') data.status = archived ? 'archived' : 'active';
  }
  if (data.comment_count === undefined && Array.isArray(data.comments))
    data.comment_count = data.comments.length;
  if (data.assignees === undefined && data.assignee !== undefined) {
    data.assignees = data.assignee === null ? [] : [data.assignee];
    delete data.assignee;
  }
  if (isData(data.assignees)) data.assignees = [data.assignees];
}

export const ticketSummary = shape('ticket', summaryFields, { also: summaryNames, gather: gatherSummary });

/** Annotations differ by type and their fields are for drawing: kept as they come. */
export const annotation = shape('annotation', { type: text }, { also: { type: ['kind', 'tool'] } });
export const attachment = shape(
  'attachment',
  { id: text, name: text, content_type: text, width: count, height: count },
  {
    also: {
      id: ['attachment_id', ...ID],
      name: ['filename', 'file_name'],
      content_type: ['mime_type', 'mimetype', 'mime'],
    },
  },
);

const size = shape('size', { width: count, height: count }, { also: { width: ['w'], height: ['h'] } });
export const capture = shape(
  'capture',
  {
    id: text,
    captured_at: time,
    url: text,
    page_title: text,
    browser: text,
    viewport: size,
    screenshot: size,
    extension_version: text,
    page_load_state: text,
    health: list(
      shape('health', { section: text, state: text, reason: text }, { also: { state: ['status'] } }),
    ),
  },
  {
    also: {
      id: ['capture_id', ...ID],
      captured_at: ['timestamp', 'created_at'],
      url: ['page_url'],
      page_title: ['title'],
      browser: ['user_agent'],
    },
  },
);

const PANELS = ['console', 'network', 'errors', 'performance'] as const;

/** A panel's entries, also where a panel says more than its list. Evidence: what stands in it is not touched. */
const entries: Reader<unknown[]> = (value, reading) => {
  if (Array.isArray(value)) return value;
  if (isData(value)) {
    for (const name of ['entries', 'items', 'logs', 'requests', 'data']) {
      const inner = value[name];
      if (!Array.isArray(inner)) continue;
      reading.note('', `a list under ${name} instead of a list`);
      return inner;
    }
  }
  throw new Misshapen('a list', value);
};

/** Megabytes on a busy page: the entries are looked at only when they are shown. */
export const devtools = shape(
  'devtools',
  { console: entries, network: entries, errors: entries, performance: anything },
  {
    also: {
      console: ['console_logs', 'console_entries', 'logs'],
      network: ['network_requests', 'network_entries', 'requests'],
      errors: ['js_errors', 'exceptions'],
      performance: ['performance_metrics', 'metrics'],
    },
    gather: (data, { names }) => {
      if (names?.console_entry) renameEach(data.console, names.console_entry);
      if (names?.network_entry) renameEach(data.network, names.network_entry);
      if (names?.error_entry) renameEach(data.errors, names.error_entry);
    },
  },
);

/** A map's names for the fields of entries, which are otherwise read only when they are shown. */
function renameEach(panel: unknown, names: Record<string, string>): void {
  if (!Array.isArray(panel)) return;
  for (const entry of panel) {
    if (!isData(entry)) continue;
    for (const [field, source] of Object.entries(names)) {
      if (field === source || entry[source] === undefined) continue;
      entry[field] = entry[source];
      delete entry[source];
    }
  }
}

const AT = ['timestamp', 'time', 'ts', 'date', 'created_at'];

/** A console call’s arguments; a message alone is one. */
const argumentList: Reader<unknown[]> = (value) => (Array.isArray(value) ? value : [value]);

export const consoleEntry = shape(
  'console_entry',
  { level: text, args: argumentList, at: time, stack: text },
  {
    also: {
      level: ['type', 'severity'],
      args: ['arguments', 'parameters', 'message', 'text'],
      at: AT,
      stack: ['stack_trace', 'stacktrace'],
    },
  },
);

/** A duration, also as the `duration` or `total` of a timing with its parts. */
const duration: Reader<number> = (value, reading) => {
  if (!isData(value)) return count(value, reading);
  const whole = ['duration', 'duration_ms', 'total', 'total_ms', 'totalMs', 'durationMs'].find(
    (name) => typeof value[name] === 'number',
  );
  if (!whole) throw new Misshapen('a duration', value);
  return value[whole] as number;
};

export const networkEntry = shape(
  'network_entry',
  {
    method: text,
    url: text,
    status: count,
    request_headers: anything,
    response_headers: anything,
    started_at: time,
    duration_ms: duration,
    response_size: count,
    request_body: anything,
    response_body: anything,
  },
  {
    also: {
      method: ['request_method'],
      url: ['request_url'],
      status: ['status_code', 'response_status'],
      started_at: [...AT, 'start_time', 'started', 'at', 'started_date_time'],
      duration_ms: ['duration', 'timing', 'timings', 'time_ms', 'elapsed'],
      response_size: ['size', 'transfer_size', 'content_length'],
    },
  },
);
export const errorEntry = shape(
  'error_entry',
  { kind: text, message: text, stack: text, at: time },
  {
    also: {
      kind: ['type', 'name'],
      message: ['text', 'error'],
      stack: ['stack_trace', 'stacktrace'],
      at: AT,
    },
  },
);

export const comment = shape(
  'comment',
  { id: text, ticket_id: reference, body: text, created: attribution },
  {
    also: {
      id: ['comment_id', ...ID],
      ticket_id: ['ticket'],
      body: ['text', 'content', 'message', 'comment'],
    },
    gather: (data) => gatherAttribution(data, 'created', true),
  },
);

const WHO = {
  created: ['author', 'user', 'creator', 'reporter', 'created_by', 'createdBy'],
  updated: ['updated_by', 'updatedBy', 'editor'],
};
const FLAT_TOKEN = ['token', 'via', 'token_id', 'tokenId', 'token_label', 'tokenLabel'];

/**
 * Where who and when stand beside the other fields instead of in one.
 * @param alone the fields beside it are of no other use.
 */
function gatherAttribution(data: Data, field: 'created' | 'updated', alone: boolean): void {
  const said = data[field];
  if (isData(said)) return;
  // `created` may be no more than a time.
  if (typeof said === 'string' || typeof said === 'number') {
    data[`${field}_at`] ??= said;
    delete data[field];
  }
  const who = WHO[field].find((name) => data[name] !== undefined && data[name] !== null);
  const at = [`${field}_at`, `${field}At`, ...(alone ? ['timestamp', 'at'] : [])].find(
    (name) => data[name] !== undefined,
  );
  if (!who && !(alone && at)) return;
  const made: Data = { user: who && data[who], at: at && data[at] };
  if (who) delete data[who];
  if (alone) {
    if (at) delete data[at];
    for (const name of FLAT_TOKEN) {
      if (data[name] === undefined) continue;
      made[name] = data[name];
      delete data[name];
    }
  }
  data[field] = made;
}

export const ticket = shape(
  'ticket',
  {
    ...summaryFields,
    description: text,
    created: attribution,
    updated: attribution,
    archived_at: time,
    capture,
    attachments: list(attachment),
    annotations: list(annotation),
    devtools,
    comments: list(comment),
  },
  {
    also: {
      ...summaryNames,
      description: ['body', 'text'],
      devtools: ['dev_tools'],
      archived_at: ['archived_on'],
    },
    gather: (data, reading) => {
      gatherSummary(data);
      gatherAttribution(data, 'created', false);
      gatherAttribution(data, 'updated', false);
      panelsFromCapture(data, reading);
    },
  },
);

/** The panels of a recording may stand inside of the capture. */
function panelsFromCapture(data: Data, reading: Reading): void {
  const { capture } = data;
  if (!isData(capture)) return;
  const { devtools: inner } = capture;
  if (inner === undefined && !PANELS.some((name) => capture[name] !== undefined)) return;
  const found = PANELS.filter((name) => capture[name] !== undefined && capture[name] !== null);
  if (found.length === 0 && !isData(inner)) return;
  const panels: Data = isData(data.devtools) ? data.devtools : isData(inner) ? inner : {};
  if (isData(inner)) delete capture.devtools;
  for (const name of found) {
    panels[name] ??= capture[name];
    delete capture[name];
  }
  data.devtools = panels;
  reading.note('devtools', 'inside of capture');
}

export const asset = shape(
  'asset',
  { url: needed(text), content_type: text, width: count, height: count, expires_at: time },
  {
    also: {
      url: ['signed_url', 'presigned_url', 'download_url', 'href', 'src'],
      content_type: ['mime_type', 'mimetype', 'mime'],
      expires_at: ['expires', 'expiry'],
    },
  },
);

export const startedWork = shape(
  'started_work',
  { branch_name: text, ticket_ids: list(reference) },
  { also: { branch_name: ['branch', 'git_branch', 'name'], ticket_ids: ['tickets', 'ids'] } },
);

const bulkError = shape(
  'bulk_error',
  { code: text, message: text },
  {
    also: { code: ['type', 'error_code'], message: ['detail', 'title', 'reason'] },
    from: (value) => (typeof value === 'string' ? { message: value } : undefined),
  },
);
/** One ticket of a bulk answer. */
export const bulkRow = shape(
  'bulk_row',
  { ticket_id: reference, ok: flag, error: bulkError },
  {
    also: { ticket_id: ['id', 'ticket'], ok: ['success', 'succeeded', 'done'], error: ['reason'] },
    from: fromId,
    gather: (data) => {
      if (data.ok !== undefined) return;
      const status = data.status ?? data.result;
      if (typeof status === 'number') data.ok = status >= 200 && status < 300;
      else if (
        typeof status === 'string' &&
        /^(ok|success|succeeded|done|moved|assigned|unassigned|updated)$/i.test(status)
      )
        data.ok = true;
      else if (typeof status === 'string' && /^(error|failed|failure|rejected)$/i.test(status))
        data.ok = false;
      else if (data.error !== undefined && data.error !== null) data.ok = false;
    },
  },
);

/** Every shape by the name under which a map corrects its fields. */
export const shapesByName: Readonly<Record<string, { fields: Readonly<Record<string, unknown>> }>> =
  Object.fromEntries(
    [
      person,
      tokenMade,
      attribution,
      tokenInfo,
      limits,
      company,
      project,
      column,
      member,
      ticket,
      annotation,
      attachment,
      capture,
      devtools,
      consoleEntry,
      networkEntry,
      errorEntry,
      comment,
      asset,
      startedWork,
      bulkRow,
      bulkError,
    ].map((one) => [one.shapeName, one]),
  );

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
export type BulkRow = Read<typeof bulkRow>;
export type StartedWork = Read<typeof startedWork>;
