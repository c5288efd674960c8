/** An MCP client that is connected to a run's server, as an agent of one's own making uses it. */
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { version } from '../../base/version.ts';
import type { Script } from '../scenario/schema.ts';
import type { ServerEntry } from './workspace.ts';

export interface AgentTool {
  name: string;
  description?: string | undefined;
  inputSchema: Record<string, unknown>;
}

export interface ToolAnswer {
  text: string;
  isError: boolean;
  content: readonly Record<string, unknown>[];
}

/** What an agent module's `run` gets. */
export interface AgentInput {
  prompt: string;
  tools: readonly AgentTool[];
  instructions: string;
  call(tool: string, args?: Record<string, unknown>): Promise<ToolAnswer>;
  signal: AbortSignal;
}

/** Returns the answer to the person. */
export type AgentFunction = (input: AgentInput) => Promise<string>;

export async function runConnected(
  run: AgentFunction,
  { command, args, env }: ServerEntry,
  prompt: string,
  signal: AbortSignal,
): Promise<string> {
  const client = new Client({ name: 'toado-experiment', version });
  const inherited = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
  const transport = new StdioClientTransport({
    command,
    args,
    env: { ...inherited, ...env },
    stderr: 'ignore',
  });
  // Who doesn't listen to the signal loses the connection: its server doesn't stay behind.
  signal.addEventListener('abort', () => void client.close().catch(() => {}), { once: true });
  await client.connect(transport);
  try {
    const { tools } = await client.listTools();
    return await run({
      prompt,
      signal,
      tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
      instructions: client.getInstructions() ?? '',
      call: async (name, given = {}) => {
        const result = await client.callTool({ name, arguments: given }, { signal });
        const content = result.content as readonly Record<string, unknown>[];
        return {
          content,
          isError: result.isError === true,
          text: content.flatMap(({ text }) => (typeof text === 'string' ? text : [])).join('\n'),
        };
      },
    });
  } finally {
    await client.close();
  }
}

/** An agent that follows a script, whatever comes back. */
export function scripted({ calls, answer }: Script): AgentFunction {
  return async ({ call }) => {
    // A tool that isn't offered is a protocol error; who follows a script goes on.
    for (const { tool, arguments: given } of calls) await call(tool, given).catch(() => {});
    return answer;
  };
}
