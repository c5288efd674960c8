/**
 * A marker stands in every field of every shape, in fields that nobody knows yet, too. Each has to come out in
 * `structuredContent` of the tool that shows it, and in its text, but for what UNTOLD names.
 */
import { expect, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { type FakeAnswer, type FakeRequest, startFakeApi } from '../support/fake-api.ts';
import { textOf } from '../support/sdk-client.ts';

const planted = new Map<string, string>();

/** A text that is nowhere else, remembered with the field that it stands in. */
function mark(field: string): string {
  const letters = [...String(planted.size)].map((digit) => 'bcdfghjklm'[Number(digit)]).join('');
  const marker = `Mark${letters}X`;
  planted.set(marker, field);
  return marker;
}

/** Fields that a later Toado may have: a text, an object, a list, and a name that objects have already. */
function unknown(shape: string): Record<string, unknown> {
  return {
    new_text: mark(`${shape}.new_text`),
    newObject: { inside: mark(`${shape}.newObject.inside`), deep: { er: [mark(`${shape}.newObject.deep`)] } },
    new_list: [mark(`${shape}.new_list`), { inItem: mark(`${shape}.new_list.inItem`) }],
    new_number: 31_415_926,
    constructor: mark(`${shape}.constructor`),
  };
}

/** This hour: what is days old isn't what a write has made. */
const at = `${new Date().toISOString().slice(0, 14)}00:00.000Z`;
const person = (of: string) => ({ id: mark(`${of}.id`), name: mark(`${of}.name`), ...unknown(of) });
const attribution = (of: string) => ({
  user: person(`${of}.user`),
  token: { id: mark(`${of}.token.id`), label: mark(`${of}.token.label`), ...unknown(`${of}.token`) },
  via: 'mcp',
  at,
  ...unknown(of),
});

const summary = (of: string) => ({
  id: 't-abc123',
  title: mark(`${of}.title`),
  project_id: mark(`${of}.project_id`),
  column_id: mark(`${of}.column_id`),
  status: mark(`${of}.status`),
  resolved: true,
  is_draft: true,
  assignees: [person(`${of}.assignees`)],
  comment_count: 27_182,
  has_capture: true,
  has_ai_activity: true,
  source_url: mark(`${of}.source_url`),
  branch_name: mark(`${of}.branch_name`),
  created_at: at,
  updated_at: at,
  ...unknown(of),
});

const FLAGS = ['resolved', 'is_draft', 'has_capture', 'has_ai_activity', '27182', at];

const network = {
  method: mark('network.method'),
  url: `https://x.example/${mark('network.url')}`,
  status: 503,
  request_headers: { [mark('network.request_headers name')]: mark('network.request_headers') },
  response_headers: { [mark('network.response_headers name')]: mark('network.response_headers') },
  started_at: at,
  duration_ms: 1,
  response_size: 1,
  request_body: mark('network.request_body'),
  response_body: { json: mark('network.response_body') },
  ...unknown('network'),
};
const consoleLine = {
  level: 'error',
  args: [mark('console.args text'), { object: mark('console.args object') }],
  at,
  stack: mark('console.stack'),
  ...unknown('console'),
};
const thrown = {
  kind: mark('errors.kind'),
  message: mark('errors.message'),
  stack: `in\n${mark('errors.stack')}`,
  at,
  ...unknown('errors'),
};
const performancePanel = {
  navigation: { load_event_ms: 1, own: mark('performance.navigation') },
  long_tasks: [{ start_ms: 1, duration_ms: 2, attribution: mark('performance.long_tasks') }],
  lcp: 16_180,
  ...unknown('performance'),
};

const capture = {
  id: mark('capture.id'),
  captured_at: mark('capture.captured_at'),
  url: mark('capture.url'),
  page_title: mark('capture.page_title'),
  browser: mark('capture.browser'),
  viewport: { width: 1, height: 1, own: mark('capture.viewport') },
  screenshot: { width: 1, height: 1, own: mark('capture.screenshot') },
  extension_version: mark('capture.extension_version'),
  page_load_state: mark('capture.page_load_state'),
  health: [
    { section: 'network', state: 'partial', reason: mark('capture.health.reason'), ...unknown('health') },
  ],
  ...unknown('capture'),
};

const ticket = {
  ...summary('ticket'),
  description: mark('ticket.description'),
  created: attribution('ticket.created'),
  updated: attribution('ticket.updated'),
  archived_at: mark('ticket.archived_at'),
  capture,
  attachments: [
    {
      id: mark('attachment.id'),
      name: mark('attachment.name'),
      content_type: mark('attachment.content_type'),
      width: 1,
      height: 1,
      ...unknown('attachment'),
    },
  ],
  annotations: [{ type: 'text', color: mark('annotation.color'), ...unknown('annotation') }],
  devtools: {
    console: [consoleLine],
    network: [network],
    errors: [thrown],
    performance: performancePanel,
    ...unknown('devtools'),
  },
};
/** What the API answers to a write: who did it is said as people read it. */
const written = {
  ...summary('written'),
  updated: { user: { id: 'usr_1', name: mark('written.updated.user.name') }, token: null, via: 'mcp', at },
};
const comment = {
  id: mark('comment.id'),
  ticket_id: mark('comment.ticket_id'),
  body: mark('comment.body'),
  created: attribution('comment.created'),
  ...unknown('comment'),
};
const without = (field: keyof typeof written) => ({ ...written, [field]: undefined });
/** Its row is the ticket's, or it would be another's. */
const posted = { ...comment, ticket_id: 't-abc123' };
const page = <Item>(item: Item, of: string) => ({
  items: [item],
  cursor: mark(`${of}.cursor`),
  ...unknown(of),
});
const bulk = {
  results: [
    {
      ticket_id: 't-abc123',
      ok: false,
      error: { code: 'forbidden', message: mark('bulk.error.message'), ...unknown('bulk.error') },
      ...unknown('bulk.results'),
    },
  ],
  ...unknown('bulk'),
};

const company = {
  id: mark('company.id'),
  name: mark('company.name'),
  role: mark('company.role'),
  ...unknown('company'),
};
const project = {
  id: mark('project.id'),
  company_id: mark('project.company_id'),
  name: mark('project.name'),
  url_patterns: [mark('project.url_patterns')],
  ...unknown('project'),
};
const column = { id: mark('column.id'), name: mark('column.name'), order: 271, ...unknown('column') };
const member = {
  id: mark('member.id'),
  name: mark('member.name'),
  email: mark('member.email'),
  role: mark('member.role'),
  ...unknown('member'),
};
const asset = {
  url: `https://x.example/${mark('asset.url')}`,
  content_type: mark('asset.content_type'),
  width: 4_669,
  height: 1,
  expires_at: mark('asset.expires_at'),
  ...unknown('asset'),
};
const tickets = page(summary('row'), 'ticket page');
const comments = page(comment, 'comment page');
const annotation = {
  type: 'stroke',
  points: [[1, 2]],
  color: mark('annotations.color'),
  ...unknown('annotations'),
};
const started = { branch_name: mark('started.branch_name'), ticket_ids: ['t-abc123'], ...unknown('started') };
const info = {
  id: mark('token.id'),
  label: mark('token.label'),
  user: person('token.user'),
  scopes: ['read', 'comments', 'tickets:write', 'tickets:assign', mark('token.scopes')],
  companies: null,
  projects: null,
  limits: { reads_per_minute: 600, writes_per_minute: 60 },
  expires_at: mark('token.expires_at'),
  features: [mark('token.features')],
};

/** What the text leaves out: ids that no call takes, what was just sent, and what a write was not about. */
const UNTOLD =
  /^(?:(?:ticket|comment)\.(?:created|updated)\.(?:user|token)\.id|comment\.(?:id|ticket_id)|capture\.id)$/;
const UNTOLD_OF: Record<string, RegExp> = {
  add_comment: /^comment\.(?:body|created)/,
  create_ticket: /^written\.(?:project_id|status|assignees|source_url|branch_name)/,
  update_ticket: /^written\.(?:project_id|column_id|status|assignees|source_url|branch_name)/,
  move_ticket: /^written\.(?:status|assignees|source_url|branch_name)/,
  archive_ticket: /^written\.(?:project_id|column_id|assignees|source_url|branch_name)/,
  restore_ticket: /^written\.(?:project_id|status|assignees|source_url|branch_name)/,
  assign_ticket: /^written\.(?:project_id|column_id|status|source_url|branch_name)/,
  unassign_ticket: /^written\.(?:project_id|column_id|status|source_url|branch_name)/,
};
/** A time as the text has it. */
const short = (time: string) => time.replace(/^(.{10})T(.{8}).*Z$/, '$1 $2');

/** By tool: the call, and what its answer is made of. */
const CALLS: Record<string, { args: Record<string, unknown>; shows: unknown[]; alsoSays?: string[] }> = {
  whoami: { args: {}, shows: [info] },
  list_companies: { args: {}, shows: [company] },
  list_projects: { args: {}, shows: [project] },
  list_columns: { args: { project_id: 'proj_1' }, shows: [column], alsoSays: ['271'] },
  list_members: { args: { project_id: 'proj_1' }, shows: [member] },
  list_tickets: { args: { project_id: 'proj_1' }, shows: [tickets], alsoSays: FLAGS },
  search_tickets: { args: { query: 'x' }, shows: [tickets], alsoSays: FLAGS },
  get_ticket: {
    args: { ticket_id: 't-abc123', include: ['attachments', 'annotations'] },
    shows: [{ ...ticket, devtools: undefined }],
    // The capture itself stands there.
    alsoSays: FLAGS.filter((flag) => flag !== 'has_capture'),
  },
  list_comments: { args: { ticket_id: 't-abc123' }, shows: [comments] },
  get_annotations: { args: { ticket_id: 't-abc123' }, shows: [annotation] },
  get_capture_asset: { args: { ticket_id: 't-abc123', as: 'link' }, shows: [asset], alsoSays: ['4669'] },
  get_devtools: {
    args: { ticket_id: 't-abc123', panel: 'network', bodies: true },
    shows: [network, capture.health],
  },
  add_comment: { args: { ticket_id: 't-abc123', body: 'x' }, shows: [posted] },
  create_ticket: { args: { project_id: 'proj_1', title: 'x' }, shows: [without('title')] },
  update_ticket: { args: { ticket_id: 't-abc123', title: 'x' }, shows: [without('title')] },
  move_ticket: { args: { ticket_id: 't-abc123', target_column_id: 'col_1' }, shows: [without('column_id')] },
  archive_ticket: { args: { ticket_id: 't-abc123' }, shows: [without('status')] },
  restore_ticket: { args: { ticket_id: 't-abc123' }, shows: [without('status')] },
  start_work_on_ticket: { args: { ticket_ids: ['t-abc123'] }, shows: [started] },
  assign_ticket: { args: { ticket_id: 't-abc123', user_id: 'usr_1' }, shows: [written] },
  unassign_ticket: { args: { ticket_id: 't-abc123', user_id: 'usr_1' }, shows: [written] },
  bulk_move_tickets: { args: { ticket_ids: ['t-abc123'], target_column_id: 'col_1' }, shows: [bulk] },
  bulk_assign_tickets: { args: { ticket_ids: ['t-abc123'], user_id: 'usr_1' }, shows: [bulk] },
  bulk_unassign_tickets: { args: { ticket_ids: ['t-abc123'], user_id: 'usr_1' }, shows: [bulk] },
};

/** A row that shows what was asked; another one would not be taken for it. */
function asAsked({ title, target_column_id, user_id }: Record<string, unknown>) {
  return {
    ...written,
    ...(title ? { title } : {}),
    ...(target_column_id ? { column_id: target_column_id } : {}),
    assignees: [...written.assignees, ...(user_id ? [{ id: user_id, name: 'x' }] : [])],
  };
}

function answer({ method, path, body }: FakeRequest): FakeAnswer | undefined {
  const is = (pattern: RegExp) => pattern.test(path);
  if (is(/^\/auth\/token-info$/)) return { body: info };
  if (is(/^\/companies$/)) return { body: [company] };
  if (is(/^\/projects$/)) return { body: [project] };
  if (is(/\/columns$/)) return { body: [column] };
  if (is(/\/members$/)) return { body: [member] };
  if (is(/bulk-/)) return { body: bulk };
  if (is(/start-work$/)) return { body: started };
  if (is(/\/comments$/)) return { body: method === 'GET' ? comments : posted };
  if (is(/\/annotations$/)) return { body: [annotation] };
  if (is(/\/assets\//)) return { body: asset };
  // Another status would not be taken for what was asked.
  const status = is(/\/archive$/) ? 'archived' : is(/\/restore$/) ? 'active' : undefined;
  if (status) return { body: { ...written, status } };
  if (method === 'GET' && is(/\/tickets$|\/search$/)) return { body: tickets };
  if (method === 'GET') return { body: ticket };
  return { body: method === 'DELETE' ? written : asAsked((body ?? {}) as Record<string, unknown>) };
}

function markersIn(shapes: unknown[]): string[] {
  const text = JSON.stringify(shapes);
  return [...planted.keys()].filter((marker) => text.includes(marker));
}

test('every tool is called', () => {
  expect(Object.keys(CALLS).sort()).toEqual(tools.map(({ name }) => name));
});

test('every field of every shape stands in the text and in structuredContent', async () => {
  const { env } = await startFakeApi(answer);
  const { call } = await connectInProcess('sdk 2.x modern', { env });
  const everywhere = new Set<string>();
  const missing: string[] = [];
  const texts = new Map<string, string>();
  const look = (tool: string, wanted: string[], result: Awaited<ReturnType<typeof call>>) => {
    // Of a bulk call's tickets, each fails here.
    expect(result.isError ?? false, `${tool}: ${textOf(result)}`).toBe(tool.startsWith('bulk_'));
    texts.set(tool, textOf(result));
    const json = JSON.stringify(result.structuredContent);
    for (const one of wanted) {
      everywhere.add(one);
      const field = planted.get(one) ?? one;
      const isTold = !UNTOLD.test(field) && !UNTOLD_OF[tool]?.test(field);
      if (isTold && !textOf(result).includes(short(one))) missing.push(`${tool}: ${field} not in the text`);
      if (!json.includes(one)) missing.push(`${tool}: ${field} not in structuredContent`);
    }
  };
  for (const [tool, { args, shows, alsoSays = [] }] of Object.entries(CALLS))
    look(tool, [...markersIn(shows), ...alsoSays], await call(tool, args));
  const panels = { console: consoleLine, errors: thrown, performance: performancePanel };
  for (const [panel, shape] of Object.entries(panels))
    look('get_devtools', markersIn([shape]), await call('get_devtools', { ticket_id: 't-abc123', panel }));
  const overview = await call('get_ticket', { ticket_id: 't-abc123', include: ['devtools'] });
  const { request_headers: _sent, response_headers: _got, ...withBodies } = network;
  const { console: _console, network: _network, ...others } = ticket.devtools;
  look('get_ticket', markersIn([others, consoleLine, withBodies]), overview);
  expect(missing).toEqual([]);
  // Who wrote, and as what, is in the text of every write.
  const { user, token } = comment.created;
  expect(texts.get('add_comment')).toContain(`${user.name} (${token.label}) · via MCP`);
  const nowhere = [...planted].filter(([marker]) => !everywhere.has(marker)).map(([, field]) => field);
  expect(nowhere).toEqual([]);
  console.log(`${planted.size} markers in ${tools.length} tools, each in text and in structuredContent`);
}, 60_000);
