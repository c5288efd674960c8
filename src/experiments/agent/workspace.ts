/** What the agent of a run is given: a folder of its own, its prompt, and an MCP configuration with an address and a token. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programFile } from '../base/program-file.ts';
import type { AgentAccess } from '../sandbox/process.ts';

export interface Place {
  prompt: string;
  promptFile: string;
  mcpConfig: string;
  /** What `experiments mcp --settings` takes, for hosts that are given a command line alone. */
  settings: string;
  /** Empty, and the agent's. */
  workdir: string;
  server: ServerEntry;
  remove(): void;
}

/** How an MCP client starts the server. */
export interface ServerEntry {
  command: string;
  args: string[];
  env: Record<string, string>;
}

export function serverEntry({ apiUrl, token, recorder }: AgentAccess): ServerEntry {
  return {
    command: process.execPath,
    args: [programFile(), 'experiments', 'mcp'],
    env: { TOADO_API_URL: apiUrl, TOADO_API_TOKEN: token, TOADO_EXPERIMENT_RECORDER: recorder },
  };
}

export function makePlace(prompt: string, access: AgentAccess): Place {
  const folder = mkdtempSync(join(tmpdir(), 'toado-agent-'));
  const workdir = join(folder, 'work');
  mkdirSync(workdir);
  const promptFile = join(folder, 'prompt.md');
  writeFileSync(promptFile, prompt);
  const mcpConfig = join(folder, 'mcp.json');
  const server = serverEntry(access);
  writeFileSync(mcpConfig, JSON.stringify({ mcpServers: { toado: server } }, null, 2), { mode: 0o600 });
  const settings = join(folder, 'server.json');
  writeFileSync(settings, JSON.stringify(access), { mode: 0o600 });
  return {
    prompt,
    promptFile,
    mcpConfig,
    settings,
    workdir,
    server,
    remove: () => {
      try {
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      } catch {
        // What another user left in it is theirs.
      }
    },
  };
}
