/** What was answered in the turn in which the process ends, for whatever reason. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const sourceOf = (path: string) => JSON.stringify(new URL(`../../../src/${path}`, import.meta.url).href);
const SCRIPT = `
const { StdioTransport } = await import(${sourceOf('mcp/transport/stdio-transport.ts')});
const { Redactor } = await import(${sourceOf('respond/redact-token.ts')});
const transport = new StdioTransport(new Redactor());
await transport.start();
void transport.send({ jsonrpc: '2.0', id: 1, result: {} });
process.exit(0);`;

test('it still leaves', async () => {
  const args = ['--import', 'tsx', '--input-type=module', '-e', SCRIPT];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toBe('{"jsonrpc":"2.0","id":1,"result":{}}\n');
});
