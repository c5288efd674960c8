import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { McpServer, ProtocolError, type ServerContext, type Transport } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { Failure } from '../../../src/base/failure.ts';
import { toRpcError } from '../../../src/mcp/calls/failures.ts';
import type { Lists } from '../../../src/mcp/lists/lists.ts';
import { Opening } from '../../../src/mcp/opening/opening.ts';
import { INSTRUCTIONS } from '../../../src/mcp/protocol/instructions.ts';
import { CAPABILITIES, SERVER_INFO } from '../../../src/mcp/protocol/server-info.ts';
import { StdioTransport } from '../../../src/mcp/transport/stdio-transport.ts';
import { Redactor } from '../../../src/respond/redact-token.ts';

export type Line = Record<string, unknown> | unknown[] | string;

const SLOW_MS = 40;

export const LISTS: Lists = {
  'tools/list': async () => ({ tools: [{ name: 'echo', inputSchema: { type: 'object' } }] }),
  'prompts/list': async () => ({ prompts: [{ name: 'write' }] }),
  'resources/list': async (signal) => {
    await pause(SLOW_MS);
    return { resources: [{ uri: 'x://y', name: String(signal.aborted) }] };
  },
  'resources/templates/list': async () => {
    throw new Failure('unreachable', 'Not now.', 'Later.', { outcome: 'no_answer' });
  },
};

export type Handler = (
  request: { params?: Record<string, unknown> },
  context: ServerContext,
) => Promise<unknown>;

const HANDLERS: Record<string, Handler> = {
  ...Object.fromEntries(
    Object.entries(LISTS).map(([method, list]): [string, Handler] => [
      method,
      (_request, { mcpReq }) =>
        list(mcpReq.signal).catch(async (error) => {
          const { code, message, data } = await toRpcError(error);
          throw new ProtocolError(code, message, data);
        }),
    ]),
  ),
  'prompts/get': async () => ({ messages: [{ role: 'user', content: { type: 'text', text: 'Hello' } }] }),
  'tools/call': async ({ params }, { mcpReq }) => {
    const { name, arguments: given } = params as { name: string; arguments?: Record<string, unknown> };
    const progressToken = mcpReq._meta?.progressToken;
    if (progressToken !== undefined)
      await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress: 1 } });
    if (name === 'slow') await pause(SLOW_MS);
    if (name === 'broken') throw new Error('It broke.');
    if (name === 'unknown') throw new ProtocolError(-32602, 'There is no such tool.');
    const text = JSON.stringify([given ?? 'nothing', mcpReq.signal.aborted]);
    return { content: [{ type: 'text', text }], structuredContent: { given } };
  },
};

export interface Served {
  listsChanged(): void;
  close(): Promise<void>;
}

export type Serve = (transport: Transport) => Served;

export const bySdk: Serve = (transport) => {
  let server: McpServer['server'] | undefined;
  const handle = serveStdio(
    () => {
      const mcp = new McpServer(SERVER_INFO, { capabilities: CAPABILITIES, instructions: INSTRUCTIONS });
      server = mcp.server;
      const set = server.setRequestHandler.bind(server) as (method: string, handler: unknown) => void;
      for (const [method, handler] of Object.entries(HANDLERS)) set(method, handler);
      return mcp;
    },
    { transport },
  );
  return {
    listsChanged() {
      if (!server?.transport) return;
      void server.sendToolListChanged();
      void server.sendPromptListChanged();
      void server.sendResourceListChanged();
    },
    close: () => handle.close(),
  };
};

export const byOpening: Serve = (transport) =>
  new Opening({
    transport,
    lists: LISTS,
    changed: () => ['tools', 'prompts', 'resources'],
    instructions: INSTRUCTIONS,
    takeOver: async (relay) => bySdk(relay),
  });

/** A step waits until nothing more is said. */
export const STEP = '(wait)';
export const CHANGE = '(the list changes)';

export async function heard(serve: Serve, lines: Line[]): Promise<unknown[]> {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough() };
  let text = '';
  streams.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const served = serve(new StdioTransport(new Redactor(), streams));
  for (const line of lines) {
    if (line === STEP) await pause(SLOW_MS * 3);
    else if (line === CHANGE) served.listsChanged();
    else streams.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  }
  await pause(SLOW_MS * 4);
  await served.close();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

export const request = (id: unknown, method: string, params?: unknown) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});
export const notification = (method: string, params?: unknown) => ({ jsonrpc: '2.0', method, params });
export const client = { name: 'a client', version: '1' };
export const initialize = (more: Record<string, unknown> = {}, id: unknown = 0) =>
  request(id, 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: client,
    ...more,
  });
export const initialized = notification('notifications/initialized');
export const call = (id: unknown, params: Record<string, unknown>) => request(id, 'tools/call', params);
export const echo = (id: unknown) => call(id, { name: 'echo', arguments: { id } });
export const PROMPT = { name: 'write' };
/** Plain ones, before and after whatever is in question. Without the first wait the SDK answers errors sooner. */
export const around = (...odd: Line[]): Line[] => [
  initialize(),
  STEP,
  initialized,
  echo(1),
  ...odd,
  STEP,
  echo(98),
  STEP,
  echo(99),
];

export const MODERN_ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': client,
  'io.modelcontextprotocol/clientCapabilities': {},
};

export const modern = (id: unknown, method: string, params: Record<string, unknown> = {}) =>
  request(id, method, { _meta: MODERN_ENVELOPE, ...params });
/** A list and a call of the 2026 revision. */
export const modernly = (id: number) => [
  modern(id, 'tools/list'),
  modern(id + 1, 'tools/call', { name: 'echo', arguments: { id } }),
];
