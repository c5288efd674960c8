/** Nested deeper than the stack takes: one sentence, nothing sent, nothing called a bug of ours. */
import { expect, test } from 'vitest';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { startFakeApi } from '../support/fake-api.ts';
import { type RawSession, startRaw } from '../support/raw-client.ts';

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const deepObject = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
const callWith = (args: string) =>
  `{"jsonrpc":"2.0","id":"deep","method":"tools/call","params":{"name":"bulk_move_tickets","arguments":${args}}}`;
const MESSAGES: [name: string, message: string][] = [
  ['a list in an argument', callWith(`{"ticket_ids":${deep},"target_column_id":"col_1"}`)],
  ['an object for the arguments', callWith(deepObject)],
  ['a JSON text for a list', callWith(`{"ticket_ids":${JSON.stringify(deep)},"target_column_id":"col_1"}`)],
  ['a JSON text for the arguments', callWith(JSON.stringify(`{"ticket_ids":${deep}}`))],
  ['what a client says it can', `{"jsonrpc":"2.0","id":"deep","method":"initialize","params":${deepObject}}`],
];

const api = shared(() => startFakeApi(() => undefined));

async function expectASentence(client: RawSession, message: string): Promise<void> {
  client.write(message);
  const said = JSON.stringify(await client.next(({ id }) => id === 'deep'));
  expect(said).not.toMatch(/outcome_unknown|a bug of ours|stack/);
  expect(said).toMatch(/-326\d\d|not_sent/);
  expect(api().requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  // And the next one is served.
  expect((await client.call('whoami')).isError).toBeFalsy();
}

test.each(MESSAGES)('%s', async (_, message) => {
  await expectASentence(await startRawInProcess({ env: api().env }), message);
});

test('all of them to the built program, which goes on and ends as ever', async () => {
  const client = await startRaw({ env: api().env });
  for (const [, message] of MESSAGES) {
    client.messages.length = 0;
    await expectASentence(client, message);
  }
  client.child.stdin!.end();
  expect((await client.exited).code).toBe(0);
});
