/**
 * The opening (src/mcp/opening/opening.ts) against the SDK: both serve the same lists over streams and hear the same lines. What
 * they say has to be the same, in the same order.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  McpServer,
  ProtocolError,
  type ServerContext,
  SUPPORTED_PROTOCOL_VERSIONS,
  type Transport,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { beforeAll, expect, test } from 'vitest';
import { Failure } from '../../../src/base/failure.ts';
import { toRpcError } from '../../../src/mcp/calls/failures.ts';
import type { Lists } from '../../../src/mcp/opening/lists.ts';
import { Connection } from '../../../src/mcp/opening/opening.ts';
import { INSTRUCTIONS } from '../../../src/mcp/protocol/instructions.ts';
import {
  CAPABILITIES,
  DISCOVER_REVISIONS,
  INITIALIZE_REVISIONS,
  SERVER_INFO,
} from '../../../src/mcp/protocol/protocol.ts';
import { StdioTransport } from '../../../src/mcp/transport/stdio-transport.ts';
import { Redactor } from '../../../src/respond/redact.ts';

type Line = Record<string, unknown> | unknown[] | string;

const SLOW_MS = 40;

const LISTS: Lists = {
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

type Handler = (request: { params?: Record<string, unknown> }, context: ServerContext) => Promise<unknown>;

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

interface Served {
  listsChanged(): void;
  close(): Promise<void>;
}

type Serve = (transport: Transport) => Served;

const bySdk: Serve = (transport) => {
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

const byOpening: Serve = (transport) =>
  new Connection({
    transport,
    lists: LISTS,
    changed: () => ['tools', 'prompts', 'resources'],
    instructions: INSTRUCTIONS,
    takeOver: async (relay) => bySdk(relay),
  });

/** A step waits until nothing more is said. */
const STEP = '(wait)';
const CHANGE = '(the list changes)';

async function heard(serve: Serve, lines: Line[]): Promise<unknown[]> {
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

const request = (id: unknown, method: string, params?: unknown) => ({ jsonrpc: '2.0', id, method, params });
const notification = (method: string, params?: unknown) => ({ jsonrpc: '2.0', method, params });
const client = { name: 'a client', version: '1' };
const initialize = (more: Record<string, unknown> = {}, id: unknown = 0) =>
  request(id, 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: client,
    ...more,
  });
const initialized = notification('notifications/initialized');
const call = (id: unknown, params: Record<string, unknown>) => request(id, 'tools/call', params);
const echo = (id: unknown) => call(id, { name: 'echo', arguments: { id } });
const PROMPT = { name: 'write' };
/** Plain ones, before and after whatever is in question. Without the first wait the SDK answers errors sooner. */
const around = (...odd: Line[]): Line[] => [
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

const MODERN_ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': client,
  'io.modelcontextprotocol/clientCapabilities': {},
};

const modern = (id: unknown, method: string, params: Record<string, unknown> = {}) =>
  request(id, method, { _meta: MODERN_ENVELOPE, ...params });
/** A list and a call of the 2026 revision. */
const modernly = (id: number) => [
  modern(id, 'tools/list'),
  modern(id + 1, 'tools/call', { name: 'echo', arguments: { id } }),
];

const ABILITIES: unknown[] = [
  { roots: { listChanged: true }, sampling: {}, elicitation: {} },
  { elicitation: { form: {}, url: {} } },
  { roots: { listChanged: 'yes' } },
  { roots: { more: 1 } },
  { sampling: { tools: {} } },
  { experimental: { x: {} }, tasks: { list: {} } },
  {
    tasks: {
      list: {},
      cancel: {},
      requests: { sampling: { createMessage: {} }, elicitation: { create: {} } },
    },
  },
  { tasks: { list: true } },
  { tasks: { requests: { sampling: true } } },
  { tasks: { requests: { sampling: { createMessage: 7 } } } },
  { tools: true, prompts: true, resources: true, logging: false, roots: { listChanged: false } },
  { elicitation: { form: { applyDefaults: true } } },
  { elicitation: { form: { applyDefaults: 'yes' } } },
  { elicitation: { form: 1 } },
  { sampling: { context: {}, more: 1 } },
  { sampling: true },
  null,
  [],
  { experimental: { x: {} }, extensions: { 'io.example/ui': { mimeTypes: ['text/html'] } } },
  { experimental: { x: true } },
  { extensions: { x: [] } },
  { extensions: 'x' },
];

