/** The SDK's server for one connection: what it answers beside the opening, from the tools' code and the session. */
import {
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
  type Transport,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { tools } from '../../../tools/index.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Session } from '../../session/session.ts';
import { callTool, type Progress } from '../calls/call-tool.ts';
import type { CallsInFlight } from '../calls/calls-in-flight.ts';
import type { ListMethod, Lists } from '../lists/lists.ts';
import type { SdkServer } from '../opening/opening.ts';
import { instructionsOf } from '../protocol/instructions.ts';
import { CAPABILITIES, SERVER_INFO } from '../protocol/server-info.ts';
import { offerCompletion } from './completion-handler.ts';
import { offerPrompts } from './prompts.ts';
import { withProtocolErrors } from './protocol-error.ts';
import { offerResources } from './resources.ts';
import { optimizeAfterFirstCalls } from './v8-flags.ts';

/** Serves the rest of a connection, its opening included, which is played to it. */
export function serveWithSdk(
  transport: Transport,
  session: Session,
  lists: Lists,
  calls: CallsInFlight,
): SdkServer {
  const servers: McpServer['server'][] = [];
  const handle = serveStdio(
    () => {
      const mcp = createServer(session, lists, calls);
      servers.push(mcp.server);
      return mcp;
    },
    { transport, onerror: (error) => session.log('debug', `protocol: ${error.message}`) },
  );
  return {
    listsChanged(changed) {
      for (const server of servers) {
        if (!server.transport) continue;
        if (changed.includes('tools')) void server.sendToolListChanged().catch(() => {});
        if (changed.includes('prompts')) void server.sendPromptListChanged().catch(() => {});
        if (changed.includes('resources')) void server.sendResourceListChanged().catch(() => {});
      }
    },
    close: () => handle.close(),
  };
}

function createServer(session: Session, lists: Lists, calls: CallsInFlight): McpServer {
  const mcp = new McpServer(SERVER_INFO, {
    capabilities: CAPABILITIES,
    instructions: instructionsOf(session.settings),
  });
  // The catalogue is gated anew on every request, so the SDK's registry of fixed tools is not used.
  const { server } = mcp;
  const setListHandler = server.setRequestHandler.bind(server) as (
    method: ListMethod,
    handler: (request: unknown, context: ServerContext) => Promise<object>,
  ) => void;
  for (const [method, list] of Object.entries(lists) as [ListMethod, Lists[ListMethod]][]) {
    setListHandler(method, (_request, { mcpReq }) =>
      withProtocolErrors(session, method, () => list(mcpReq.signal)),
    );
  }

  const toolsByName = new Map(tools.map((tool) => [tool.name, tool]));
  server.setRequestHandler('tools/call', async ({ params }, ctx) => {
    optimizeAfterFirstCalls();
    const tool = toolsByName.get(params.name);
    if (!tool) {
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        `There is no tool of that name.${didYouMean(withoutPrefix(params.name), [...toolsByName.keys()])} tools/list names them all.`,
      );
    }
    return calls.track(tool, ctx.mcpReq.signal, (life) =>
      callTool(session, tool, params.arguments ?? {}, life, progressOf(ctx)),
    );
  });

  offerPrompts(mcp, session);
  offerResources(mcp, session);
  offerCompletion(mcp, session);
  return mcp;
}

/** `mcp__toado__get_ticket`, as hosts name tools among themselves. */
function withoutPrefix(name: string): string {
  return name.slice(-100).replace(/^.*(?:__|[./:])/, '');
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
