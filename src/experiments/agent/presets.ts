/** How known hosts are started for a run: in headless mode, with this server's tools and no others. */
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../../base/nearest.ts';
import { ExperimentError } from '../error.ts';
import { besideProgram } from '../program-file.ts';
import type { Script } from '../scenario/schema.ts';
import type { CommandAgent } from './command.ts';

const PRESETS: Record<string, (model: string | undefined) => CommandAgent> = {
  'claude-code': (model) => ({
    command: [
      'claude',
      '--print',
      ...(model ? ['--model', model] : []),
      '--mcp-config',
      '{mcp_config}',
      '--strict-mcp-config',
      '--allowedTools',
      'mcp__toado',
      '--tools',
      '',
      '--',
      '{prompt}',
    ],
  }),
};

export const PRESET_NAMES = Object.keys(PRESETS);

/** @throws ExperimentError for a name that there isn't. */
export function presetAgent(name: string, model: string | undefined): CommandAgent {
  if (name.startsWith('sdk:')) return sdkAgent(name.slice('sdk:'.length));
  const preset = PRESETS[name];
  if (!preset)
    throw new ExperimentError(
      `--agent: there is no host ${JSON.stringify(name)}.${didYouMean(name, PRESET_NAMES)} There are: ${PRESET_NAMES.join(', ')} and sdk:<file>; any other agent is a command line after --.`,
    );
  return preset(model);
}

function sdkAgent(file: string): CommandAgent {
  const path = resolve(file);
  if (!existsSync(path)) throw new ExperimentError(`--agent: there is no file ${path}.`);
  return { command: [process.execPath, agentProgram(), path] };
}

/** An agent that follows a script. */
export function programAgent(script: Script): CommandAgent {
  const file = join(mkdtempSync(join(tmpdir(), 'toado-script-')), 'script.json');
  writeFileSync(file, JSON.stringify(script));
  return { command: [process.execPath, agentProgram(), file] };
}

export function agentProgram(): string {
  return fileURLToPath(besideProgram('agent.js'));
}
