/**
 * `npm run hosts`: plays Toado's documented workflows through Claude Code, Codex and Gemini CLI, with a scripted model
 * behind a local endpoint, and prints what reached that model. `--write` puts the table into docs/clients.md. Nothing
 * but npm's registry is asked for anything outside of this machine.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markdownTable } from '../src/base/output.ts';
import { catalogue } from '../src/catalogue/index.ts';
import { estimateTokens } from '../src/respond/estimate-tokens.ts';
import { startSandbox } from '../src/sandbox/index.ts';
import { scopesChange, WORKFLOWS } from './hosts/workflows.ts';
import { bin, install, type Output, pathWith, run, versionOf } from './installed-clients.ts';
import { type Model, type Seen, startModel } from './scripted-model/model.ts';
import { writeBetween } from './write-between.ts';

const BEGIN = '<!-- made by `npm run hosts -- --write` -->';
const END = '<!-- end of hosts -->';
const PAGE = new URL('../docs/clients.md', import.meta.url);
const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const WIRE_LOG = fileURLToPath(new URL('./hosts/wire-log.mjs', import.meta.url));
const RUN_MS = 180_000;
const ASK = 'Follow the workflow with the toado tools.';

interface Place {
  home: string;
  model: Model;
  /** What starts the server. */
  command: string;
  args: string[];
  /** What it needs from the environment. */
  env: Record<string, string>;
}

interface Host {
  title: string;
  package: string;
  play(place: Place): Promise<Output>;
}

const HOSTS: Host[] = [
  {
    title: 'Claude Code',
    package: '@anthropic-ai/claude-code',
    play: ({ home, model, ...server }) => {
      const config = join(home, 'mcp.json');
      writeFileSync(config, JSON.stringify({ mcpServers: { toado: server } }));
      const args = ['-p', ASK, '--mcp-config', config, '--strict-mcp-config', '--allowedTools', 'mcp__toado'];
      return inHome(home, 'claude', args, {
        ANTHROPIC_BASE_URL: model.url,
        ANTHROPIC_API_KEY: 'sk-ant-scripted',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        DISABLE_AUTOUPDATER: '1',
        ENABLE_TOOL_SEARCH: 'false',
      });
    },
  },
  {
    title: 'Codex',
    package: '@openai/codex',
    play: ({ home, model, command, args, env }) => {
      mkdirSync(join(home, '.codex'));
      const toml = [
        'model = "gpt-5"',
        'model_provider = "scripted"',
        '[model_providers.scripted]',
        'name = "scripted"',
        `base_url = "${model.url}/v1"`,
        'env_key = "SCRIPTED_KEY"',
        'wire_api = "responses"',
        '[mcp_servers.toado]',
        `command = ${JSON.stringify(command)}`,
        `args = ${JSON.stringify(args)}`,
        '[mcp_servers.toado.env]',
        ...Object.entries(env).map(([name, value]) => `${name} = ${JSON.stringify(value)}`),
      ];
      writeFileSync(join(home, '.codex', 'config.toml'), `${toml.join('\n')}\n`);
      const flags = ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', ASK];
      return inHome(home, 'codex', flags, { SCRIPTED_KEY: 'scripted' });
    },
  },
  {
    title: 'Gemini CLI',
    package: '@google/gemini-cli',
    play: ({ home, model, ...server }) => {
      mkdirSync(join(home, '.gemini'));
      const settings = {
        mcpServers: { toado: { ...server, trust: true } },
        security: { folderTrust: { enabled: false }, auth: { selectedType: 'gemini-api-key' } },
        privacy: { usageStatisticsEnabled: false },
        general: { disableAutoUpdate: true, disableUpdateNag: true },
      };
      writeFileSync(join(home, '.gemini', 'settings.json'), JSON.stringify(settings));
      return inHome(home, 'gemini', ['--yolo', '-m', 'gemini-2.5-pro', '-p', ASK], {
        GEMINI_API_KEY: 'scripted',
        GOOGLE_GEMINI_BASE_URL: model.url,
      });
    },
  },
];

function inHome(home: string, name: string, args: string[], env: NodeJS.ProcessEnv): Promise<Output> {
  return run(bin(name), args, {
    cwd: home,
    env: { PATH: pathWith(), HOME: home, NO_COLOR: '1', ...env },
    ms: RUN_MS,
  });
}

interface Result {
  workflow: string;
  seen: Seen[];
  expected: number;
  offered: string[][];
  methods: Set<string>;
  /** Whether the model was shown our instructions. */
  instructed: boolean;
}

