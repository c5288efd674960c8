/**
 * Plays Toado's documented workflows over the sandbox three times: through the built server, with raw REST answers
 * as the routes give them, and with raw REST and the smallest parameters that the routes have. Counts what an agent
 * has to read. Pictures are left out on every side.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { estimateTokens } from '../../src/respond/estimate-tokens.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const PROJECT = 'proj_storefront';
const BUG = 't-7Kq2Mx';
const SHA = '9c1e7ab';

/** A column of ten: the sandbox has nine in To Do, and the first workflow takes one away. */
const MORE = [
  {
    title: 'Newsletter box covers the footer on small screens',
    description: 'Below 400 px the box lies over the links. It cannot be closed.',
  },
  {
    title: 'Wishlist heart does not react to the keyboard',
    description: 'Tab reaches it, Enter and Space do nothing.',
  },
];

export interface Step {
  what: string;
  tokens: number;
}

export interface Transcript {
  workflow: string;
  steps: Step[];
}

/** What one way of working can do; each call is counted. */
interface Way {
  search(query: string): Promise<Row[]>;
  columns(): Promise<Row[]>;
  tickets(column: string): Promise<Row[]>;
  /** The ticket's own fields and its capture block. */
  ticket(id: string): Promise<Row>;
  comments(id: string): Promise<void>;
  /** The failed requests with their bodies, and the uncaught errors. */
  failures(id: string): Promise<void>;
  errors(id: string): Promise<void>;
  comment(id: string, body: string): Promise<void>;
  move(id: string, column: string): Promise<void>;
  startWork(id: string): Promise<void>;
  resolve(id: string): Promise<void>;
}

type Row = Record<string, unknown>;

async function fixTicket(way: Way): Promise<void> {
  const [found] = await way.search('checkout is broken');
  const id = String(found?.id);
  if (id !== BUG) throw new Error(`found ${id}`);
  await way.ticket(id);
  await way.comments(id);
  await way.failures(id);
  await way.columns();
  await way.move(id, 'col_store_progress');
  await way.startWork(id);
  await way.comment(
    id,
    `Fix in ${SHA}: amounts were sent as they are formatted for people; they go out in cents now.`,
  );
  await way.move(id, 'col_store_review');
}

async function triageColumn(way: Way): Promise<void> {
  const columns = await way.columns();
  const toDo = columns.find(({ name }) => String(name).toLowerCase() === 'to do');
  const tickets = await way.tickets(String(toDo?.id));
  if (tickets.length !== 10) throw new Error(`${tickets.length} tickets in the column`);
  for (const { id, has_capture } of tickets) {
    await way.ticket(String(id));
    await way.comments(String(id));
    if (has_capture) await way.errors(String(id));
  }
  await way.comment('t-nQ5cRu', `Same cause as ${BUG}: the payment request is refused for its amounts.`);
}

async function verifyInReview(way: Way): Promise<void> {
  const columns = await way.columns();
  const review = columns.find(({ name }) => String(name).toLowerCase() === 'in review');
  const done = columns.find(({ name }) => String(name).toLowerCase() === 'done');
  for (const { id } of await way.tickets(String(review?.id))) {
    await way.ticket(String(id));
    await way.comments(String(id));
    await way.comment(String(id), `Verified in ${SHA}: reported steps repeated, covered by a test.`);
    await way.resolve(String(id));
    await way.move(String(id), String(done?.id));
  }
}

const WORKFLOWS = {
  'fix one ticket': fixTicket,
  'triage a column of ten': triageColumn,
  'verify In Review': verifyInReview,
};

export const WAYS = ['toado-mcp', 'raw REST', 'raw REST, smallest parameters'] as const;
export type WayName = (typeof WAYS)[number];

export interface Played {
  /** What a session costs before its first call: tool list and instructions. */
  session: number;
  transcripts: Record<WayName, Transcript[]>;
}

