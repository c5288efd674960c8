/** Programs to chat with. */
import { join } from 'node:path';
import type { Client } from '../client.ts';
import { stdioFields } from '../client-entry.ts';

const IN_FILE =
  'This program can’t look the token up elsewhere: put it in place of tok_PASTE_YOURS_HERE, or name a file that holds it with TOADO_API_TOKEN_FILE instead.';

export const desktopApps: readonly Client[] = [
  {
    name: 'claude-desktop',
    title: 'Claude Desktop',
    source: 'https://modelcontextprotocol.io/docs/develop/connect-local-servers',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ platform, home, appData }) => {
        if (platform === 'darwin')
          return join(home, 'Library', 'Application Support', 'Claude', 'claude_desktop_config.json');
        return platform === 'win32' ? join(appData, 'Claude', 'claude_desktop_config.json') : undefined;
      },
      servers: ['mcpServers'],
      fields: (entry) => stdioFields(entry, undefined, 'few'),
    },
    token: `${IN_FILE} The bundle (\`npm run mcpb\`) asks for the token instead and keeps it in the system’s keychain.`,
    check: 'quit and start Claude Desktop; the server is listed under Settings › Developer',
  },
  {
    name: 'lm-studio',
    title: 'LM Studio',
    source: 'https://lmstudio.ai/docs/app/mcp',
    checked: '2026-11-26',
    file: {
      format: 'json',
      user: ({ home }) => join(home, '.lmstudio', 'mcp.json'),
      servers: ['mcpServers'],
      fields: (entry) => stdioFields(entry, undefined, 'few'),
    },
    link: (entry) => {
      const config = Buffer.from(JSON.stringify(stdioFields(entry, undefined, 'few'))).toString('base64');
      return `lmstudio://add_mcp?name=${encodeURIComponent(entry.name)}&config=${encodeURIComponent(config)}`;
    },
    token: IN_FILE,
    check: 'the Program tab of the right-hand sidebar',
  },
  {
    name: 'raycast',
    title: 'Raycast',
    source: 'https://manual.raycast.com/ai/model-context-protocol',
    checked: '2026-11-26',
    form: {
      says: 'Copy this, then run "Install MCP Server" in Raycast, which fills its form from it',
      text: (entry) =>
        JSON.stringify({ mcpServers: { [entry.name]: stdioFields(entry, undefined, 'few') } }, null, 2),
    },
    link: (entry) => {
      const server = { name: entry.name, type: 'stdio', ...stdioFields(entry, undefined, 'few') };
      return `raycast://mcp/install?${encodeURIComponent(JSON.stringify(server))}`;
    },
    token: IN_FILE,
    check: '"Manage MCP Servers" in Raycast',
  },
];
