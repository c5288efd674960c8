/** The agent's MCP session, read from its messages: which tools it saw, what it called, what came back, what it cost. */
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

interface Content {
  type: string;
  text?: string;
}

interface Result {
  isError?: boolean;
  content?: Content[];
  tools?: { name: string }[];
  instructions?: string;
}

export function readSession(messages: readonly RecordedMessage[]): Session {
  const asked = new Map<string, RecordedMessage>();
  const calls = new Map<string, Call>();
  const session: Session = { connected: false, client: null, tools: [], listTokens: 0, calls: [], tokens: 0 };
  for (const recorded of messages) {
    const { from, message, at } = recorded;
    const key = `${recorded.session}/${String(message.id)}`;
    if (from === 'agent' && typeof message.method === 'string') {
      session.connected = true;
      asked.set(key, recorded);
      const params = (message.params ?? {}) as Record<string, unknown>;
      const info = clientInfo(params);
      if (info) session.client = info;
      if (message.method === 'tools/call') {
        const call = newCall(at, params);
        calls.set(key, call);
        session.calls.push(call);
      }
      continue;
    }
    if (from !== 'server' || message.method !== undefined) continue;
    const question = asked.get(key);
    const result = message.result as Result | undefined;
    if (!question) continue;
    const call = calls.get(key);
    if (call) answerCall(call, at, result, message.error);
    else if (question.message.method === 'tools/list' && result?.tools) {
      session.tools = [...new Set([...session.tools, ...result.tools.map(({ name }) => name)])];
      session.listTokens += estimateTokens(JSON.stringify(result.tools));
    } else if (result?.instructions) session.listTokens += estimateTokens(result.instructions);
  }
  session.tokens = session.listTokens + session.calls.reduce((sum, { tokens }) => sum + tokens, 0);
  return session;
}

function clientInfo(params: Record<string, unknown>): string | undefined {
  const meta = params._meta as Record<string, unknown> | undefined;
  const info = (params.clientInfo ?? meta?.['io.modelcontextprotocol/clientInfo']) as
    | { name?: string; version?: string }
    | undefined;
  return info?.name && `${info.name} ${info.version ?? ''}`.trim();
}

function newCall(at: number, params: Record<string, unknown>): Call {
  const given = (params.arguments ?? {}) as Record<string, unknown>;
  return {
    at,
    ms: null,
    tool: String(params.name),
    arguments: given,
    failed: true,
    text: '',
    tokens: estimateTokens(JSON.stringify({ name: params.name, arguments: given })),
    images: 0,
  };
}

function answerCall(call: Call, at: number, result: Result | undefined, error: unknown): void {
  call.ms = at - call.at;
  const content = result?.content ?? [];
  call.text = result
    ? content.flatMap(({ text }) => text ?? []).join('\n')
    : `Protocol error: ${String((error as { message?: unknown })?.message)}`;
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
