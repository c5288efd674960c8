/** Agents in the terminal. */
import { join } from 'node:path';
import type { Client } from '../client.ts';
import { type Entry, environmentOf, neededVariables, stdioFields } from '../client-entry.ts';

const braces = (name: string) => `\${${name}}`;
const dollar = (name: string) => `$${name}`;

const FROM_ENVIRONMENT =
  'The token stays in the environment variable TOADO_API_TOKEN of whatever starts the client.';

const TOKEN_IN_FILE =
  'Put the token in place of tok_PASTE_YOURS_HERE, or name a file that holds it with TOADO_API_TOKEN_FILE instead.';

/** `--env NAME=value` for each variable, as several clients' commands take it. */
function envFlags(entry: Entry, reference: (name: string) => string, flag = '--env'): string[] {
  return Object.entries(environmentOf(entry, reference, 'all')).flatMap(([name, value]) => [
    flag,
    `${name}=${value}`,
  ]);
}

export const terminalAgents: readonly Client[] = [
  {
    name: 'claude-code',
    title: 'Claude Code',
    source: 'https://code.claude.com/docs/en/mcp',
    checked: '2026-11-26',
    command: (entry) => [
      ...['claude', 'mcp', 'add', entry.name, '--scope', 'user'],
      ...envFlags(entry, braces),
      ...['--', entry.command, ...entry.args],
    ],
    kept: {
      file: ({ home, env }) => join(env.CLAUDE_CONFIG_DIR || home, '.claude.json'),
      servers: ['mcpServers'],
      remove: ({ name }) => ['claude', 'mcp', 'remove', name, '--scope', 'user'],
    },
    file: {
      format: 'json',
      project: '.mcp.json',
      servers: ['mcpServers'],
      fields: (entry) => stdioFields(entry, braces),
    },
    token: FROM_ENVIRONMENT,
    check: '`claude mcp list`, or /mcp in a session',
  },
  {
    name: 'codex',
    title: 'Codex',
    source: 'https://developers.openai.com/codex/mcp',
    checked: '2026-11-26',
    command: (entry) =>
      neededVariables(entry).length > 0 || entry.fixed
        ? undefined
        : ['codex', 'mcp', 'add', entry.name, '--', entry.command, ...entry.args],
    file: {
      format: 'toml',
      user: ({ home, env }) => join(env.CODEX_HOME || join(home, '.codex'), 'config.toml'),
      servers: ['mcp_servers'],
      fields: (entry) => {
        const names = neededVariables(entry);
        return {
          command: entry.command,
          args: entry.args,
          ...(names.length > 0 && { env_vars: names }),
          ...(entry.fixed && { env: entry.fixed }),
        };
      },
    },
    token: `${FROM_ENVIRONMENT} Codex hands servers only the variables that env_vars names.`,
    check: '`codex mcp list`, or /mcp in a session',
  },
  {
    name: 'gemini',
    title: 'Gemini CLI',
    source: 'https://geminicli.com/docs/tools/mcp-server',
    checked: '2026-11-26',
    command: (entry) => [
      ...['gemini', 'mcp', 'add', '--scope', 'user'],
      ...envFlags(entry, dollar, '-e'),
      ...[entry.name, entry.command, ...entry.args],
    ],
    file: {
      format: 'jsonc',
      user: ({ home }) => join(home, '.gemini', 'settings.json'),
      project: '.gemini/settings.json',
      servers: ['mcpServers'],
      fields: (entry) => stdioFields(entry, dollar),
    },
    token: `${FROM_ENVIRONMENT} Gemini CLI keeps variables that look like secrets from servers, except those that env names.`,
    check: '`gemini mcp list`, or /mcp in a session, in a folder that Gemini trusts',
  },
  {
    name: 'qwen',
    title: 'Qwen Code',
    source: 'https://qwenlm.github.io/qwen-code-docs/1.x/en/users/mcp/',
    checked: '2026-11-26',
    command: (entry) => [
      ...['qwen', 'mcp', 'add', '--scope', 'user'],
      ...envFlags(entry, dollar),
      ...[entry.name, '--', entry.command, ...entry.args],
    ],
    file: {
      format: 'jsonc',
      user: ({ home }) => join(home, '.qwen', 'settings.json'),
      project: '.mcp.json',
      servers: ['mcpServers'],
      fields: (entry) => stdioFields(entry, dollar),
    },
    token: FROM_ENVIRONMENT,
    check: '`qwen mcp list`, or /mcp in a session',
  },
  {
    name: 'copilot-cli',
    title: 'GitHub Copilot CLI',
    source: 'https://docs.github.com/en/copilot/how-tos/copilot-cli/customize-copilot/add-mcp-servers',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ home }) => join(home, '.copilot', 'mcp-config.json'),
      project: '.mcp.json',
      servers: ['mcpServers'],
      fields: (entry) => ({ type: 'local', ...stdioFields(entry, braces, 'few'), tools: ['*'] }),
    },
    token: `${FROM_ENVIRONMENT} Copilot CLI fills \${…} in env from there.`,
    check: '`copilot mcp list`, or /mcp show in a session',
  },
  {
    name: 'opencode',
    title: 'opencode',
    source: 'https://opencode.ai/docs/mcp-servers',
    checked: '2026-11-26',
    file: {
      format: 'jsonc',
      user: ({ config }) => join(config, 'opencode', 'opencode.json'),
      project: 'opencode.json',
      servers: ['mcp'],
      fields: (entry) => {
        const environment = environmentOf(entry, (name) => `{env:${name}}`, 'all');
        return {
          type: 'local',
          command: [entry.command, ...entry.args],
          enabled: true,
          ...(Object.keys(environment).length > 0 && { environment }),
        };
      },
    },
    token: FROM_ENVIRONMENT,
    check: '`opencode mcp list`',
  },
  {
    name: 'crush',
    title: 'Crush',
    source: 'https://github.com/charmbracelet/crush#mcps',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ config, platform, home }) =>
        platform === 'win32'
          ? join(home, 'AppData', 'Local', 'crush', 'crush.json')
          : join(config, 'crush', 'crush.json'),
      project: 'crush.json',
      servers: ['mcp'],
      fields: (entry) => ({ type: 'stdio', ...stdioFields(entry, dollar) }),
    },
    token: FROM_ENVIRONMENT,
    check: 'the list of MCPs beside a session',
  },
  {
    name: 'amp',
    title: 'Amp',
    source: 'https://ampcode.com/manual#mcp',
    checked: '2026-11-26',
    command: (entry) => [
      ...['amp', 'mcp', 'add', entry.name, ...envFlags(entry, braces)],
      ...['--', entry.command, ...entry.args],
    ],
    file: {
      format: 'jsonc',
      user: ({ config, platform, home }) =>
        join(platform === 'win32' ? join(home, '.config') : config, 'amp', 'settings.json'),
      project: '.amp/settings.json',
      // One key with a dot in it.
      servers: ['amp.mcpServers'],
      fields: (entry) => stdioFields(entry, braces),
    },
    token: FROM_ENVIRONMENT,
    check: '`amp mcp list`',
  },
  {
    name: 'cline-cli',
    title: 'Cline CLI',
    source: 'https://github.com/cline/cline/blob/main/apps/cli/README.md',
    checked: '2026-11-26',
    // It takes no variables.
    command: (entry) =>
      neededVariables(entry).length > 0 || entry.fixed
        ? undefined
        : ['cline', 'mcp', 'install', entry.name, '--yes', '--', entry.command, ...entry.args],
    file: {
      format: 'json',
      user: ({ home }) => join(home, '.cline', 'data', 'settings', 'cline_mcp_settings.json'),
      servers: ['mcpServers'],
      fields: (entry) => ({ ...stdioFields(entry, undefined, 'few'), disabled: false }),
    },
    token: TOKEN_IN_FILE,
    check: '`cline mcp`, or `cline config mcp`',
  },
  {
    name: 'factory',
    title: 'Factory Droid',
    source: 'https://docs.factory.ai/cli/configuration/mcp',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ home }) => join(home, '.factory', 'mcp.json'),
      project: '.factory/mcp.json',
      servers: ['mcpServers'],
      fields: (entry) => ({ type: 'stdio', ...stdioFields(entry, braces), disabled: false }),
    },
    token: FROM_ENVIRONMENT,
    check: '/mcp in a session',
  },
  {
    name: 'goose',
    title: 'goose',
    source: 'https://goose-docs.ai/docs/getting-started/using-extensions',
    checked: '2026-11-26',
    file: {
      format: 'yaml',
      user: ({ config, platform, appData }) =>
        platform === 'win32'
          ? join(appData, 'Block', 'goose', 'config', 'config.yaml')
          : join(config, 'goose', 'config.yaml'),
      servers: ['extensions'],
      fields: (entry) => {
        const names = neededVariables(entry);
        return {
          name: entry.name,
          description: 'Toado tickets',
          type: 'stdio',
          enabled: true,
          cmd: entry.command,
          args: entry.args,
          ...(entry.fixed && { envs: entry.fixed }),
          ...(names.length > 0 && { env_keys: names }),
          timeout: 60,
        };
      },
    },
    link: (entry) => {
      const query = new URLSearchParams({ cmd: entry.command });
      for (const arg of entry.args) query.append('arg', arg);
      query.append('id', entry.name);
      query.append('name', entry.name);
      query.append('description', 'Toado tickets');
      for (const name of neededVariables(entry)) query.append('env', name);
      return `goose://extension?${query.toString().replaceAll('+', '%20')}`;
    },
    token: 'goose takes the token from its keyring or from the environment variable TOADO_API_TOKEN.',
    check: '`goose info -v`, or the Extensions page of goose Desktop',
  },
  {
    name: 'warp',
    title: 'Warp',
    source: 'https://docs.warp.dev/agent-platform/capabilities/mcp',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ home }) => join(home, '.warp', '.mcp.json'),
      project: '.warp/.mcp.json',
      servers: ['mcpServers'],
      fields: (entry) => stdioFields(entry, undefined, 'few'),
    },
    token: TOKEN_IN_FILE,
    check: 'Settings › Agents › MCP servers',
  },
];
