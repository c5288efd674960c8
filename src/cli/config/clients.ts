/** The clients, and what each wants to be given. `toado-mcp config` and docs/clients.md both come from here. */
import { type Entry, json, shellLine, stdioFields, TOKEN_PLACE, TOKEN_VARIABLE } from './entry.ts';

export interface Part {
  /** What to do with the text. */
  says: string;
  language: 'sh' | 'json' | 'toml' | 'yaml' | 'text';
  text: string;
}

export interface Client {
  name: string;
  title: string;
  /** Ways to install it; any one of them is enough. */
  parts: (entry: Entry) => Part[];
  /** Where the token comes from in this client. */
  token: string;
  /** How to see that it works. */
  check: string;
}

const FROM_ENVIRONMENT = `The token stays in the environment variable ${TOKEN_VARIABLE} of whatever starts the client.`;
const IN_FILE = `This client can't look the token up elsewhere: put it in place of ${TOKEN_PLACE}, or name a file that holds it with TOADO_API_TOKEN_FILE instead.`;

const VSCODE_INPUT = 'toado-token';

function mcpServers(entry: Entry, fields: object): string {
  return json({ mcpServers: { [entry.name]: fields } });
}

export const clients: readonly Client[] = [
  {
    name: 'claude-code',
    title: 'Claude Code',
    parts: (entry) => [
      {
        says: 'Run',
        language: 'sh',
        text: shellLine([
          ...['claude', 'mcp', 'add', entry.name, '--scope', 'user'],
          ...(entry.needsToken ? ['--env', `${TOKEN_VARIABLE}=\${${TOKEN_VARIABLE}}`] : []),
          ...['--', entry.command, ...entry.args],
        ]),
      },
      {
        says: 'or, for one project and everybody who works on it, put into its .mcp.json',
        language: 'json',
        text: mcpServers(entry, stdioFields(entry, `\${${TOKEN_VARIABLE}}`)),
      },
    ],
    token: FROM_ENVIRONMENT,
    check: '`claude mcp list`, or /mcp in a session',
  },
  {
    name: 'claude-desktop',
    title: 'Claude Desktop',
    parts: (entry) => [
      {
        says: 'Settings › Developer › Edit Config opens claude_desktop_config.json; put into it',
        language: 'json',
        text: mcpServers(entry, stdioFields(entry, TOKEN_PLACE)),
      },
    ],
    token: `${IN_FILE} The bundle (\`npm run mcpb\`) asks for the token instead and keeps it in the system's keychain.`,
    check: 'quit and start Claude Desktop; the server is listed under Settings › Developer',
  },
  {
    name: 'cursor',
    title: 'Cursor',
    parts: (entry) => {
      const fields = stdioFields(entry, `\${env:${TOKEN_VARIABLE}}`);
      const config = encodeURIComponent(Buffer.from(JSON.stringify(fields)).toString('base64'));
      return [
        {
          says: 'Put into ~/.cursor/mcp.json (or .cursor/mcp.json of one project)',
          language: 'json',
          text: mcpServers(entry, fields),
        },
        {
          says: 'or open this address, which adds the same',
          language: 'text',
          text: `cursor://anysphere.cursor-deeplink/mcp/install?name=${entry.name}&config=${config}`,
        },
      ];
    },
    token: FROM_ENVIRONMENT,
    check: 'Cursor Settings › MCP shows the server with its tools',
  },
  {
    name: 'vscode',
    title: 'VS Code',
    parts: (entry) => [
      {
        says: 'Put into .vscode/mcp.json (or the file that "MCP: Open User Configuration" opens)',
        language: 'json',
        text: json({
          ...(entry.needsToken && {
            inputs: [
              { type: 'promptString', id: VSCODE_INPUT, description: 'Toado API token', password: true },
            ],
          }),
          servers: { [entry.name]: { type: 'stdio', ...stdioFields(entry, `\${input:${VSCODE_INPUT}}`) } },
        }),
      },
      ...(entry.needsToken
        ? []
        : [
            {
              says: 'or run',
              language: 'sh' as const,
              text: shellLine([
                'code',
                '--add-mcp',
                JSON.stringify({ name: entry.name, command: entry.command, args: entry.args }),
              ]),
            },
          ]),
    ],
    token: 'VS Code asks for the token once and keeps it in its secret store.',
    check: '"MCP: List Servers" in the command palette',
  },
  {
    name: 'codex',
    title: 'Codex',
    parts: (entry) => [
      {
        says: 'Put into ~/.codex/config.toml',
        language: 'toml',
        text: [
          `[mcp_servers.${entry.name}]`,
          `command = ${JSON.stringify(entry.command)}`,
          `args = ${JSON.stringify(entry.args)}`,
          ...(entry.needsToken ? [`env_vars = ["${TOKEN_VARIABLE}"]`] : []),
        ].join('\n'),
      },
      ...(entry.needsToken
        ? []
        : [
            {
              says: 'or run',
              language: 'sh' as const,
              text: shellLine(['codex', 'mcp', 'add', entry.name, '--', entry.command, ...entry.args]),
            },
          ]),
    ],
    token: `${FROM_ENVIRONMENT} Codex hands servers only the variables that env_vars names.`,
    check: '`codex mcp list`, or /mcp in a session',
  },
  {
    name: 'gemini',
    title: 'Gemini CLI',
    parts: (entry) => [
      {
        says: 'Put into ~/.gemini/settings.json (or .gemini/settings.json of one project)',
        language: 'json',
        text: mcpServers(entry, stdioFields(entry, `$${TOKEN_VARIABLE}`)),
      },
    ],
    token: `${FROM_ENVIRONMENT} Gemini CLI keeps variables that look like secrets from servers, except those that env names.`,
    check: '`gemini mcp list`, or /mcp in a session',
  },
  {
    name: 'zed',
    title: 'Zed',
    parts: (entry) => [
      {
        says: 'Put into Zed’s settings.json ("zed: open settings file")',
        language: 'json',
        text: json({ context_servers: { [entry.name]: stdioFields(entry, TOKEN_PLACE) } }),
      },
    ],
    token: IN_FILE,
    check: 'the Agent panel’s settings show a green dot beside the server',
  },
  {
    name: 'cline',
    title: 'Cline',
    parts: (entry) => [
      {
        says: 'MCP Servers › Configure MCP Servers opens cline_mcp_settings.json; put into it',
        language: 'json',
        text: mcpServers(entry, { ...stdioFields(entry, TOKEN_PLACE), disabled: false, autoApprove: [] }),
      },
    ],
    token: IN_FILE,
    check: 'MCP Servers › Installed lists it with its tools',
  },
  {
    name: 'continue',
    title: 'Continue',
    parts: (entry) => [
      {
        says: `Save as .continue/mcpServers/${entry.name}.yaml in your workspace`,
        language: 'yaml',
        text: [
          `name: ${entry.name}`,
          'version: 0.0.1',
          'schema: v1',
          'mcpServers:',
          `  - name: ${entry.name}`,
          '    type: stdio',
          `    command: ${JSON.stringify(entry.command)}`,
          '    args:',
          ...entry.args.map((arg) => `      - ${JSON.stringify(arg)}`),
          ...(entry.needsToken
            ? ['    env:', `      ${TOKEN_VARIABLE}: \${{ secrets.${TOKEN_VARIABLE} }}`]
            : []),
        ].join('\n'),
      },
    ],
    token: `The token is one of Continue's secrets: ${TOKEN_VARIABLE} in ~/.continue/.env, or in the .env of your workspace (ignored by git).`,
    check: 'the tools icon in agent mode lists the server’s tools',
  },
  {
    name: 'goose',
    title: 'goose',
    parts: (entry) => [
      {
        says: 'Put into ~/.config/goose/config.yaml, under extensions',
        language: 'yaml',
        text: [
          'extensions:',
          `  ${entry.name}:`,
          `    name: ${entry.name}`,
          '    description: Toado tickets',
          '    type: stdio',
          '    enabled: true',
          `    cmd: ${JSON.stringify(entry.command)}`,
          `    args: ${JSON.stringify(entry.args)}`,
          ...(entry.needsToken ? [`    env_keys: ["${TOKEN_VARIABLE}"]`] : []),
          '    timeout: 60',
        ].join('\n'),
      },
    ],
    token: `goose takes the token from its keyring or from the environment variable ${TOKEN_VARIABLE}.`,
    check: '`goose info -v`, or the Extensions page of goose Desktop',
  },
  {
    name: 'windsurf',
    title: 'Windsurf',
    parts: (entry) => [
      {
        says: 'Put into ~/.codeium/windsurf/mcp_config.json',
        language: 'json',
        text: mcpServers(entry, stdioFields(entry, `\${env:${TOKEN_VARIABLE}}`)),
      },
    ],
    token: FROM_ENVIRONMENT,
    check: 'the MCPs icon of the Cascade panel lists the server; press refresh after a change',
  },
];
