/** Nested deeper than the stack takes: one sentence, nothing sent, nothing called a bug of ours. */
import { expect, test } from 'vitest';
import { startFakeApi } from '../support/fake-api.ts';
import { INITIALIZE, run } from '../support/program.ts';

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const deepObject = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
const callWith = (args: string) =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bulk_move_tickets","arguments":${args}}}`;

test.each([
  ['a list in an argument', callWith(`{"ticket_ids":${deep},"target_column_id":"col_1"}`)],
  ['an object for the arguments', callWith(deepObject)],
  ['a JSON text for a list', callWith(`{"ticket_ids":${JSON.stringify(deep)},"target_column_id":"col_1"}`)],
  ['a JSON text for the arguments', callWith(JSON.stringify(`{"ticket_ids":${deep}}`))],
  ['what a client says it can', `{"jsonrpc":"2.0","id":1,"method":"initialize","params":${deepObject}}`],
])('%s', async (_, message) => {
  const api = await startFakeApi(() => undefined);
  const server = run({ env: api.env });
  server.send(INITIALIZE);
  await server.answer(0);
  server.send(message);
  const said = JSON.stringify(await server.answer(1));
  expect(said).not.toMatch(/outcome_unknown|a bug of ours|stack/);
  expect(said).toMatch(/-326\d\d|not_sent/);
  expect(api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  server.child.stdin!.end();
  expect((await server.exited).code).toBe(0);
});
