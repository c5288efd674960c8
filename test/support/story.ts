/** A story that calls every tool, played through a session against a sandbox in any dialect. */
import type { Traits } from '../../src/sandbox/index.ts';
import { world } from '../../src/sandbox/seed/tickets/index.ts';
import { connectInProcess } from './connect-in-process.ts';
import type { ClientKind, SdkClient } from './sdk-client.ts';
import { startToado } from './toado.ts';

export type Data = Record<string, unknown>;

export interface Step {
  step: string;
  isError: boolean;
  data: Data | undefined;
  text: string;
}

/** Of the built program (`connect`), or of a session in this process. */
type Start = (sdk: ClientKind, options: { env: Record<string, string> }) => Promise<SdkClient>;

/** The same story on a fresh sandbox: every tool once or more, things named as a model would name them. */
export async function play(
  dialect?: string | Traits,
  sdk: ClientKind = 'sdk 2.x legacy',
  start: Start = connectInProcess,
): Promise<{ steps: Step[]; called: Set<string> }> {
  const toado = await startToado(dialect === undefined ? {} : { dialect });
  return playOn(toado.env('triage'), sdk, start);
}

/** The same on whatever API these variables lead to. */
export async function playOn(
  env: Record<string, string>,
  sdk: ClientKind = 'sdk 2.x legacy',
  start: Start = connectInProcess,
): Promise<{ steps: Step[]; called: Set<string> }> {
  const agent = await start(sdk, { env });
  const steps: Step[] = [];
  const called = new Set<string>();
  const call = async (tool: string, args: Data = {}): Promise<Data> => {
    const { isError = false, structuredContent, content } = await agent.call(tool, args);
    called.add(tool);
    const text = (content as { text?: string }[]).map((one) => one.text ?? '').join('\n');
    steps.push({
      step: `${steps.length}: ${tool}`,
      isError,
      data: structuredContent as Data | undefined,
      text,
    });
    return (structuredContent ?? {}) as Data;
  };
  await tell(call);
  await agent.close();
  return { steps, called };
}

/** A ticket with a bit of everything. Not the one of 2 MB, which would be most of what a story costs. */
const CAPTURED = world.tickets.find(({ id }) => id === 't-Inj3ct')!.title;

async function tell(call: (tool: string, args?: Data) => Promise<Data>): Promise<void> {
  const project_id = 'Storefront';
  await call('whoami');
  await call('list_companies');
  await call('list_projects');
  const columns = (await call('list_columns', { project_id })).columns as Data[];
  const members = (await call('list_members', { project_id })).members as Data[];
  let cursor: unknown;
  const rows: Data[] = [];
  for (let page = 0; page < 4; page++) {
    const listed = await call('list_tickets', { project_id, limit: 6, ...(cursor ? { cursor } : {}) });
    rows.push(...(listed.items as Data[]));
    cursor = listed.next_cursor;
    if (!cursor) break;
  }
  await call('search_tickets', { query: 'checkout' });
  const captured = rows.find(({ title }) => title === CAPTURED)!;
  const ticket_id = captured.id;
  await call('get_ticket', { ticket_id, include: ['capture', 'attachments', 'annotations', 'devtools'] });
  await call('list_comments', { ticket_id });
  await call('get_annotations', { ticket_id });
  await call('get_capture_asset', { ticket_id, as: 'link' });
  for (const panel of ['console', 'network', 'errors', 'performance'])
    await call('get_devtools', { ticket_id, panel, limit: 5 });
  await call('get_devtools', { ticket_id, panel: 'network', min_status: 400, bodies: true });
  await call('add_comment', { ticket_id, body: 'Looked at it.' });
  await call('list_comments', { ticket_id });
  const made = await call('create_ticket', {
    project_id,
    title: 'Made in a dialect',
    description: 'As *Markdown*.',
  });
  await call('update_ticket', { ticket_id: made.id, title: 'Made in another', resolved: true });
  await call('move_ticket', { ticket_id: made.id, target_column_id: columns[1]!.id, position: 0 });
  await call('start_work_on_ticket', { ticket_ids: [made.id] });
  await call('assign_ticket', { ticket_id: made.id, user_id: members[0]!.id });
  await call('unassign_ticket', { ticket_id: made.id, user_id: members[0]!.id });
  await call('archive_ticket', { ticket_id: made.id });
  await call('restore_ticket', { ticket_id: made.id });
  const ticket_ids = [made.id, rows[0]!.id];
  await call('bulk_move_tickets', { ticket_ids, target_column_id: columns[2]!.id });
  await call('bulk_assign_tickets', { ticket_ids, user_id: members[1]!.id });
  await call('bulk_unassign_tickets', { ticket_ids, user_id: members[1]!.id });
  await call('get_ticket', { ticket_id: made.id });
  await call('get_ticket', { ticket_id: 't-nobody' });
}

/** What differs from run to run, and how ids are written, made alike: each id is known by when it first came. */
export function comparable(steps: Step[], hasNames: boolean): unknown[] {
  const seen = new Map<string, string>();
  const known = (id: unknown) => {
    const text = String(id);
    if (!seen.has(text)) seen.set(text, `id ${seen.size}`);
    return seen.get(text);
  };
  const walk = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (typeof value !== 'object' || value === null) {
      if (key === 'id' || /_ids?$/.test(key)) return known(value);
      if (CHANGING.has(key) || /(^|_)at$/.test(key)) return typeof value;
      return value;
    }
    const fields = Object.entries(value)
      .filter(([name]) => !LEFT_OUT.has(name) && (hasNames || name !== 'name'))
      .map(([name, one]) => [name, walk(one, name)]);
    return Object.fromEntries(fields);
  };
  return steps.map(({ step, isError, data }) => ({ step, isError, data: walk(data) }));
}

/** Addresses hold ports and signatures, cursors are opaque, and what is left of a budget depends on the pages. */
const CHANGING = new Set(['url', 'page', 'next_cursor', 'api', 'branch_name', 'reads_left', 'writes_left']);
/** `timing` has parts of its own beside the duration that is read from it. */
const LEFT_OUT = new Set(['notes', 'server_notes', 'next_cursor', 'pages', 'timing']);

/** Facts of one telling that another one lacks or has otherwise; what it has beyond them is its own. */
export function missing(expected: unknown, actual: unknown): string[] {
  // Which id stands for which: more of them may have come.
  const same = new Map<unknown, unknown>();
  const compare = (one: unknown, other: unknown, path: string): string[] => {
    if (typeof one !== 'object' || one === null) {
      const isId = [one, other].every((text) => typeof text === 'string' && /^id \d+$/.test(text));
      const known = isId ? (same.get(one) ?? other) : one;
      if (isId) same.set(one, known);
      return Object.is(known, other)
        ? []
        : [`${path}: ${JSON.stringify(other)} instead of ${JSON.stringify(known)}`];
    }
    if (Array.isArray(one) && (!Array.isArray(other) || other.length !== one.length))
      return [`${path}: ${Array.isArray(other) ? other.length : typeof other} instead of ${one.length} rows`];
    const given = (typeof other === 'object' && other !== null ? other : {}) as Data;
    return Object.entries(one).flatMap(([name, inner]) => compare(inner, given[name], `${path}.${name}`));
  };
  return compare(expected, actual, '');
}
