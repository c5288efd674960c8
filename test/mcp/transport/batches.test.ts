import { expect, test } from 'vitest';
import { Batches } from '../../../src/mcp/transport/batches.ts';

test('one id in two batches at once: each batch leaves, with an answer for each of its requests', () => {
  const written: unknown[][] = [];
  const batches = new Batches((answers) => written.push(answers));
  const expectEach = (ids: string[]) => batches.read(ids, (id) => batches.expect(id as string));
  expectEach(['twice', 'first']);
  expectEach(['twice', 'second', 'second']);
  for (const id of ['second', 'twice', 'first', 'twice', 'second'])
    expect(batches.hold(id, { jsonrpc: '2.0', id, result: {} })).toBe(true);
  expect(written.map((answers) => answers.map((answer) => (answer as { id: string }).id))).toEqual([
    ['twice', 'first'],
    ['second', 'twice', 'second'],
  ]);
});
