/**
 * A model that follows a script, behind the three APIs that hosts speak: it calls the next tool, keeps what it is
 * given, and says a word at the end.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { INSTRUCTIONS } from '../../src/mcp/instructions.ts';
import type { Step } from './workflows.ts';

type Json = Record<string, unknown>;

/** What a call's answer looks like to the model. */
export interface Seen {
  tool: string;
  text: string;
  pictures: number;
}

export interface Model {
  url: string;
  /** What it will call from now on. */
  follow(steps: readonly Step[]): void;
  /** What the answers were, in order. */
  seen(): Seen[];
  /** Whether a request held the server's instructions. */
  instructed(): boolean;
  /** The names of our tools in each request, in order. */
  offered(): string[][];
  close(): Promise<void>;
}

/** How one API carries a conversation. */
interface Dialect {
  path: RegExp;
  /** Every tool's name as the model has it. */
  tools(body: Json): { name: string; namespace?: string }[];
  results(body: Json): Omit<Seen, 'tool'>[];
  call(name: { name: string; namespace?: string }, args: Json, at: number): Json[];
  say(text: string): Json[];
}

const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : []);

/** All texts and pictures inside of a value, whatever holds them. */
function inside(value: unknown): Omit<Seen, 'tool'> {
  const seen = { text: '', pictures: 0 };
  const walk = (one: unknown): void => {
    if (typeof one === 'string') seen.text += `${seen.text && '\n'}${one}`;
    else if (Array.isArray(one)) one.forEach(walk);
    else if (typeof one === 'object' && one !== null) {
      const { type, text, output, content, result, error } = one as Json;
      if (type === 'image' || type === 'input_image' || 'inlineData' in one) seen.pictures++;
      else if (typeof text === 'string') walk(text);
      else for (const part of [output, content, result, error]) if (part !== undefined) walk(part);
    }
  };
  walk(value);
  return seen;
}

const anthropic: Dialect = {
  path: /\/v1\/messages(?:\?|$)/,
  tools: ({ tools }) => list(tools).map(({ name }) => ({ name: String(name) })),
  results: ({ messages }) =>
    list(messages)
      .flatMap(({ content }) => list(content))
      .filter(({ type }) => type === 'tool_result')
      .map(({ content }) => inside(content)),
  call: ({ name }, args, at) => [
    start(),
    {
      type: 'content_block_start',
      index: 0,
      content_block: { type: 'tool_use', id: `toolu_${at}`, name, input: {} },
    },
    {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'input_json_delta', partial_json: JSON.stringify(args) },
    },
    { type: 'content_block_stop', index: 0 },
    ...stop('tool_use'),
  ],
  say: (text) => [
    start(),
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
    { type: 'content_block_stop', index: 0 },
    ...stop('end_turn'),
  ],
};

function start(): Json {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'scripted', content: [], usage };
  return { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null } };
}

function stop(stop_reason: string): Json[] {
  const delta = { stop_reason, stop_sequence: null };
  return [{ type: 'message_delta', delta, usage: { output_tokens: 1 } }, { type: 'message_stop' }];
}

const openai: Dialect = {
  path: /\/responses(?:\?|$)/,
  tools: ({ tools }) =>
    list(tools).flatMap((tool) =>
      tool.type === 'namespace'
        ? list(tool.tools).map(({ name }) => ({ name: String(name), namespace: String(tool.name) }))
        : [{ name: String(tool.name) }],
    ),
  results: ({ input }) =>
    list(input)
      .filter(({ type }) => type === 'function_call_output')
      .map(({ output }) => inside(output)),
  call: (named, args, at) =>
    response({ type: 'function_call', call_id: `call_${at}`, ...named, arguments: JSON.stringify(args) }),
  say: (text) => response({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }),
};

function response(item: Json): Json[] {
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 };
  return [
    { type: 'response.created', response: { id: 'resp_1' } },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { id: 'resp_1', usage } },
  ];
}

const gemini: Dialect = {
  path: /:(?:stream)?[gG]enerateContent/,
  tools: ({ tools }) =>
    list(tools).flatMap(({ functionDeclarations }) =>
      list(functionDeclarations).map(({ name }) => ({ name: String(name) })),
    ),
  results: ({ contents }) => {
    const parts = list(contents).flatMap((one) => list(one.parts));
    const results: Omit<Seen, 'tool'>[] = [];
    for (const part of parts) {
      const answered = part.functionResponse as Json | undefined;
      if (answered) {
        const { text, pictures } = inside([answered.response, answered.parts]);
        results.push({ text, pictures });
      } else if ('inlineData' in part && results.length > 0) results.at(-1)!.pictures++;
    }
    return results;
  },
  call: ({ name }, args) => [candidate({ functionCall: { name, args } })],
  say: (text) => [candidate({ text })],
};

function candidate(part: Json): Json {
  return {
    candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
  };
}

const DIALECTS = [anthropic, openai, gemini];

/** @param ours the names of our tools. */
export async function startModel(ours: readonly string[]): Promise<Model> {
  let steps: readonly Step[] = [];
  let seen: Seen[] = [];
  let offered: string[][] = [];
  let instructed = false;
  const opening = JSON.stringify(INSTRUCTIONS.slice(0, 80)).slice(1, -1);
  const begun = new Set<number>();

  const answer = async (dialect: Dialect, body: Json): Promise<Json[]> => {
    const all = dialect.tools(body);
    const named = new Map(
      ours.flatMap((tool) => {
        const found = all.find(({ name }) => name === tool || name.endsWith(`_${tool}`));
        return found ? [[tool, found] as const] : [];
      }),
    );
    // Titles and summaries are asked for without tools.
    if (named.size === 0) return dialect.say('Done.');
    offered.push([...named.keys()]);
    instructed ||= JSON.stringify(body).includes(opening);
    const results = dialect.results(body);
    seen = results.map((result, at) => ({ tool: steps[at]?.tool ?? '?', ...result }));
    const next = steps[results.length];
    if (!next) return dialect.say('Done.');
    if (!begun.has(results.length)) await next.before?.();
    begun.add(results.length);
    const name = named.get(next.tool);
    return name ? dialect.call(name, next.args, results.length) : dialect.say(`${next.tool} is gone.`);
  };

  const server = createServer((request, response) => {
    void read(request).then(async (body) => {
      const dialect = DIALECTS.find(({ path }) => path.test(request.url ?? ''));
      if (!dialect || request.method !== 'POST' || /count_?tokens/i.test(request.url!))
        return asJson(response, { input_tokens: 1, totalTokens: 1, data: [], models: [] });
      const events = await answer(dialect, body);
      const isStream = body.stream === true || /stream/.test(request.url!);
      if (!isStream) return asJson(response, whole(dialect, events));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of events)
        response.write(`${event.type ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    follow(script) {
      steps = script;
      seen = [];
      offered = [];
      begun.clear();
    },
    seen: () => seen,
    offered: () => offered,
    instructed: () => instructed,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Without a stream, where only a word is asked for. */
function whole(dialect: Dialect, events: Json[]): Json {
  if (dialect === gemini) return events[0]!;
  const message = events[0]!.message as Json | undefined;
  return { ...message, content: [{ type: 'text', text: 'Done.' }], stop_reason: 'end_turn' };
}

function asJson(response: ServerResponse, body: Json): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json;
  } catch {
    return {};
  }
}
