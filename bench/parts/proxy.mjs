/**
 * The hand-written proxy: stdio to undici, no SDK, no schema, no checks. A call becomes one request, its answer
 * goes back as it came.
 */
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';

const base = new URL(process.env.TOADO_API_URL);
const pool = new Pool(base.origin, { connections: 64 });
const headers = {
  accept: 'application/json',
  authorization: `Bearer ${process.env.TOADO_API_TOKEN}`,
  'x-toado-client': 'mcp',
};

async function call({ name, arguments: args }) {
  const { ticket_id: id, include, body } = args;
  const request =
    name === 'add_comment'
      ? {
          method: 'POST',
          path: `/tickets/${id}/comments`,
          body: JSON.stringify({ body }),
          headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        }
      : { method: 'GET', path: `/tickets/${id}?include=${(include ?? ['capture']).join()}`, headers };
  const answer = await pool.request({ ...request, path: base.pathname + request.path });
  const structuredContent = await answer.body.json();
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}

let rest = '';
process.stdin.setEncoding('utf8').on('data', (part) => {
  const lines = (rest + part).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const { id, method, params } = JSON.parse(line);
    if (id === undefined) continue;
    const answer = (result) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
    if (method === 'tools/call') void call(params).then(answer);
    else if (method === 'tools/list') answer({ tools: [] });
    else
      answer({
        protocolVersion: '2025-11-25',
        capabilities: { tools: {} },
        serverInfo: { name: 'proxy', version: '1' },
      });
  }
});
process.stdin.on('end', () => process.exit());
