/** Agents in an editor. */
import { join } from 'node:path';
import type { Client, Places } from '../client.ts';
import { type Entry, stdioFields } from '../client-entry.ts';

const braces = (name: string) => `\${${name}}`;
const prefixed = (name: string) => `\${env:${name}}`;

const FROM_ENVIRONMENT =
  'The token stays in the environment variable TOADO_API_TOKEN of whatever starts the editor.';
const IN_FILE =
  'This editor can’t look the token up elsewhere: put it in place of tok_PASTE_YOURS_HERE, or name a file that holds it with TOADO_API_TOKEN_FILE instead.';

const VSCODE_INPUT = 'toado-token';

/** VS Code asks for the token once, where it isn't in a file. */
function vscodeFields(entry: Entry): object {
  const isAsked = entry.tokenVariable === 'TOADO_API_TOKEN';
  return { type: 'stdio', ...stdioFields(entry, isAsked ? () => `\${input:${inputOf(entry)}}` : undefined) };
}

function vscodeInputs(entry: Entry) {
  if (entry.tokenVariable !== 'TOADO_API_TOKEN') return [];
  const item = { type: 'promptString', id: inputOf(entry), description: 'Toado API token', password: true };
  return [{ list: ['inputs'], item }];
}

/** Several tokens side by side are asked for one by one. */
function inputOf({ name }: Entry): string {
  return name === 'toado' ? VSCODE_INPUT : `${name}-token`;
}

function inVsCode({ platform, home, config, appData }: Places, ...rest: string[]): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Code', 'User', ...rest);
  return join(platform === 'win32' ? appData : config, 'Code', 'User', ...rest);
}

