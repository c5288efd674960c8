/**
 * The floor: what Node itself costs. No dependency, no schema, no error handling: asks for the token info and
 * answers from a constant (our own tool list). CommonJS, because importing node:http as a module costs 20 ms more
 * on Node 22 and later. Usage: node floor.cjs <file with the tools/list result>
 */
const { readFileSync } = require('node:fs');
const { get } = require('node:http');

const granted = new Promise((resolve) => {
  const url = new URL(`${process.env.TOADO_API_URL}/auth/token-info`);
  const headers = { authorization: `Bearer ${process.env.TOADO_API_TOKEN}`, accept: 'application/json' };
  get({ hostname: url.hostname, port: url.port, path: url.pathname, headers }, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    answer.on('end', () => resolve(JSON.parse(text)));
  });
});
const tools = readFileSync(process.argv[2], 'utf8');
const initialized = JSON.stringify({
  protocolVersion: '2025-11-25',
  capabilities: { tools: { listChanged: true } },
  serverInfo: { name: 'floor', version: '1' },
});

let rest = '';
process.stdin.setEncoding('utf8').on('data', async (part) => {
  const lines = (rest + part).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const { id, method } = JSON.parse(line);
    if (method === 'tools/list') await granted;
    if (id === undefined) continue;
    const result = method === 'initialize' ? initialized : tools;
    process.stdout.write(`{"jsonrpc":"2.0","id":${id},"result":${result}}\n`);
  }
});
process.stdin.on('end', () => process.exit());
