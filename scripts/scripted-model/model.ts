/**
 * A model's address that plays a script, behind the APIs that hosts and SDKs speak: it calls the next tool, keeps what
 * it is given, and says a word at the end.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as zlib from 'node:zlib';
import { INSTRUCTIONS } from '../../src/mcp/protocol/instructions.ts';
import { DIALECTS, type Dialect, type Json, type Result, type Turn } from './dialects.ts';

export interface Step {
  tool: string;
  args: Json;
  /** Done before the model makes this call. */
  before?: () => void | Promise<void>;
}

/** What a call's answer looks like to the model. */
export interface Seen extends Result {
  tool: string;
}

export interface Model {
  url: string;
  /** What it will call from now on, and what it says then. */
  follow(steps: readonly Step[], answer?: string): void;
  /** What the answers were, in order. */
  seen(): Seen[];
  /** Whether a request held the server's instructions. */
  instructed(): boolean;
  /** The names of our tools in each request, in order. */
  offered(): string[][];
  /** The names of all tools in the last request that had any, as the host has them. */
  allTools(): string[];
  /** What was asked for. */
  paths(): string[];
  close(): Promise<void>;
}

/** @param ours the names of our tools. */
export async function startModel(ours: readonly string[]): Promise<Model> {
  let steps: readonly Step[] = [];
  let lastWords = '';
  let seen: Seen[] = [];
  let offered: string[][] = [];
  let allTools: string[] = [];
  let instructed = false;
  const paths: string[] = [];
  const opening = JSON.stringify(INSTRUCTIONS.slice(0, 80)).slice(1, -1);
  const begun = new Set<number>();

  const turn = async (dialect: Dialect, body: Json): Promise<Turn> => {
    const all = dialect.tools(body);
    if (all.length > 0) allTools = all.map(({ name }) => name);
    const named = new Map(
      ours.flatMap((tool) => {
        const found = all.find(({ name }) => name === tool || name.endsWith(`_${tool}`));
        return found ? [[tool, found] as const] : [];
      }),
    );
    // Titles and summaries are asked for without tools.
    if (named.size === 0) return { text: 'Done.' };
    offered.push([...named.keys()]);
    instructed ||= JSON.stringify(body).includes(opening);
    const results = dialect.results(body);
    seen = results.map((result, at) => ({ tool: steps[at]?.tool ?? '?', ...result }));
    const at = results.length;
    const next = steps[at];
    if (!next) return { text: lastWords };
    if (!begun.has(at)) await next.before?.();
    begun.add(at);
    const tool = named.get(next.tool);
    return tool ? { tool, args: next.args, at } : { text: `${next.tool} is gone.` };
  };

  const server = createServer((request, response) => {
    void read(request).then(async (body) => {
      const path = request.url ?? '/';
      paths.push(path.replace(/\?.*/, ''));
      const dialect = DIALECTS.find((one) => one.path.test(path));
      if (!dialect || request.method !== 'POST' || /count_?tokens/i.test(path))
        return asJson(response, { input_tokens: 1, totalTokens: 1, data: [], models: [] });
      const { whole, events } = dialect.reply(await turn(dialect, body), body);
      if (body.stream !== true && !/stream/.test(path)) return asJson(response, whole);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of events)
        response.write(`${event.type ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    follow(script, answer = 'Done.') {
      steps = script;
      lastWords = answer;
      seen = [];
      offered = [];
      begun.clear();
    },
    seen: () => seen,
    offered: () => offered,
    allTools: () => allTools,
    instructed: () => instructed,
    paths: () => paths,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function asJson(response: ServerResponse, body: Json): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Codex compresses what it sends. */
async function read(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { zstdDecompressSync } = zlib as typeof zlib & { zstdDecompressSync?: (bytes: Buffer) => Buffer };
  let bytes: Buffer = Buffer.concat(chunks);
  try {
    const encoding = request.headers['content-encoding'];
    if (encoding === 'gzip') bytes = zlib.gunzipSync(bytes);
    if (encoding === 'zstd' && zstdDecompressSync) bytes = zstdDecompressSync(bytes);
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    return {};
  }
}