export async function play(): Promise<Played> {
  const transcripts = {} as Played['transcripts'];
  let session = 0;
  for (const name of WAYS) {
    const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-transcripts-'));
    const sandbox = await startSandbox({ db: join(folder, 'sandbox.db') });
    const token = sandbox.readyTokens.find((one) => one.name === 'triage')!.token;
    try {
      for (const ticket of MORE) await send(sandbox, token, 'POST', `/projects/${PROJECT}/tickets`, ticket);
      const played = await playWay(name, sandbox, token);
      transcripts[name] = played.transcripts;
      session ||= played.session;
    } finally {
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { session, transcripts };
}

async function playWay(name: WayName, sandbox: Sandbox, token: string) {
  const transcripts: Transcript[] = [];
  const record = (what: string, tokens: number) => transcripts.at(-1)!.steps.push({ what, tokens });
  const program = name === 'toado-mcp' ? await throughServer(sandbox, token, record) : undefined;
  const way = program?.way ?? throughRest(sandbox, token, record, name !== 'raw REST');
  for (const [workflow, run] of Object.entries(WORKFLOWS)) {
    transcripts.push({ workflow, steps: [] });
    await run(way);
  }
  await program?.close();
  return { transcripts, session: program?.session ?? 0 };
}

type Count = (what: string, tokens: number) => void;

async function throughServer(sandbox: Sandbox, token: string, record: Count) {
  const client = new Client({ name: 'transcripts', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [PROGRAM, '--log-level', 'error'],
      env: {
        PATH: process.env.PATH ?? '',
        TOADO_API_URL: sandbox.apiUrl,
        TOADO_API_TOKEN: token,
        TOADO_STRUCTURED: '1',
      },
    }),
  );
  const { tools } = await client.listTools();
  const seen = tools.map(({ outputSchema: _outputSchema, ...tool }) => tool);
  const call = async (name: string, args: Row): Promise<Row> => {
    const result = await client.callTool({ name, arguments: args });
    const text = result.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
    if (result.isError) throw new Error(`${name}: ${text}`);
    // By default the text is all there is; this script reads the other form to go on from it.
    record(name, estimateTokens(text));
    return result.structuredContent as Row;
  };
  const nothing = async (name: string, args: Row) => void (await call(name, args));
  const way: Way = {
    search: async (query) => (await call('search_tickets', { query })).items as Row[],
    columns: async () => (await call('list_columns', { project_id: PROJECT })).columns as Row[],
    tickets: async (column_id) =>
      (await call('list_tickets', { project_id: PROJECT, column_id })).items as Row[],
    ticket: (ticket_id) => call('get_ticket', { ticket_id }),
    comments: (ticket_id) => nothing('list_comments', { ticket_id }),
    failures: (ticket_id) =>
      nothing('get_devtools', { ticket_id, panel: 'network', min_status: 400, bodies: true }),
    errors: (ticket_id) => nothing('get_devtools', { ticket_id, panel: 'errors' }),
    comment: (ticket_id, body) => nothing('add_comment', { ticket_id, body }),
    move: (ticket_id, target_column_id) => nothing('move_ticket', { ticket_id, target_column_id }),
    startWork: (id) => nothing('start_work_on_ticket', { ticket_ids: [id] }),
    resolve: (ticket_id) => nothing('update_ticket', { ticket_id, resolved: true }),
  };
  const session = estimateTokens(JSON.stringify(seen)) + estimateTokens(client.getInstructions() ?? '');
  return { way, session, close: () => client.close() };
}

/** @param small with `include` and `limit` where a route has them; REST has no filter inside a capture. */
function throughRest(sandbox: Sandbox, token: string, record: Count, small: boolean): Way {
  /** What was read in whole needn't be read again for its capture. */
  const whole = new Set<string>();
  const call = async (method: string, path: string, body?: unknown): Promise<Row> => {
    const text = await send(sandbox, token, method, path, body);
    record(`${method} ${path.replace(/\?.*/, '')}`, estimateTokens(text));
    return JSON.parse(text) as Row;
  };
  const nothing = async (method: string, path: string, body?: unknown) =>
    void (await call(method, path, body));
  const capture = async (id: string) => {
    if (small) await nothing('GET', `/tickets/${id}?include=devtools`);
    else if (!whole.has(id)) await nothing('GET', `/tickets/${id}`);
  };
  return {
    search: async (query) =>
      (await call('GET', `/tickets/search?query=${encodeURIComponent(query)}${small ? '&limit=5' : ''}`))
        .items as Row[],
    columns: async () => (await call('GET', `/projects/${PROJECT}/columns`)) as unknown as Row[],
    tickets: async (column) =>
      (await call('GET', `/projects/${PROJECT}/tickets?column_id=${column}`)).items as Row[],
    ticket: async (id) => {
      whole.add(id);
      return call('GET', `/tickets/${id}${small ? '?include=capture' : ''}`);
    },
    comments: (id) => nothing('GET', `/tickets/${id}/comments`),
    failures: capture,
    errors: capture,
    comment: (id, body) => nothing('POST', `/tickets/${id}/comments`, { body }),
    move: (id, target_column_id) => nothing('POST', `/tickets/${id}/move`, { target_column_id }),
    startWork: (id) => nothing('POST', '/tickets/start-work', { ticket_ids: [id] }),
    resolve: (id) => nothing('PATCH', `/tickets/${id}`, { resolved: true }),
  };
}

async function send(
  sandbox: Sandbox,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<string> {
  const answer = await fetch(sandbox.apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text;
}
