/**
 * `npm run demo`: a real MCP client drives the built server on a sandbox of its own, as an agent would, and shows
 * what each token lets it do. The exit code tells whether everything was as it should be.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { terminalWidth, wrapped } from '../src/base/terminal.ts';

const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** Of the terminal; where there is none, of COLUMNS. */
const WIDTH = Math.min(terminalWidth() ?? (Number(process.env.COLUMNS) || 80), 100);
const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-demo-'));
const db = join(folder, 'sandbox.db');

const colour = process.stdout.isTTY || process.env.FORCE_COLOR;
const paint = (code: number) => (text: string) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);
const bold = paint(1);
const dim = paint(2);
const red = paint(31);
const green = paint(32);
const blue = paint(36);

let step = 0;
function headline(text: string): void {
  console.log(`\n${bold(`${++step}  ${text}`)}`);
}
/** What is named stands in a column beside its name. */
function fact(name: string, value: string): void {
  const column = 14;
  const lines = value.split('\n').map((line) => wrapped(line, column, WIDTH));
  console.log(`   ${dim(name.padEnd(column - 4))} ${lines.join(`\n${' '.repeat(column)}`)}`);
}

const failures: string[] = [];
function expect(what: string, holds: boolean): void {
  if (holds) return;
  failures.push(what);
  console.log(red(`   NOT as it should be: ${what}`));
}

type Data = Record<string, unknown>;
interface Answer {
  data: Data;
  text: string;
  failed: boolean;
  image?: { mimeType: string; bytes: number } | undefined;
}

interface Agent {
  call(name: string, args?: Data): Promise<Answer>;
  tools: string[];
  leave(): Promise<void>;
}

/** Connects an MCP client to `toado-mcp --sandbox=<token>`, as Claude Code would. */
async function connect(token: string): Promise<Agent> {
  const client = new Client(
    { name: 'toado-mcp-demo', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [PROGRAM, `--sandbox=${token}`, '--db', db, '--structured'],
      stderr: 'ignore',
    }),
  );
  const { tools } = await client.listTools();
  return {
    tools: tools.map(({ name }) => name),
    leave: () => client.close(),
    async call(name, args = {}) {
      const began = performance.now();
      const result = await client.callTool({ name, arguments: args });
      const ms = Math.round(performance.now() - began);
      const text = result.content.flatMap((block) => (block.type === 'text' ? block.text : [])).join('\n');
      const picture = result.content.find((block) => block.type === 'image');
      const given = Object.entries(args).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
      const time = `${ms} ms`;
      const room = WIDTH - name.length - time.length - 6;
      console.log(`   ${blue(`${name}(${shorten(given.join(', '), room)})`)} ${dim(time)}`);
      return {
        data: (result.structuredContent ?? {}) as Data,
        text,
        failed: result.isError === true,
        image: picture && { mimeType: picture.mimeType, bytes: Math.round((picture.data.length * 3) / 4) },
      };
    },
  };
}

