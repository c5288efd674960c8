/** How the APIs that hosts and SDKs speak to a model carry a conversation, as far as those ask for it. */

export type Json = Record<string, unknown>;

export interface NamedTool {
  name: string;
  /** Codex keeps a server's tools in one, and wants both parts of the name back. */
  namespace?: string;
}

/** What the model does next: it calls a tool, or says something and ends. */
export type Turn = { tool: NamedTool; args: Json; at: number } | { text: string };

export interface Result {
  text: string;
  pictures: number;
}

export interface Dialect {
  path: RegExp;
  /** Every tool that the request offers. */
  tools(body: Json): NamedTool[];
  /** What the calls so far were answered. */
  results(body: Json): Result[];
  /** The turn as one answer, and as the events of a stream. */
  reply(turn: Turn, body: Json): { whole: Json; events: Json[] };
}

const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : []);

/** LangChain takes two messages of one id for one. */
const idOf = (turn: Turn) => ('tool' in turn ? turn.at : 'last');

/** All texts and pictures inside of a value, whatever holds them. */
function inside(value: unknown): Result {
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

/** Claude Code. */
const messages: Dialect = {
  path: /\/v1\/messages(?:\?|$)/,
  tools: ({ tools }) => list(tools).map(({ name }) => ({ name: String(name) })),
  results: (body) =>
    list(body.messages)
      .flatMap(({ content }) => list(content))
      .filter(({ type }) => type === 'tool_result')
      .map(({ content }) => inside(content)),
  reply(turn, { model }) {
    const usage = { input_tokens: 1, output_tokens: 1 };
    const isCall = 'tool' in turn;
    const stop_reason = isCall ? 'tool_use' : 'end_turn';
    const block: Json = isCall
      ? { type: 'tool_use', id: `toolu_${turn.at}`, name: turn.tool.name, input: {} }
      : { type: 'text', text: '' };
    const delta: Json = isCall
      ? { type: 'input_json_delta', partial_json: JSON.stringify(turn.args) }
      : { type: 'text_delta', text: turn.text };
    const message = {
      id: `msg_${idOf(turn)}`,
      type: 'message',
      role: 'assistant',
      model,
      usage,
      stop_sequence: null,
    };
    return {
      whole: {
        ...message,
        content: [isCall ? { ...block, input: turn.args } : { ...block, text: turn.text }],
        stop_reason,
      },
      events: [
        { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
        { type: 'content_block_start', index: 0, content_block: block },
        { type: 'content_block_delta', index: 0, delta },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 1 } },
        { type: 'message_stop' },
      ],
    };
  },
};

/** Codex, OpenAI Agents. */
const responses: Dialect = {
  path: /\/responses(?:\?|$)/,
  tools: ({ tools }) =>
    list(tools).flatMap((tool) =>
      tool.type === 'namespace'
        ? list(tool.tools).map(({ name }) => ({ name: String(name), namespace: String(tool.name) }))
        : // Tools of the model's own have a type alone.
          typeof tool.name === 'string'
          ? [{ name: tool.name }]
          : [],
    ),
  results: ({ input }) =>
    list(input)
      .filter(({ type }) => type === 'function_call_output')
      .map(({ output }) => inside(output)),
  reply(turn, { model }) {
    const common = { status: 'completed' };
    const item: Json =
      'tool' in turn
        ? {
            type: 'function_call',
            id: `fc_${turn.at}`,
            call_id: `call_${turn.at}`,
            ...turn.tool,
            arguments: JSON.stringify(turn.args),
            ...common,
          }
        : {
            type: 'message',
            id: `msg_${idOf(turn)}`,
            role: 'assistant',
            content: [{ type: 'output_text', text: turn.text, annotations: [] }],
            ...common,
          };
    const usage = {
      input_tokens: 1,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 2,
    };
    const whole = { id: `resp_${idOf(turn)}`, object: 'response', ...common, model, output: [item], usage };
    return {
      whole,
      events: [
        { type: 'response.created', response: { ...whole, status: 'in_progress', output: [] } },
        { type: 'response.output_item.added', output_index: 0, item },
        { type: 'response.output_item.done', output_index: 0, item },
        { type: 'response.completed', response: whole },
      ],
    };
  },
};

/** AI SDK, LangChain. */
const chatCompletions: Dialect = {
  path: /\/chat\/completions(?:\?|$)/,
  tools: ({ tools }) => list(tools).map((tool) => ({ name: String((tool.function as Json).name) })),
  results: (body) =>
    list(body.messages)
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => inside(content)),
  reply(turn, { model }) {
    const isCall = 'tool' in turn;
    const called = isCall && {
      id: `call_${turn.at}`,
      type: 'function',
      function: { name: turn.tool.name, arguments: JSON.stringify(turn.args) },
    };
    const message = called
      ? { role: 'assistant', content: null, tool_calls: [called] }
      : { role: 'assistant', content: (turn as { text: string }).text };
    const finish_reason = isCall ? 'tool_calls' : 'stop';
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    const common = { id: `chat_${idOf(turn)}`, created: 1, model, usage };
    const delta = called ? { ...message, tool_calls: [{ index: 0, ...called }] } : message;
    return {
      whole: { ...common, object: 'chat.completion', choices: [{ index: 0, message, finish_reason }] },
      events: [{ ...common, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] }],
    };
  },
};

/** Gemini CLI. */
const generateContent: Dialect = {
  path: /:(?:stream)?[gG]enerateContent/,
  tools: ({ tools }) =>
    list(tools).flatMap(({ functionDeclarations }) =>
      list(functionDeclarations).map(({ name }) => ({ name: String(name) })),
    ),
  results: ({ contents }) => {
    const results: Result[] = [];
    for (const part of list(contents).flatMap((one) => list(one.parts))) {
      const answered = part.functionResponse as Json | undefined;
      if (answered) results.push(inside([answered.response, answered.parts]));
      else if ('inlineData' in part && results.length > 0) results.at(-1)!.pictures++;
    }
    return results;
  },
  reply(turn) {
    const part =
      'tool' in turn ? { functionCall: { name: turn.tool.name, args: turn.args } } : { text: turn.text };
    const whole = {
      candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    };
    return { whole, events: [whole] };
  },
};

export const DIALECTS: readonly Dialect[] = [messages, responses, chatCompletions, generateContent];