const CASES: Record<string, Line[]> = {
  ...Object.fromEntries(
    [...SUPPORTED_PROTOCOL_VERSIONS, '2099-01-01', '', 7].map((protocolVersion) => [
      `initialize with ${JSON.stringify(protocolVersion)}`,
      [initialize({ protocolVersion }), initialized, request(1, 'tools/list'), echo(2)],
    ]),
  ),
  ...Object.fromEntries(
    ABILITIES.map((capabilities) => [
      `a client that can ${JSON.stringify(capabilities)}`,
      [initialize({ capabilities }), initialized, echo(1)],
    ]),
  ),
  ...Object.fromEntries(
    [
      { ...client, title: 'A', description: 'B', websiteUrl: 'https://c.example' },
      { ...client, icons: [{ src: 'https://c.example/i.png' }] },
      { ...client, websiteUrl: 7 },
      { ...client, more: 1 },
      { name: 'a client' },
      undefined,
    ].map((clientInfo) => [
      `a client that is ${JSON.stringify(clientInfo)}`,
      [initialize({ clientInfo }), initialized, echo(1)],
    ]),
  ),
  ...Object.fromEntries(
    [
      request(1, 'ping'),
      request(1, 'tools/list'),
      echo(1),
      initialized,
      { jsonrpc: '2.0', id: 1, result: {} },
    ].map((first) => [`before initialize: ${JSON.stringify(first)}`, [first, STEP, ...around()]]),
  ),
  ...Object.fromEntries(
    [
      request(2, 'ping'),
      request(2, 'ping', {}),
      request(2, 'ping', { more: 1 }),
      request(2, 'ping', []),
      request(2, 'tools/list', {}),
      request(2, 'tools/list', { cursor: 'x' }),
      request(2, 'tools/list', { cursor: 7 }),
      request(2, 'tools/list', { _meta: { progressToken: 'p' } }),
      request(2, 'prompts/list'),
      request(2, 'prompts/get', PROMPT),
      request(2, 'prompts/get', { name: 7 }),
      request(2, 'resources/list'),
      request(2, 'resources/templates/list'),
      request(2, 'resources/read', { uri: 'x://y' }),
      request(2, 'completion/complete', {}),
      request(2, 'logging/setLevel', { level: 'info' }),
      request(2, 'nothing/here'),
      request(2, 'constructor'),
      initialize({}, 2),
      call(2, { name: 'echo' }),
      call(2, { name: 'echo', arguments: null }),
      call(2, { name: 'echo', arguments: [] }),
      call(2, { name: 'echo', arguments: 'x' }),
      call(2, { arguments: {} }),
      call(2, { name: 'echo', task: { ttl: 1 } }),
      call(2, { name: 'echo', more: 1 }),
      call(2, { name: 'echo', _meta: { 'client/toolUseId': 'x', progressToken: 5 } }),
      call(2, { name: 'echo', _meta: { progressToken: {} } }),
      call(2, { name: 'echo', _meta: 'x' }),
      call(2, { name: 'echo', _meta: { 'io.modelcontextprotocol/related-task': { taskId: 'x' } } }),
      call(2, { name: 'echo', _meta: MODERN_ENVELOPE }),
      call(2, { name: 'broken' }),
      call(2, { name: 'unknown' }),
      echo('two'),
      echo(-2),
      echo(1.5),
      echo(2 ** 60),
      echo(null),
      echo(true),
      { ...echo(2), more: 1 },
      { jsonrpc: '2.0', id: 2, method: 7 },
      { jsonrpc: '2.0', id: 2 },
      { jsonrpc: '2.0', id: 2, result: {} },
      { jsonrpc: '2.0', id: 2, error: { code: 1, message: 'x' } },
      { id: 2, method: 'ping' },
      [echo(2)],
      '{"jsonrpc":',
      notification('notifications/roots/list_changed'),
      notification('notifications/initialized', { more: 1 }),
      notification('notifications/nothing'),
      notification('notifications/cancelled'),
      notification('notifications/cancelled', { requestId: 77 }),
      notification('notifications/cancelled', { requestId: {} }),
      notification('notifications/progress', { progressToken: 1, progress: 1 }),
    ].map((odd) => [`among plain ones: ${JSON.stringify(odd)}`, around(odd)]),
  ),
  'a list is cancelled': [
    initialize(),
    initialized,
    request(2, 'resources/list'),
    notification('notifications/cancelled', { requestId: 2 }),
    STEP,
    ...around().slice(3),
  ],
  'a list is under way when the connection is handed over': [
    initialize(),
    initialized,
    request(2, 'resources/list'),
    STEP,
    ...around().slice(3),
    STEP,
    request(3, 'resources/list'),
  ],
  'a list is cancelled after the connection was handed over': [
    initialize(),
    initialized,
    request(2, 'resources/list'),
    request(3, 'prompts/get', PROMPT),
    notification('notifications/cancelled', { requestId: 2 }),
    STEP,
    echo(4),
  ],
  'a call is cancelled': around(
    call(2, { name: 'slow' }),
    notification('notifications/cancelled', { requestId: 2, reason: 'enough' }),
  ),
  'a call is cancelled in other words': around(
    call(2, { name: 'slow' }),
    notification('notifications/cancelled', { requestId: 2, _meta: { 'a client/x': 1 }, more: 1 }),
  ),
  'a call is cancelled after the connection was handed over': around(
    call(2, { name: 'slow' }),
    request(3, 'prompts/get', PROMPT),
    notification('notifications/cancelled', { requestId: 2 }),
  ),
  'a call is under way when the connection is handed over': around(
    call(2, { name: 'slow', _meta: { progressToken: 2 } }),
    request(3, 'prompts/get', PROMPT),
    echo(4),
    request(5, 'prompts/get', PROMPT),
  ),
  'the list changes': [CHANGE, ...around(STEP, CHANGE)],
  'the list changes after the connection was handed over': around(
    request(3, 'prompts/get', PROMPT),
    STEP,
    CHANGE,
  ),
  'an id is used again': around(echo(1), call(2, { name: 'slow' }), call(2, { name: 'echo' })),
  'initialize has the id of a later call': [initialize({}, 1), initialized, ...around().slice(3)],
  ...Object.fromEntries(
    [
      modern(2, 'server/discover'),
      modern(2, 'tools/list'),
      modern(2, 'tools/list', { cursor: 'x' }),
      modern(2, 'prompts/list'),
      modern(2, 'prompts/get', PROMPT),
      modern(2, 'resources/list'),
      modern(2, 'resources/templates/list'),
      modern(2, 'ping'),
      modern(2, 'tools/call', { name: 'echo' }),
      modern(2, 'tools/call', { name: 'broken' }),
      modern(2, 'tools/call', { name: 'unknown' }),
      modern(2, 'tools/call', { name: 7 }),
      modern(2, 'tools/call', { name: 'echo', _meta: { ...MODERN_ENVELOPE, progressToken: 3 } }),
      modern(2, 'tools/call', { name: 'echo', _meta: { ...MODERN_ENVELOPE, 'a client/x': 3 } }),
      modern(2, 'subscriptions/listen', { notifications: { toolsListChanged: true } }),
      modern(2, 'nothing/here'),
      request(2, 'tools/list'),
      notification('notifications/cancelled', { requestId: 77 }),
      notification('notifications/initialized'),
      initialize({}, 2),
    ].flatMap((odd): [string, Line[]][] => [
      [`2026, first: ${JSON.stringify(odd)}`, [odd, STEP, ...modernly(3), STEP]],
      [
        `2026, after a look: ${JSON.stringify(odd)}`,
        [modern(1, 'server/discover'), STEP, odd, STEP, ...modernly(3)],
      ],
      [
        `2026, among plain ones: ${JSON.stringify(odd)}`,
        [...modernly(10), STEP, odd, ...modernly(3), STEP, CHANGE],
      ],
    ]),
  ),
  ...Object.fromEntries(
    ABILITIES.map((able) => {
      const _meta = { ...MODERN_ENVELOPE, 'io.modelcontextprotocol/clientCapabilities': able };
      const lines = [
        modern(1, 'server/discover', { _meta }),
        modern(2, 'tools/list', { _meta }),
        ...modernly(3),
      ];
      return [`2026: a client that can ${JSON.stringify(able)}`, lines];
    }),
  ),
  '2026: a call is cancelled': [
    ...modernly(10),
    modern(2, 'tools/call', { name: 'slow' }),
    notification('notifications/cancelled', { requestId: 2 }),
    ...modernly(3),
  ],
  '2026: a call is under way when the connection is handed over': [
    ...modernly(10),
    modern(2, 'tools/call', { name: 'slow' }),
    modern(5, 'prompts/get', PROMPT),
    ...modernly(3),
  ],
  '2026: another version of it': [
    modern(1, 'server/discover', {
      _meta: { ...MODERN_ENVELOPE, 'io.modelcontextprotocol/protocolVersion': '2027-01-01' },
    }),
    ...modernly(3),
  ],
  '2026: a look, then the handshake of 2025': [
    modern(1, 'server/discover'),
    STEP,
    initialize({}, 2),
    initialized,
    echo(3),
  ],
};