function shorten(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

function rows(answer: Answer): Data[] {
  return (answer.data.items ?? []) as Data[];
}

/** Everything of a failed call but what stands in it for the model alone. */
function firstLines(answer: Answer): string {
  return answer.text
    .split('\n')
    .slice(0, 2)
    .map((line) => shorten(line, 300))
    .join('\n');
}

async function fullAgent(): Promise<string> {
  headline('An agent connects to Toado. Its token has all four scopes.');
  const agent = await connect('triage');
  const me = await agent.call('whoami');
  const owner = me.data.owner as Data;
  fact('acts as', bold(`${owner.name} (${me.data.label}) · via MCP`));
  fact('scopes', (me.data.scopes as string[]).join(', '));
  fact('may use', `${agent.tools.length} tools`);
  expect('the triage token gets all 24 tools', agent.tools.length === 24);

  headline('Somebody reported that the checkout is broken. It finds the ticket …');
  const found = await agent.call('search_tickets', { query: 'checkout broken' });
  const ticket = rows(found)[0] ?? {};
  const id = String(ticket.id);
  fact('ticket', `${bold(id)}  ${ticket.title}`);
  const whole = await agent.call('get_ticket', { ticket_id: id });
  const capture = whole.data.capture as Data;
  fact('reported', `${(whole.data.created as Data).shown_as}, on ${capture.url}`);
  fact('browser', String(capture.browser));
  expect('the ticket is the checkout bug', /checkout/i.test(String(ticket.title)));

  headline('… looks for the request that failed, in a recording of 2 MB …');
  const failed = await agent.call('get_devtools', { ticket_id: id, panel: 'network', min_status: 400 });
  // Like ones come as one row that says how many times.
  const count = rows(failed).reduce((sum, { times }) => sum + Number(times ?? 1), 0);
  const suspect = rows(failed).find(({ method }) => method !== 'GET') ?? {};
  fact('failed', `${count} requests; missing pictures but for ${suspect.method} ${suspect.url}`);
  const network = await agent.call('get_devtools', {
    ticket_id: id,
    panel: 'network',
    min_status: Number(suspect.status),
    bodies: true,
  });
  const request = rows(network).find(({ url }) => url === suspect.url) ?? {};
  fact('sent', shorten(String(request.request_body), 200));
  fact('answered', `${red(`HTTP ${request.status}`)} ${shorten(String(request.response_body), 300)}`);
  const read = failed.text.length + network.text.length;
  fact('read', `${read.toLocaleString('en')} characters of the recording, no more`);
  expect(
    'the failing request is found, with its body',
    Number(request.status) >= 400 && !!request.response_body,
  );

  headline('… and at the screenshot, with what the reporter drew on it.');
  const shot = await agent.call('get_capture_asset', { ticket_id: id });
  fact(
    'picture',
    `${shot.image?.mimeType}, ${Math.round((shot.image?.bytes ?? 0) / 1024)} kB, shown to the model`,
  );
  expect('the screenshot comes as a picture', (shot.image?.bytes ?? 0) > 1000);

  headline('Now it works on the ticket, in everybody’s sight.');
  const comment = await agent.call('add_comment', {
    ticket_id: id,
    body: `The request \`${request.method} ${request.url}\` answers ${request.status}. Looking into it.`,
  });
  fact('shown as', green(String(comment.data.shown_as)));
  const work = await agent.call('start_work_on_ticket', { ticket_ids: [id] });
  fact('branch', String(work.data.branch_name));
  const moved = await agent.call('move_ticket', { ticket_id: id, target_column_id: 'In Progress' });
  fact('column', `${moved.data.column_id} (found by its name)`);
  const assigned = await agent.call('assign_ticket', { ticket_id: id, user_id: 'Jason' });
  fact('assignee', ((assigned.data.assignees ?? []) as Data[]).map(({ name }) => name).join(', '));
  for (const write of [comment, work, moved, assigned]) {
    expect(
      'every write is attributed to the token',
      write.data.shown_as === 'Jason (claude-code on macbook) · via MCP',
    );
  }
  await agent.leave();
  return id;
}

async function readOnlyAgent(id: string): Promise<void> {
  headline('With a read-only token, what may not be done is not even offered.');
  const agent = await connect('reader');
  const me = await agent.call('whoami');
  fact('offered', agent.tools.join(' '));
  for (const { reason, names } of byReason(me)) fact('withheld', `${names.join(' ')}\n${dim(reason)}`);
  const refused = await agent.call('add_comment', { ticket_id: id, body: 'I may not say this.' });
  fact('anyway?', `${red('refused')}, nothing was sent:\n${firstLines(refused)}`);
  expect('the read-only token gets 12 tools', agent.tools.length === 12);
  expect('a write is refused', refused.failed && refused.text.startsWith('insufficient_scope'));
  await agent.leave();
}

function byReason(me: Answer): { reason: string; names: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const { tool, reason } of me.data.withheld as { tool: string; reason: string }[])
    groups.set(reason, [...(groups.get(reason) ?? []), tool]);
  return [...groups].map(([reason, names]) => ({ reason, names }));
}

async function oneProjectAgent(): Promise<void> {
  headline('With a token for one project, the rest of Toado does not exist.');
  const agent = await connect('one-project');
  const projects = await agent.call('list_projects');
  fact('projects', (projects.data.projects as Data[]).map(({ name }) => name).join(', '));
  const other = ['proj_storefront', 'proj_console', 'proj_field'].find(
    (one) => !(projects.data.projects as Data[]).some(({ id }) => id === one),
  );
  const refused = await agent.call('create_ticket', { project_id: other, title: 'Not mine to file' });
  fact('elsewhere', firstLines(refused));
  expect('only one project is listed', (projects.data.projects as Data[]).length === 1);
  expect('another project is forbidden', refused.failed && refused.text.startsWith('forbidden'));
  await agent.leave();
}

async function revokedAgent(id: string): Promise<void> {
  headline('A token is revoked while its agent is at work.');
  const agent = await connect('commenter');
  const before = await agent.call('list_comments', { ticket_id: id });
  fact('before', `${rows(before).length} comments read`);
  const tokenId = String((await agent.call('whoami')).data.token_id);
  console.log(`   ${dim(`$ toado-mcp sandbox tokens revoke ${tokenId}`)}`);
  execFileSync(process.execPath, [PROGRAM, 'sandbox', 'tokens', 'revoke', tokenId, '--db', db], {
    stdio: 'pipe',
  });
  const after = await agent.call('list_comments', { ticket_id: id });
  fact('afterwards', `${red('refused')}: ${firstLines(after)}`);
  expect('the next call is unauthorized', after.failed && after.text.startsWith('unauthorized'));
  await agent.leave();
}

console.log(dim('All of this happens here: a real MCP client, the built server, a local Toado.'));
const began = performance.now();
try {
  const id = await fullAgent();
  await readOnlyAgent(id);
  await oneProjectAgent();
  await revokedAgent(id);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const seconds = ((performance.now() - began) / 1000).toFixed(1);
if (failures.length > 0) {
  console.log(red(bold(`\n${failures.length} things were not as they should be (${seconds} s).`)));
  process.exit(1);
}
console.log(`
${green(bold(`All as it should be (${seconds} s).`))}

Try it in Claude Code, on the same kind of sandbox, without an account:
  ${blue(`claude mcp add toado-sandbox --scope user -- node ${PROGRAM} --sandbox`)}
With your own Toado (its token in the environment variable TOADO_API_TOKEN):
  ${blue(`claude mcp add toado --scope user --env 'TOADO_API_TOKEN=\${TOADO_API_TOKEN}' -- node ${PROGRAM}`)}`);