async function playIn(host: Host, workflow: string): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), 'toado-mcp-host-'));
  const sandbox = await startSandbox({ db: join(home, 'sandbox.db') });
  const model = await startModel(catalogue.map(({ name }) => name));
  const tokenOf = (name: string) => sandbox.readyTokens.find((one) => one.name === name)!.token;
  const tokenFile = join(home, 'token');
  const wire = join(home, 'wire.log');
  writeFileSync(tokenFile, tokenOf('triage'));
  writeFileSync(wire, '');
  try {
    const steps =
      WORKFLOWS[workflow] ??
      scopesChange(() => {
        const readOnly = sandbox.readyTokens.find(({ scopes }) => scopes.join() === 'read')!;
        writeFileSync(tokenFile, readOnly.token);
      });
    model.follow(steps);
    const output = await host.play({
      home,
      model,
      command: process.execPath,
      args: [WIRE_LOG, wire, PROGRAM],
      env: { TOADO_API_URL: sandbox.apiUrl, TOADO_API_TOKEN_FILE: tokenFile },
    });
    const seen = model.seen();
    if (seen.length < steps.length)
      console.error(
        `${host.title}, ${workflow}: ${seen.length} of ${steps.length} calls\n${output.text.slice(-2_000)}`,
      );
    const methods = new Set(readFileSync(wire, 'utf8').split('\n').filter(Boolean));
    return {
      workflow,
      seen,
      expected: steps.length,
      offered: model.offered(),
      methods,
      instructed: model.instructed(),
    };
  } finally {
    await model.close();
    await sandbox.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

const FENCED = /<(toado-data-\w{12})>[\s\S]*<\/\1>/;
/** What we say ourselves of a write, outside of the fence. */
const NOTES = /<\/toado-data-\w{12}>\s+(?:Moved|Posted|Recorded|Updated)\./;
const WRITES = ['add_comment', 'move_ticket', 'start_work_on_ticket', 'update_ticket'];

const of = (count: number, all: number) => (count === all ? 'all' : `${count} of ${all}`);

function row({ title, package: name }: Host, results: Result[]): string[] {
  const played = results.filter(({ workflow }) => workflow in WORKFLOWS);
  const seen = played.flatMap((one) => one.seen);
  const pictures = seen.filter(({ tool }) => tool === 'get_capture_asset');
  const notes = seen.filter(({ tool }) => WRITES.includes(tool));
  const scopes = results.find(({ workflow }) => !(workflow in WORKFLOWS))!;
  const before = scopes.offered[0] ?? [];
  const after = scopes.offered.at(-1) ?? [];
  const asked = (method: string) => (results.some(({ methods }) => methods.has(method)) ? 'yes' : 'no');
  return [
    `${title} ${versionOf(name)}`,
    of(
      seen.length,
      played.reduce((sum, { expected }) => sum + expected, 0),
    ),
    of(seen.filter(({ text }) => FENCED.test(text)).length, seen.length),
    of(notes.filter(({ text }) => NOTES.test(text)).length, notes.length),
    of(pictures.filter((one) => one.pictures > 0).length, pictures.length),
    results.some(({ instructed }) => instructed) ? 'yes' : 'no',
    asked('prompts/list'),
    asked('resources/list'),
    after.length < before.length ? `yes, ${before.length} → ${after.length} tools` : 'no',
    ...played.map((one) =>
      one.seen.reduce((sum, { text }) => sum + estimateTokens(text), 0).toLocaleString('en'),
    ),
  ];
}

await install(HOSTS.map((host) => host.package));
const only = process.argv.find((one) => one.startsWith('--only='))?.slice(7);
const rows: string[][] = [];
for (const host of HOSTS.filter(({ title }) => !only || title === only)) {
  const results: Result[] = [];
  for (const workflow of [...Object.keys(WORKFLOWS), 'scopes change']) {
    const result = await playIn(host, workflow);
    // On a busy machine a host may ask its model before the server is there.
    results.push(result.seen.length > 0 ? result : await playIn(host, workflow));
  }
  rows.push(row(host, results));
  console.log(rows.at(-1)!.join(' | '));
}
const head = [
  'host',
  'calls answered',
  'in the fence',
  'with our notes',
  'pictures',
  'our instructions',
  'asks for prompts',
  'asks for resources',
  'follows a change of scopes',
  ...Object.keys(WORKFLOWS).map((workflow) => `tokens: ${workflow}`),
];
const table = markdownTable([head, ...rows]);
console.log(`\n${table}`);
if (process.argv.includes('--write')) writeBetween(PAGE, BEGIN, END, table);
