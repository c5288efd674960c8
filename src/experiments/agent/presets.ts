/** How known hosts are started for a run: in headless mode, with this server's tools and no others. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { absolutePath } from '../../base/home-of-user.ts';
import { thereIsNo } from '../../base/nearest.ts';
import { ExperimentError } from '../base/error.ts';
import { besideBundle, programFile } from '../base/program-file.ts';
import type { CommandAgent } from './command.ts';
import type { Place } from './workspace.ts';

export interface PresetOptions {
  model?: string | undefined;
  /** More words for the host's command line. */
  more?: readonly string[];
}

const PRESETS: Record<
  string,
  (options: Required<Pick<PresetOptions, 'more'>> & PresetOptions) => CommandAgent
> = {
  'claude-code': ({ model, more }) => ({
    command: [
      'claude',
      '--print',
      ...(model ? ['--model', model] : []),
      '--mcp-config={mcp_config}',
      '--strict-mcp-config',
      '--allowedTools=mcp__toado',
      // None of its own tools.
      '--tools=',
      '--no-session-persistence',
      ...more,
      '--',
      '{prompt}',
    ],
    // All tools are there from its first turn on: it waits for the server, and keeps none behind a search.
    env: { MCP_CONNECTION_NONBLOCKING: '0', ENABLE_TOOL_SEARCH: 'false' },
  }),

  codex: ({ model, more }) => ({
    command: [
      'codex',
      'exec',
      '--ephemeral',
      // Its sign-in stays; servers and instructions of the person's own don't come along.
      '--ignore-user-config',
      '--skip-git-repo-check',
      '--sandbox=read-only',
      '--color=never',
      '--cd={workdir}',
      ...(model ? ['--model', model] : []),
      ...Object.entries({
        'mcp_servers.toado.command': process.execPath,
        'mcp_servers.toado.args': [programFile(), 'experiments', 'mcp', '--settings', '{settings}'],
        'mcp_servers.toado.required': true,
        'mcp_servers.toado.default_tools_approval_mode': 'approve',
        'features.shell_tool': false,
        'features.view_image': false,
        'features.multi_agent': false,
        'features.goals': false,
        web_search: 'disabled',
      }).flatMap(([key, value]) => ['-c', `${key}=${JSON.stringify(value)}`]),
      ...more,
      '{prompt}',
    ],
  }),

  gemini: ({ model, more }) => ({
    command: [
      'gemini',
      ...(model ? ['--model', model] : []),
      '--approval-mode=yolo',
      '--allowed-mcp-server-names=toado',
      '--extensions=none',
      ...more,
      '--prompt={prompt}',
    ],
    // It reads a folder's own settings, which stand above the person's, only where the folder is trusted; --skip-trust
    // comes too late for them.
    env: { GEMINI_CLI_TRUST_WORKSPACE: 'true' },
    prepare: ({ workdir, server }: Place) => {
      const settings = {
        mcpServers: { toado: { ...server, trust: true } },
        // None of its own tools.
        tools: { core: ['mcp_toado_*'] },
      };
      mkdirSync(join(workdir, '.gemini'));
      writeFileSync(join(workdir, '.gemini', 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
    },
  }),
};

export const PRESET_NAMES = Object.keys(PRESETS);

/** @throws ExperimentError for a name that there isn't. */
export function presetAgent(name: string, { model, more = [] }: PresetOptions): CommandAgent {
  if (name.startsWith('sdk:')) {
    if (model !== undefined)
      throw new ExperimentError('--model goes with a host; a module of your own says it itself.');
    return sdkAgent(name.slice('sdk:'.length));
  }
  const preset = PRESETS[name];
  if (!preset)
    throw new ExperimentError(
      `--agent: ${thereIsNo('host', name, PRESET_NAMES)} There are: ${PRESET_NAMES.join(', ')} and sdk:<file>; any other agent is a command line after --.`,
    );
  return preset({ model, more });
}

function sdkAgent(file: string): CommandAgent {
  const path = absolutePath(file);
  if (!existsSync(path)) throw new ExperimentError(`--agent: there is no file ${path}.`);
  return { command: [process.execPath, agentProgram(), path] };
}

export function agentProgram(): string {
  return fileURLToPath(besideBundle('agent.js'));
}
