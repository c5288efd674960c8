/** The MCP side: answers the protocol's requests from the catalogue and the session, for one client connection. */
import {
  McpServer,
  type Tool as McpTool,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { KNOWN_WITHIN_MS } from '../access/grant.ts';
import { didYouMean } from '../base/nearest.ts';
import { version } from '../base/version.ts';
import type { Session } from '../session/session.ts';
import type { Tool } from '../tool-kit/define-tool.ts';
import { callTool, type Progress } from './call-tool.ts';
import type { Ongoing } from './calls-in-flight.ts';
import { offerCompletion } from './completion.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { wireTool } from './list-tools.ts';
import { offerPrompts } from './prompts.ts';
import { offerResources } from './resources.ts';

export function createServer(session: Session, catalogue: readonly Tool[], ongoing: Ongoing): McpServer {
  const mcp = new McpServer(
    {
      name: 'toado',
      title: 'Toado',
      version,
      websiteUrl: 'https://toado.dev',
    },
    {
      capabilities: {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { listChanged: true },
        completions: {},
      },
      instructions: INSTRUCTIONS,
    },
  );
  // The catalogue is gated anew on every request, so the SDK's registry of fixed tools is not used.
  const { server } = mcp;
  const tools = new Map(catalogue.map((tool) => [tool.name, tool]));
  const { pins, structured } = session.settings;
  const fixed = Object.entries(pins)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);

  server.setRequestHandler('tools/list', async (_request, ctx) => {
    await session.grant.settled(KNOWN_WITHIN_MS, ctx.mcpReq.signal);
    const { offered } = session.access();
    return { tools: offered.map((name) => wireTool(tools.get(name)!, fixed, structured)) as McpTool[] };
  });

  server.setRequestHandler('tools/call', async ({ params }, ctx) => {
    const tool = tools.get(params.name);
    if (!tool) {
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        `There is no tool of that name.${didYouMean(params.name, [...tools.keys()])} tools/list names them all.`,
      );
    }
    return ongoing.run(tool, ctx.mcpReq.signal, (life) =>
      callTool(session, tool, params.arguments ?? {}, life, progressOf(ctx)),
    );
  });

  offerPrompts(mcp, session);
  offerResources(mcp, session);
  offerCompletion(mcp, session);

  session.onAccessChange(() => {
    if (!server.transport) return;
    // Prompts and resources follow from the tools.
    void server.sendToolListChanged().catch(() => {});
    void server.sendPromptListChanged().catch(() => {});
    void server.sendResourceListChanged().catch(() => {});
  });
  return mcp;
}

function progressOf({ mcpReq }: ServerContext): Progress {
  const token = mcpReq._meta?.progressToken;
  if (token === undefined) return () => {};
  let last = -1;
  return (done, total, message) => {
    // MCP wants each notification to say more than the one before.
    last = done > last ? done : last + 0.001;
    void mcpReq
      .notify({
        method: 'notifications/progress',
        params: { progressToken: token, progress: last, total, message },
      })
      .catch(() => {});
  };
}