export const editors: readonly Client[] = [
  {
    name: 'cursor',
    title: 'Cursor',
    source: 'https://cursor.com/docs/context/mcp',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ home }) => join(home, '.cursor', 'mcp.json'),
      project: '.cursor/mcp.json',
      servers: ['mcpServers'],
      fields: (entry) => stdioFields(entry, prefixed),
    },
    link: (entry) => {
      const config = Buffer.from(JSON.stringify(stdioFields(entry, prefixed))).toString('base64');
      return `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(entry.name)}&config=${encodeURIComponent(config)}`;
    },
    token: FROM_ENVIRONMENT,
    check: 'Cursor Settings › MCP shows the server with its tools',
  },
  {
    name: 'vscode',
    title: 'VS Code',
    source: 'https://code.visualstudio.com/docs/copilot/reference/mcp-configuration',
    checked: '2026-11-26',
    file: {
      format: 'jsonc',
      user: (places) => inVsCode(places, 'mcp.json'),
      project: '.vscode/mcp.json',
      servers: ['servers'],
      fields: vscodeFields,
      also: vscodeInputs,
    },
    link: (entry) => {
      const inputs = vscodeInputs(entry).map(({ item }) => item);
      const server = { name: entry.name, ...vscodeFields(entry), ...(inputs.length > 0 && { inputs }) };
      return `vscode:mcp/install?${encodeURIComponent(JSON.stringify(server))}`;
    },
    token: 'VS Code asks for the token once and keeps it in its secret store.',
    check: '"MCP: List Servers" in the command palette',
  },
  {
    name: 'visual-studio',
    title: 'Visual Studio',
    source: 'https://learn.microsoft.com/visualstudio/ide/mcp-servers',
    checked: '2026-11-26',
    file: {
      format: 'jsonc',
      user: ({ home, platform }) => (platform === 'win32' ? join(home, '.mcp.json') : undefined),
      project: '.mcp.json',
      servers: ['servers'],
      fields: vscodeFields,
      also: vscodeInputs,
    },
    token: 'Visual Studio asks for the token once.',
    check: 'the tools icon of the Copilot chat lists the server',
  },
  {
    name: 'zed',
    title: 'Zed',
    source: 'https://zed.dev/docs/ai/mcp',
    checked: '2026-11-26',
    file: {
      format: 'jsonc',
      user: ({ platform, home, config, appData }) =>
        platform === 'win32'
          ? join(appData, 'Zed', 'settings.json')
          : join(platform === 'darwin' ? join(home, '.config') : config, 'zed', 'settings.json'),
      project: '.zed/settings.json',
      servers: ['context_servers'],
      fields: (entry) => stdioFields(entry, undefined, 'few'),
    },
    token: IN_FILE,
    check: 'the Agent panel’s settings show a green dot beside the server',
  },
  {
    name: 'cline',
    title: 'Cline',
    source: 'https://docs.cline.bot/mcp/configuring-mcp-servers',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: (places) =>
        inVsCode(places, 'globalStorage', 'saoudrizwan.claude-dev', 'settings', 'cline_mcp_settings.json'),
      servers: ['mcpServers'],
      fields: (entry) => ({
        ...stdioFields(entry, undefined, 'few'),
        disabled: false,
        autoApprove: [],
      }),
    },
    token: IN_FILE,
    check: 'MCP Servers › Installed lists it with its tools',
  },
  {
    name: 'roo-code',
    title: 'Roo Code',
    source: 'https://docs.roocode.com/features/mcp/using-mcp-in-roo',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: (places) =>
        inVsCode(places, 'globalStorage', 'rooveterinaryinc.roo-cline', 'settings', 'mcp_settings.json'),
      project: '.roo/mcp.json',
      servers: ['mcpServers'],
      fields: (entry) => ({ ...stdioFields(entry, prefixed, 'few'), disabled: false }),
    },
    token: FROM_ENVIRONMENT,
    check: 'the MCP view of the Roo Code pane lists it with its tools',
  },
  {
    name: 'continue',
    title: 'Continue',
    source: 'https://docs.continue.dev/customize/deep-dives/mcp',
    checked: '2026-11-26',
    file: {
      format: 'yaml',
      project: ({ name }) => `.continue/mcpServers/${name}.yaml`,
      servers: [],
      fields: (entry) => ({
        name: entry.name,
        version: '0.0.1',
        schema: 'v1',
        mcpServers: [
          {
            name: entry.name,
            type: 'stdio',
            ...stdioFields(entry, (name) => `\${{ secrets.${name} }}`, 'few'),
          },
        ],
      }),
    },
    token:
      'The token is one of Continue’s secrets: TOADO_API_TOKEN in ~/.continue/.env, or in the .env of your workspace (ignored by git).',
    check: 'the tools icon in agent mode lists the server’s tools',
  },
  {
    name: 'kiro',
    title: 'Kiro',
    source: 'https://kiro.dev/docs/mcp/configuration',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ home }) => join(home, '.kiro', 'settings', 'mcp.json'),
      project: '.kiro/settings/mcp.json',
      servers: ['mcpServers'],
      fields: (entry) => ({ ...stdioFields(entry, braces, 'few'), disabled: false }),
    },
    token:
      'Kiro fills in only variables that you approve: add TOADO_API_TOKEN to "Mcp Approved Env Vars" in its settings.',
    check: 'the MCP Servers view of the Kiro pane',
  },
  {
    name: 'windsurf',
    title: 'Devin Desktop (formerly Windsurf)',
    source: 'https://docs.devin.ai/desktop/cascade/mcp',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ home }) => join(home, '.codeium', 'windsurf', 'mcp_config.json'),
      servers: ['mcpServers'],
      fields: (entry) => stdioFields(entry, prefixed),
    },
    token: FROM_ENVIRONMENT,
    check: 'the MCPs icon of the agent’s panel lists the server; press refresh after a change',
  },
  {
    name: 'junie',
    title: 'JetBrains (Junie, AI Assistant)',
    source: 'https://junie.jetbrains.com/docs/junie-cli-mcp-configuration.html',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ home }) => join(home, '.junie', 'mcp', 'mcp.json'),
      project: '.junie/mcp/mcp.json',
      servers: ['mcpServers'],
      fields: (entry) => stdioFields(entry, undefined, 'few'),
    },
    token: `${IN_FILE} AI Assistant takes the same JSON under Settings › Tools › AI Assistant › Model Context Protocol.`,
    check: 'Settings › Tools › Junie › MCP Settings',
  },
  {
    name: 'antigravity',
    title: 'Google Antigravity',
    source: 'https://antigravity.google/docs/mcp',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ home }) => join(home, '.gemini', 'config', 'mcp_config.json'),
      servers: ['mcpServers'],
      fields: (entry) => stdioFields(entry, undefined, 'few'),
    },
    token: `${IN_FILE} Earlier versions read ~/.gemini/antigravity/mcp_config.json.`,
    check: 'Manage MCP Servers in the agent panel’s menu',
  },
];
