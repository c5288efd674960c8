/**
 * `npm run experiments:hosts [name…]`: the presets with the real hosts, and the examples of docs/experiments.md with the
 * real SDKs, each through the built `experiments run` on one scenario, with a model's address that plays the scenario's
 * solution. `--write` puts the table into docs/experiments.md. What it needs is installed outside of the checkout
 * (TOADO_CLIENTS_FOLDER).
 */
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
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markdownTable } from '../src/base/output.ts';
import { catalogue } from '../src/catalogue/index.ts';
import { fixTicket } from '../src/experiments/built-in-scenarios/fix-ticket.ts';
import type { Results, RunResult } from '../src/experiments/run/results.ts';
import { bin, folder, install, pathWith, run, versionOf } from './installed-clients.ts';
import { type Model, startModel } from './scripted-model/model.ts';
import { writeBetween } from './write-between.ts';

const BEGIN = '<!-- made by `npm run experiments:hosts -- --write` -->';
const END = '<!-- end of hosts -->';
const PAGE = new URL('../docs/experiments.md', import.meta.url);
const EXAMPLES = fileURLToPath(new URL('../docs/examples/', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const RUN_MS = 240_000;
const STEPS = fixTicket.solution!.calls.map(({ tool, arguments: args = {} }) => ({ tool, args }));

interface Host {
  title: string;
  packages: string[];
  /** The words after `run <scenario>`. */
  args: (url: string) => string[];
  env: (url: string) => Record<string, string>;
}

const sdk = (title: string, file: string, packages: string[]): Host => ({
  title,
  packages,
  args: () => {
    // Beside the packages that it imports.
    copyFileSync(join(EXAMPLES, file), join(folder, file));
    return ['--agent', `sdk:${join(folder, file)}`];
  },
  env: (url) => ({ MODEL_URL: `${url}/v1`, MODEL: 'scripted' }),
});

const HOSTS: Record<string, Host> = {
  'claude-code': {
    title: 'Claude Code',
    packages: ['@anthropic-ai/claude-code'],
    args: () => ['--agent', 'claude-code', '--model', 'claude-sonnet-4-5'],
    env: (url) => ({
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'scripted',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    }),
  },
  codex: {
    title: 'Codex',
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
    title: 'Gemini CLI',
    packages: ['@google/gemini-cli'],
    args: () => ['--agent', 'gemini', '--model', 'gemini-2.5-flash'],
    env: (url) => ({ GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'scripted' }),
  },
  'ai-sdk': sdk('AI SDK', 'ai-sdk.mjs', ['ai', '@ai-sdk/openai-compatible']),
  'openai-agents': sdk('OpenAI Agents', 'openai-agents.mjs', ['@openai/agents', 'openai']),
  langchain: sdk('LangChain', 'langchain.mjs', ['langchain', '@langchain/openai', '@langchain/core']),
};

/** A person's home, in which they have chosen how to sign in. */
function homeIn(place: string): string {
  const home = join(place, 'home');
  mkdirSync(join(home, '.gemini'), { recursive: true });
  const signIn = { security: { auth: { selectedType: 'gemini-api-key' } } };
  writeFileSync(join(home, '.gemini', 'settings.json'), JSON.stringify(signIn));
  return home;
}

/** Hosts put the server's name before a tool's. */
function isNamed(tool: string, ours: string): boolean {
  return tool === ours || (/toado/.test(tool) && tool.endsWith(`_${ours}`));
}

async function play(host: Host, place: string, model: Model): Promise<RunResult | undefined> {
  const out = join(place, 'out');
  const args = ['experiments', 'run', fixTicket.name, '--out', out, '--timeout', '200'];
  const { text } = await run(bin('node'), [PROGRAM, ...args, ...host.args(model.url)], {
    env: { PATH: pathWith(), HOME: homeIn(place), NO_COLOR: '1', ...host.env(model.url) },
    ms: RUN_MS,
  });
  const file = join(out, 'results.json');
  const result = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results).runs[0] : undefined;
  if (result?.status !== 'passed') {
    console.error(`${host.title}: ${result?.why ?? result?.error ?? 'no result'}\n${text}`);
    console.error(`asked for: ${[...new Set(model.paths())].join(', ')}`);
    for (const name of ['stdout.txt', 'stderr.txt']) {
      const path = join(out, 'runs', `${fixTicket.name}-1`, name);
      if (existsSync(path)) console.error(`--- ${name}\n${readFileSync(path, 'utf8').slice(-3_000)}`);
    }
  }
  return result;
}

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const names = words.length > 0 ? words : Object.keys(HOSTS);
const rows: string[][] = [];
let failed = 0;
for (const name of names) {
  const host = HOSTS[name];
  if (!host) throw new Error(`There is no host ${name}: ${Object.keys(HOSTS).join(', ')}.`);
  await install(host.packages);
  const model = await startModel(catalogue.map((tool) => tool.name));
  model.follow(STEPS, fixTicket.solution!.answer);
  const place = mkdtempSync(join(tmpdir(), 'toado-host-'));
  const result = await play(host, place, model);
  if (result?.status !== 'passed') failed++;
  const tools = model.allTools();
  const others = tools.filter((tool) => !catalogue.some(({ name: ours }) => isNamed(tool, ours)));
  rows.push([
    `${host.title} ${versionOf(host.packages[0]!)}`,
    result?.status ?? 'no result',
    String(result?.calls ?? 0),
    String(tools.length - others.length),
    others.map((tool) => `\`${tool}\``).join(', ') || 'none',
  ]);
  console.log(rows.at(-1)!.join(' | '));
  await model.close();
  rmSync(place, { recursive: true, force: true, maxRetries: 5 });
}
const head = ['agent', `\`run ${fixTicket.name}\``, 'calls', 'our tools', 'tools of its own'];
const table = markdownTable([head, ...rows]);
console.log(`\n${table}`);
if (process.argv.includes('--write')) writeBetween(PAGE, BEGIN, END, table);
process.exit(failed === 0 ? 0 : 1);
