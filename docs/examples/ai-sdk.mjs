// toado-mcp experiments run all --agent sdk:ai-sdk.mjs     (npm install ai @ai-sdk/openai-compatible)
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { dynamicTool, generateText, jsonSchema, stepCountIs } from 'ai';

const { MODEL_URL = 'http://127.0.0.1:11434/v1', MODEL = 'qwen3:14b' } = process.env;
const model = createOpenAICompatible({ name: 'local', baseURL: MODEL_URL }).chatModel(MODEL);

export async function run({ prompt, tools, call, signal }) {
  const wrapped = tools.map(({ name, description, inputSchema }) => [
    name,
    dynamicTool({
      description,
      inputSchema: jsonSchema(inputSchema),
      execute: async (given) => (await call(name, given)).text,
    }),
  ]);
  const { text } = await generateText({
    model,
    prompt,
    tools: Object.fromEntries(wrapped),
    stopWhen: stepCountIs(60),
    abortSignal: signal,
  });
  return text;
}
