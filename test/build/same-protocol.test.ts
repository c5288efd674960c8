/**
 * What the bundle answers in the SDK's place (build/replacements/mcp) against the SDK itself: both serve the same
 * handlers over streams, hear the same lines, and have to say the same.
 */
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { McpServer as SdkServer, SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/server';
import { serveStdio as sdkServeStdio } from '@modelcontextprotocol/server/stdio';
import { expect, test } from 'vitest';
import { type Context, McpServer, ProtocolError, type Request } from '../../build/replacements/mcp/server.ts';
import { serveStdio } from '../../build/replacements/mcp/stdio.ts';
import { StdioTransport } from '../../src/mcp/stdio-transport.ts';
import { Redactor } from '../../src/respond/redact.ts';

Object.assign(globalThis, { MCP_VERSIONS: SUPPORTED_PROTOCOL_VERSIONS });

type Line = Record<string, unknown> | unknown[] | string;

const INFO = { name: 'test', title: 'Test', version: '1.2.3', websiteUrl: 'https://example.dev' };
/** In the form of our own: where listChanged isn't said, the SDK adds it. */
const OPTIONS = {
  capabilities: {
    tools: { listChanged: true },
    prompts: { listChanged: true },
    resources: { listChanged: true },
    completions: {},
  },
  instructions: 'Do as told.',
};
const SLOW_MS = 40;

const HANDLERS: Record<string, (request: Request, context: Context) => unknown> = {
  'tools/list': () => ({ tools: [{ name: 'echo', inputSchema: { type: 'object' } }] }),
  'prompts/list': () => ({ prompts: [{ name: 'write' }] }),
  'resources/list': () => ({ resources: [] }),
  'resources/templates/list': () => Promise.reject(new ProtocolError(-32603, 'Not now.', { code: 'later' })),
  'prompts/get': () => ({ messages: [{ role: 'user', content: { type: 'text', text: 'Hello' } }] }),
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

type Serve = (transport: StdioTransport, listen: (changed: () => void) => void) => { close(): Promise<void> };

const bySdk: Serve = (transport, listen) =>
  sdkServeStdio(
    () => {
      const mcp = new SdkServer(INFO, OPTIONS);
      const set = mcp.server.setRequestHandler.bind(mcp.server) as (method: string, handler: unknown) => void;
      for (const [method, handler] of Object.entries(HANDLERS)) set(method, handler);
      listen(() => void (mcp.server.transport && mcp.server.sendToolListChanged()));
      return mcp;
    },
    { transport },
  );

const byBundle: Serve = (transport, listen) =>
  serveStdio(
    () => {
      const mcp = new McpServer(INFO, OPTIONS);
      for (const [method, handler] of Object.entries(HANDLERS)) mcp.server.setRequestHandler(method, handler);
      listen(() => void (mcp.server.transport && mcp.server.sendToolListChanged()));
      return mcp;
    },
    { transport },
  );

/** A step waits until nothing more is said. */
const STEP = '(wait)';
const CHANGE = '(the list changes)';

async function heard(serve: Serve, lines: Line[]): Promise<unknown[]> {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough() };
  let text = '';
  streams.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const listeners: (() => void)[] = [];
  const handle = serve(new StdioTransport(new Redactor(), streams), (listener) => listeners.push(listener));
  for (const line of lines) {
    if (line === STEP) await pause(SLOW_MS * 3);
    else if (line === CHANGE) for (const listener of listeners) listener();
    else streams.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  }
  await pause(SLOW_MS * 4);
  await handle.close();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
    .sort((a, b) => order(a).localeCompare(order(b)));
}

function order(message: unknown): string {
  const { id, method } = message as { id?: unknown; method?: unknown };
  return `${JSON.stringify(id)} ${method}`;
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
/** Plain ones, before and after whatever is in question. */
const around = (...odd: Line[]): Line[] => [
  initialize(),
  initialized,
  echo(1),
  ...odd,
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
  'initialize has the id of a later call': [initialize({}, 1), initialized, ...around().slice(2)],
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
        [modern(1, 'server/discover'), odd, STEP, ...modernly(3)],
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

for (const [what, lines] of Object.entries(CASES))
  test.concurrent(what, async () => {
    const [ours, theirs] = await Promise.all([heard(byBundle, lines), heard(bySdk, lines)]);
    expect(ours).toEqual(theirs);
    expect(theirs.length).toBeGreaterThan(0);
  });
