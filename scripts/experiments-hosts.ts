/**
 * `npm run experiments:hosts [name…]`: the presets with the real hosts, and the examples of docs/experiments.md with the real SDKs,
 * each on one scenario, with a model's address that plays the scenario's solution. They are installed into a folder
 * outside the checkout (TOADO_CLIENTS_FOLDER) and stay there for the next time.
 */
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { columns } from '../src/base/output.ts';
import type { Results } from '../src/experiments/run/results.ts';
import { fixTicket } from '../src/experiments/scenarios/fix-ticket.ts';
import { startScriptedModel } from './experiments-hosts/scripted-model.ts';

const folder = process.env.TOADO_CLIENTS_FOLDER ?? join(tmpdir(), 'toado-mcp-clients');
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const examples = fileURLToPath(new URL('../docs/examples/', import.meta.url));
const RUN_MS = 240_000;

interface Host {
  packages: string[];
  /** The words after `run <scenario>`. */
  args: (url: string) => string[];
  env: (url: string) => Record<string, string>;
}

const sdk = (file: string, packages: string[]): Host => ({
  packages,
  args: () => ['--agent', `sdk:${join(folder, file)}`],
  env: (url) => ({ MODEL_URL: `${url}/v1`, MODEL: 'scripted', OPENAI_AGENTS_DISABLE_TRACING: '1' }),
});

const HOSTS: Record<string, Host> = {
  'claude-code': {
    packages: ['@anthropic-ai/claude-code'],
    args: () => ['--agent', 'claude-code', '--model', 'claude-sonnet-4-5'],
    env: (url) => ({
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'scripted',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    }),
  },
  codex: {
    packages: ['@openai/codex'],
    args: (url) => [
      '--agent',
      'codex',
      '--model',
      'gpt-5',
      '--',
      '-c',
      `model_providers.scripted={name="scripted",base_url="${url}/v1",wire_api="responses",env_key="SCRIPTED_KEY"}`,
      '-c',
      'model_provider="scripted"',
    ],
    env: () => ({ SCRIPTED_KEY: 'scripted' }),
  },
  gemini: {
    packages: ['@google/gemini-cli'],
    args: () => ['--agent', 'gemini', '--model', 'gemini-2.5-flash'],
    env: (url) => ({
      GOOGLE_GEMINI_BASE_URL: url,
      GEMINI_API_KEY: 'scripted',
      GEMINI_CLI_DISABLE_TELEMETRY: '1',
    }),
  },
  'ai-sdk': sdk('ai-sdk.mjs', ['ai', '@ai-sdk/openai-compatible']),
  'openai-agents': sdk('openai-agents.mjs', ['@openai/agents', 'openai']),
  langchain: sdk('langchain.mjs', ['langchain', '@langchain/openai', '@langchain/core']),
};

function run(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  cwd?: string,
): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        text += chunk;
      });
    const timer = setTimeout(() => child.kill('SIGTERM'), RUN_MS);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, text });
    });
  });
}

async function install(packages: string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'package.json')))
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const missing = packages.filter((name) => !existsSync(join(folder, 'node_modules', name)));
  if (missing.length === 0) return;
  console.log(`Installing ${missing.join(', ')} into ${folder} …`);
  const { code, text } = await run(
    'npm',
    ['install', '--no-audit', '--no-fund', ...missing],
    process.env,
    folder,
  );
  if (code !== 0) throw new Error(`npm install failed:\n${text}`);
}

const names = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(HOSTS);
const rows = [['host', 'version', 'result', 'client', 'calls', 'tools it was offered']];
let failed = 0;
for (const name of names) {
  const host = HOSTS[name];
  if (!host) throw new Error(`There is no host ${name}: ${Object.keys(HOSTS).join(', ')}.`);
  await install([...host.packages, 'node@24']);
  const model = await startScriptedModel(fixTicket.solution!);
  const place = mkdtempSync(join(tmpdir(), 'toado-host-'));
  const home = join(place, 'home');
  mkdirSync(join(home, '.gemini'), { recursive: true });
  // A person has chosen how to sign in before.
  const signIn = { security: { auth: { selectedType: 'gemini-api-key' } } };
  writeFileSync(join(home, '.gemini', 'settings.json'), JSON.stringify(signIn));
  if (existsSync(join(examples, `${name}.mjs`)))
    copyFileSync(join(examples, `${name}.mjs`), join(folder, `${name}.mjs`));
  const env = {
    PATH: [join(folder, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    HOME: home,
    NO_COLOR: '1',
    ...host.env(model.url),
  };
  const out = join(place, 'out');
  const given = host.args(model.url);
  const { text } = await run(
    process.execPath,
    [program, 'experiments', 'run', fixTicket.name, '--out', out, '--timeout', '200', ...given],
    env,
  );
  const { version } = JSON.parse(
    readFileSync(join(folder, 'node_modules', host.packages[0]!, 'package.json'), 'utf8'),
  ) as { version: string };
  const results = existsSync(join(out, 'results.json'))
    ? (JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Results)
    : undefined;
  const [result] = results?.runs ?? [];
  const { tools, paths } = model.notes();
  const others = tools.filter(
    (tool) => !/toado/.test(tool) && name in { 'claude-code': 1, codex: 1, gemini: 1 },
  );
  rows.push([
    name,
    version,
    result?.status ?? 'no result',
    result?.client ?? '',
    String(result?.calls ?? 0),
    `${tools.length - others.length}${others.length > 0 ? ` and its own: ${others.join(', ')}` : ''}`,
  ]);
  if (result?.status !== 'passed') {
    failed++;
    console.log(
      `${name}: ${result?.why ?? result?.error ?? ''}\n${text}\nasked: ${[...new Set(paths)].join(', ')}`,
    );
    for (const file of ['stdout.txt', 'stderr.txt']) {
      const path = join(out, 'runs', `${fixTicket.name}-1`, file);
      if (existsSync(path)) console.log(`--- ${file}\n${readFileSync(path, 'utf8').slice(-3_000)}`);
    }
  }
  await model.close();
  rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}
console.log(columns(rows));
process.exit(failed === 0 ? 0 : 1);
