// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the places are filled in by the clients that read these.
/** The manifests by which registries and clients know this server. All are made from package.json and the settings. */

import manifest from '../package.json' with { type: 'json' };
import { TOKENS_PAGE } from '../src/base/tokens-page.ts';
import { catalogue } from '../src/catalogue/index.ts';
import { VARIABLES, type Variable } from '../src/settings/variables.ts';

const { name, version, license, mcpName } = manifest;
const DESCRIPTION = 'Toado tickets for AI agents, with exactly the tools that the API token permits.';
const AUTHOR = { name: 'The toado-mcp contributors' };
const WEBSITE = 'https://toado.dev';
/** The plugin brings the server along: the build puts it there. */
const IN_PLUGIN = { command: 'node', args: ['${CLAUDE_PLUGIN_ROOT}/server/main.js'] };

/** For the MCP registry. */
export function serverJson() {
  return {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: mcpName,
    title: 'Toado',
    description: DESCRIPTION,
    version,
    websiteUrl: WEBSITE,
    packages: [
      {
        registryType: 'npm',
        identifier: name,
        version,
        runtimeHint: 'npx',
        transport: { type: 'stdio' },
        environmentVariables: (VARIABLES as readonly Variable[]).map((variable) => ({
          name: variable.name,
          description: variable.meaning,
          // Either the token or its file is needed, which the format can't say.
          isRequired: variable.name === 'TOADO_API_TOKEN',
          isSecret: variable.name === 'TOADO_API_TOKEN',
          format: formatOf(variable),
        })),
      },
    ],
  };
}

function formatOf({ name, flag, value }: Variable): 'string' | 'filepath' | 'boolean' | 'number' {
  if (name.endsWith('_FILE') || value === 'file' || value === 'folder') return 'filepath';
  if (flag && !value) return 'boolean';
  return value === 'n' ? 'number' : 'string';
}

/** For Claude Desktop's bundles. What goes into one: scripts/mcpb.ts. */
export function mcpbManifest() {
  return {
    manifest_version: '0.3',
    name,
    display_name: 'Toado',
    version,
    description: DESCRIPTION,
    long_description:
      'Reads, comments on, writes and assigns Toado tickets, as far as the scopes of the API token go. The bundle holds no native parts, so it runs on every system: the local sandbox is not in it, and a picture that would have to be scaled down comes as its address.',
    author: AUTHOR,
    homepage: WEBSITE,
    license,
    server: {
      type: 'node',
      entry_point: 'server/main.js',
      mcp_config: {
        command: 'node',
        args: ['${__dirname}/server/main.js'],
        env: {
          TOADO_API_TOKEN: '${user_config.api_token}',
          TOADO_READ_ONLY: '${user_config.read_only}',
        },
      },
    },
    tools: catalogue.map((tool) => ({ name: tool.name, description: tool.title })),
    user_config: {
      api_token: {
        type: 'string',
        title: 'API token',
        description: `From Toado: ${TOKENS_PAGE}. It starts with tok_.`,
        sensitive: true,
        required: true,
      },
      read_only: {
        type: 'boolean',
        title: 'Read only',
        description: 'Offer only the tools that change nothing.',
        default: false,
        required: false,
      },
    },
    compatibility: {
      platforms: ['darwin', 'win32', 'linux'],
      runtimes: { node: manifest.engines.node },
    },
  };
}

/** For Claude Code: the plugin, its server, and the marketplace that this repository is. */
const plugin = {
  name: 'toado',
  version,
  description: 'Toado tickets in Claude Code: the MCP server and a skill for triage.',
  author: AUTHOR,
  license,
};

export const files: Record<string, () => unknown> = {
  'server.json': serverJson,
  'plugin/.claude-plugin/plugin.json': () => plugin,
  'plugin/.mcp.json': () => ({
    mcpServers: { toado: { ...IN_PLUGIN, env: { TOADO_API_TOKEN: '${TOADO_API_TOKEN}' } } },
  }),
  '.claude-plugin/marketplace.json': () => ({
    name: 'toado',
    description: 'Toado for Claude Code.',
    owner: AUTHOR,
    plugins: [{ ...plugin, source: './plugin' }],
  }),
};

export function manifestText(path: string): string {
  return `${JSON.stringify(files[path]!(), null, 2)}\n`;
}