/** As many as a machine that is busy keeps apart: nearly all of their time they wait. */
const AT_ONCE = 24;

/** What both say to every case, played side by side before the tests look at it. */
const played = new Map<string, [ours: unknown[], theirs: unknown[]]>();

beforeAll(async () => {
  const cases = Object.entries(CASES);
  const lane = async () => {
    for (let next = cases.shift(); next; next = cases.shift()) {
      const [what, lines] = next;
      played.set(what, await Promise.all([heard(byOpening, lines), heard(bySdk, lines)]));
    }
  };
  // Each transport listens for the end of the process.
  const before = process.getMaxListeners();
  process.setMaxListeners(before + 2 * AT_ONCE);
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  process.setMaxListeners(before);
}, 60_000);

test.each(Object.keys(CASES))('%s', (what) => {
  const [ours, theirs] = played.get(what)!;
  expect(ours).toEqual(theirs);
  expect(theirs.length).toBeGreaterThan(0);
});

interface Recording {
  client: string;
  /** Recorded from the client itself, or written after its sources. */
  source: string;
  messages: Record<string, unknown>[];
}

const folder = new URL('recorded/', import.meta.url);
for (const name of readdirSync(folder)) {
  const { client, messages } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Recording;
  test.concurrent(`the opening of ${client} is answered without the SDK, and as the SDK would`, async () => {
    const alone: Serve = (transport) =>
      new Connection({
        transport,
        lists: LISTS,
        changed: () => [],
        instructions: INSTRUCTIONS,
        takeOver: () => expect.fail('the SDK was asked for'),
      });
    // Each answer is waited for, as clients do.
    const lines = messages.flatMap((message) => [message, STEP]);
    const [ours, theirs] = await Promise.all([heard(alone, lines), heard(bySdk, lines)]);
    expect(ours).toEqual(theirs);
    expect(ours.length).toBe(messages.filter((message) => 'id' in message).length);
  });
}

test('the revisions are those that the SDK knows', () => {
  expect(INITIALIZE_REVISIONS).toEqual(SUPPORTED_PROTOCOL_VERSIONS);
});

test('the revisions that begin with a look are those that the SDK knows', async () => {
  const [said] = await heard(bySdk, [modern(1, 'server/discover')]);
  expect(said).toMatchObject({ result: { supportedVersions: DISCOVER_REVISIONS } });
});
