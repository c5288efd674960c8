/**
 * dist/agent.js: `node agent.js <module or script> [mcp config]`, an agent of one's own on a connected client. A module
 * exports `run({ prompt, tools, call, signal })`; a script is JSON with `calls` and `answer`.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Script } from '../scenario/schema.ts';
import { type AgentFunction, runConnected, scripted } from './connected.ts';
import type { ServerEntry } from './workspace.ts';

const [file, config = process.env.TOADO_EXPERIMENT_MCP_CONFIG] = process.argv.slice(2);

async function load(path: string): Promise<AgentFunction> {
  if (path.endsWith('.json')) return scripted(JSON.parse(readFileSync(path, 'utf8')) as Script);
  const module = (await import(pathToFileURL(resolve(path)).href)) as {
    run?: AgentFunction;
    default?: unknown;
  };
  const run = module.run ?? (module.default as AgentFunction | undefined);
  if (typeof run !== 'function') throw new Error(`${path} exports no function \`run\`.`);
  return run;
}

async function main(): Promise<void> {
  if (!file || !config) throw new Error('usage: agent.js <module or script> <mcp config>');
  const { mcpServers } = JSON.parse(readFileSync(config, 'utf8')) as {
    mcpServers: Record<string, ServerEntry>;
  };
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort());
  const run = await load(file);
  const prompt = process.env.TOADO_EXPERIMENT_PROMPT ?? '';
  const answer = await runConnected(run, Object.values(mcpServers)[0]!, prompt, abort.signal);
  process.stdout.write(`${answer}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
