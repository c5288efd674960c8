/** The agent's MCP session, read from its messages: which tools it saw, what it called, what came back, what it cost. */
import * as z from 'zod';
import { estimateTokens } from '../../respond/estimate-tokens.ts';
import type { RecordedMessage } from './types.ts';

export interface Call {
  at: number;
  ms: number | null;
  tool: string;
  arguments: Record<string, unknown>;
  /** Failed, refused, or never answered. */
  failed: boolean;
  text: string;
  /** Of the call and its answer. */
  tokens: number;
  images: number;
}

export interface Session {
  /** Whether an MCP client connected at all. */
  connected: boolean;
  client: string | null;
  tools: string[];
  /** Of the tools' list and the instructions, as often as they were asked for. */
  listTokens: number;
  calls: Call[];
  tokens: number;
}

const text = z.string().optional().catch(undefined);
const client = z.object({ name: text, version: text }).optional().catch(undefined);
const CLIENT_INFO = 'io.modelcontextprotocol/clientInfo';

const params = z.object({
  name: text,
  arguments: z.record(z.string(), z.unknown()).catch({}),
  clientInfo: client,
  _meta: z
    .object({ [CLIENT_INFO]: client })
    .optional()
    .catch(undefined),
});

const result = z.object({
  isError: z.boolean().optional().catch(undefined),
  content: z.array(z.object({ type: text, text }).catch({})).catch([]),
  tools: z
    .array(z.looseObject({ name: z.string() }))
    .optional()
    .catch(undefined),
  instructions: text,
});

/** What is read of a message. An agent, or who knows the recorder's key, may have written anything in its place. */
const readable = z.object({
  id: z.union([z.string(), z.number()]).optional().catch(undefined),
  method: text,
  params: params.optional().catch(undefined),
  result: result.optional().catch(undefined),
  error: z.object({ message: text }).optional().catch(undefined),
});

type Message = z.output<typeof readable>;

export function readSession(messages: readonly RecordedMessage[]): Session {
  const asked = new Map<string, Message>();
  const calls = new Map<string, Call>();
  const session: Session = { connected: false, client: null, tools: [], listTokens: 0, calls: [], tokens: 0 };
  for (const recorded of messages) {
    const { from, at } = recorded;
    const message = readable.parse(recorded.message);
    const key = `${recorded.session}/${message.id}`;
    if (from === 'agent' && message.method !== undefined) {
      session.connected = true;
      asked.set(key, message);
      const info = clientInfo(message);
      if (info) session.client = info;
      if (message.method === 'tools/call') {
        const call = newCall(at, message);
        calls.set(key, call);
        session.calls.push(call);
      }
      continue;
    }
    if (from !== 'server' || message.method !== undefined) continue;
    const question = asked.get(key);
    const { result } = message;
    if (!question) continue;
    const call = calls.get(key);
    if (call) answerCall(call, at, message);
    else if (question.method === 'tools/list' && result?.tools) {
      session.tools = [...new Set([...session.tools, ...result.tools.map(({ name }) => name)])];
      session.listTokens += estimateTokens(JSON.stringify(result.tools));
    } else if (result?.instructions) session.listTokens += estimateTokens(result.instructions);
  }
  session.tokens = session.listTokens + session.calls.reduce((sum, { tokens }) => sum + tokens, 0);
  return session;
}

function clientInfo({ params }: Message): string | undefined {
  const info = params?.clientInfo ?? params?._meta?.[CLIENT_INFO];
  return info?.name && `${info.name} ${info.version ?? ''}`.trim();
}

function newCall(at: number, { params }: Message): Call {
  const { name = '?', arguments: given = {} } = params ?? {};
  return {
    at,
    ms: null,
    tool: name,
    arguments: given,
    failed: true,
    text: '',
    tokens: estimateTokens(JSON.stringify({ name, arguments: given })),
    images: 0,
  };
}

function answerCall(call: Call, at: number, { result, error }: Message): void {
  call.ms = at - call.at;
  const content = result?.content ?? [];
  call.text = result
    ? content.flatMap((block) => block.text ?? []).join('\n')
    : `Protocol error: ${error?.message}`;
  call.images = content.filter(({ type }) => type === 'image').length;
  call.failed = result === undefined || result.isError === true;
  call.tokens += estimateTokens(call.text);
}

/** The tickets that a call's arguments name. */
export function ticketsOf({ arguments: given }: Call): string[] {
  const ids = [given.ticket_id, ...(Array.isArray(given.ticket_ids) ? given.ticket_ids : [])];
  return ids.flatMap((id) => (typeof id === 'string' ? (/t-[A-Za-z0-9]{6}/.exec(id)?.[0] ?? []) : []));
}

/** Every tool whose name doesn't say that it only reads. */
export function isWrite({ tool }: Pick<Call, 'tool'>): boolean {
  return !/^(get_|list_|search_|whoami$)/.test(tool);
}
