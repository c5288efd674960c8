// toado-mcp experiments run all --agent sdk:openai-agents.mjs     (npm install @openai/agents openai)
import { Agent, OpenAIChatCompletionsModel, run as runAgent, setTracingDisabled, tool } from '@openai/agents';
import OpenAI from 'openai';

const { MODEL_URL = 'http://127.0.0.1:11434/v1', MODEL = 'qwen3:14b' } = process.env;
const client = new OpenAI({ baseURL: MODEL_URL, apiKey: 'local' });
setTracingDisabled(true);

export async function run({ prompt, tools, call, signal }) {
  const agent = new Agent({
    name: 'toado',
    model: new OpenAIChatCompletionsModel(client, MODEL),
    tools: tools.map(({ name, description = '', inputSchema }) =>
      tool({
        name,
        description,
        parameters: { properties: {}, required: [], additionalProperties: true, ...inputSchema },
        strict: false,
        execute: async (given) => (await call(name, given)).text,
      }),
    ),
  });
  const result = await runAgent(agent, prompt, { maxTurns: 60, signal });
  return result.finalOutput ?? '';
}
