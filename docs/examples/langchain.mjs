// toado-mcp experiments run all --agent sdk:langchain.mjs     (npm install langchain @langchain/openai @langchain/core)
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { createAgent } from 'langchain';

const { MODEL_URL = 'http://127.0.0.1:11434/v1', MODEL = 'qwen3:14b' } = process.env;
const model = new ChatOpenAI({ model: MODEL, apiKey: 'local', configuration: { baseURL: MODEL_URL } });

export async function run({ prompt, tools, call, signal }) {
  const agent = createAgent({
    model,
    tools: tools.map(({ name, description, inputSchema }) =>
      tool(async (given) => (await call(name, given)).text, { name, description, schema: inputSchema }),
    ),
  });
  const messages = [{ role: 'user', content: prompt }];
  const result = await agent.invoke({ messages }, { recursionLimit: 130, signal });
  return result.messages.at(-1).text;
}
