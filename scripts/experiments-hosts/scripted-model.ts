/**
 * A model's address that plays a script: it calls one tool after another, whatever is answered, and ends with the
 * script's answer. It speaks what Claude Code, Codex, Gemini and the SDKs ask for, and no more of it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Script } from '../../src/experiments/scenario/schema.ts';

export interface ScriptedModel {
  url: string;
  /** What was asked of it that was not understood, and the tools that it was last offered. */
  notes(): { paths: string[]; tools: string[] };
  close(): Promise<void>;
}

type Json = Record<string, unknown>;

interface Step {
  call?: { tool: string; arguments: Json };
  answer: string;
}

export async function startScriptedModel(script: Script): Promise<ScriptedModel> {
  const paths: string[] = [];
  let tools: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await readJson(request);
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    paths.push(path);
    if (process.env.DEBUG_MODEL)
      console.error(path, namesIn(body.tools).join(' '), JSON.stringify(body).length);
    const offered = namesIn(body.tools);
    if (offered.length > 0) tools = offered;
    // What has no tools of ours is a host's own business: a title, a summary.
    const step = (done: number): Step => {
      const next = offered.some((name) => name.includes('toado') || name === 'whoami')
        ? script.calls[done]
        : undefined;
      if (!next) return { answer: script.answer };
      return {
        answer: script.answer,
        call: {
          tool: offered.find((name) => name === next.tool || name.endsWith(`_${next.tool}`)) ?? next.tool,
          arguments: (next.arguments ?? {}) as Json,
        },
      };
    };
    if (path.endsWith('/messages')) return anthropic(body, response, step);
    if (path.endsWith('/responses')) return responses(body, response, step);
    if (path.endsWith('/chat/completions')) return chat(body, response, step);
    if (/:(stream)?generateContent$/i.test(path)) return gemini(body, response, step, /stream/i.test(path));
    if (path.endsWith('/count_tokens')) return json(response, { input_tokens: 1000 });
    if (path.endsWith('/models')) return json(response, { object: 'list', data: [], models: [] });
    json(response, {}, 404);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notes: () => ({ paths, tools }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Tools' names, however deep the host nests them. */
function namesIn(tools: unknown): string[] {
  if (!Array.isArray(tools)) return [];
  return tools.flatMap((tool: Json) => {
    const inner = tool.functionDeclarations ?? tool.tools;
    if (Array.isArray(inner)) return namesIn(inner);
    const name = tool.name ?? (tool.function as Json | undefined)?.name;
    return typeof name === 'string' ? [name] : [];
  });
}

type Next = (done: number) => Step;

function anthropic(body: Json, response: ServerResponse, next: Next): void {
  const messages = (body.messages ?? []) as { content: unknown }[];
  const blocks = messages.flatMap(({ content }) => (Array.isArray(content) ? (content as Json[]) : []));
  const { call, answer } = next(blocks.filter(({ type }) => type === 'tool_result').length);
  const usage = { input_tokens: 100, output_tokens: 20 };
  const id = `msg_${Date.now()}`;
  const block = call
    ? { type: 'tool_use', id: `toolu_${Math.random().toString(36).slice(2)}`, name: call.tool, input: {} }
    : { type: 'text', text: '' };
  const delta = call
    ? { type: 'input_json_delta', partial_json: JSON.stringify(call.arguments) }
    : { type: 'text_delta', text: answer };
  const stop = call ? 'tool_use' : 'end_turn';
  const message = {
    id,
    type: 'message',
    role: 'assistant',
    model: body.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  if (body.stream !== true) {
    const whole = call ? { ...block, input: call.arguments } : { type: 'text', text: answer };
    json(response, { ...message, content: [whole], stop_reason: stop });
    return;
  }
  events(response, [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: block },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: stop, stop_sequence: null }, usage },
    { type: 'message_stop' },
  ]);
}

function responses(body: Json, response: ServerResponse, next: Next): void {
  const input = Array.isArray(body.input) ? (body.input as Json[]) : [];
  const { call, answer } = next(input.filter(({ type }) => type === 'function_call_output').length);
  const id = `resp_${Date.now()}`;
  const item = call
    ? {
        type: 'function_call',
        id: `fc_${Math.random().toString(36).slice(2)}`,
        call_id: `call_${Math.random().toString(36).slice(2)}`,
        ...namespaced(body.tools, call.tool),
        arguments: JSON.stringify(call.arguments),
        status: 'completed',
      }
    : {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: answer, annotations: [] }],
      };
  const usage = {
    input_tokens: 100,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 20,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 120,
  };
  const whole = { id, object: 'response', status: 'completed', model: body.model, output: [item], usage };
  if (body.stream !== true) {
    json(response, whole);
    return;
  }
  events(response, [
    { type: 'response.created', response: { ...whole, status: 'in_progress', output: [] } },
    { type: 'response.output_item.added', output_index: 0, item },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: whole },
  ]);
}

/** Codex keeps a server's tools in a namespace, and wants both parts of the name back. */
function namespaced(tools: unknown, name: string): Json {
  const group = (Array.isArray(tools) ? (tools as Json[]) : []).find(
    (one) => one.type === 'namespace' && namesIn(one.tools).includes(name),
  );
  return group ? { name, namespace: group.name } : { name };
}

function chat(body: Json, response: ServerResponse, next: Next): void {
  const messages = (body.messages ?? []) as Json[];
  const { call, answer } = next(messages.filter(({ role }) => role === 'tool').length);
  const message = call
    ? {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: `call_${Math.random().toString(36).slice(2)}`,
            type: 'function',
            function: { name: call.tool, arguments: JSON.stringify(call.arguments) },
          },
        ],
      }
    : { role: 'assistant', content: answer };
  json(response, {
    id: `chat_${Date.now()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    choices: [{ index: 0, message, finish_reason: call ? 'tool_calls' : 'stop' }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  });
}

function gemini(body: Json, response: ServerResponse, next: Next, stream: boolean): void {
  const contents = (body.contents ?? []) as { parts?: Json[] }[];
  const done = contents
    .flatMap(({ parts = [] }) => parts)
    .filter((part) => 'functionResponse' in part).length;
  const { call, answer } = next(done);
  const parts = call ? [{ functionCall: { name: call.tool, args: call.arguments } }] : [{ text: answer }];
  const value = {
    candidates: [{ index: 0, content: { role: 'model', parts }, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 20, totalTokenCount: 120 },
  };
  if (!stream) {
    json(response, value);
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.end(`data: ${JSON.stringify(value)}\r\n\r\n`);
}

function events(response: ServerResponse, list: Json[]): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.end(list.map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`).join(''));
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

async function readJson(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { gunzipSync, zstdDecompressSync } = (await import('node:zlib')) as typeof import('node:zlib') & {
    zstdDecompressSync?: (bytes: Buffer) => Buffer;
  };
  let bytes = Buffer.concat(chunks);
  const encoding = request.headers['content-encoding'];
  if (encoding === 'gzip') bytes = gunzipSync(bytes);
  if (encoding === 'zstd' && zstdDecompressSync) bytes = zstdDecompressSync(bytes) as Buffer<ArrayBuffer>;
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    return {};
  }
}
