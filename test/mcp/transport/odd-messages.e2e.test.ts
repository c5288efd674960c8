/** Odd messages: every request gets an answer, in one sentence, and the next one is served as if nothing had been. */
import { describe, expect, test } from 'vitest';
import { startRawInProcess } from '../../support/connect-in-process.ts';
import { type Message, type RawSession, startRaw } from '../../support/raw-client.ts';
import { startToado } from '../../support/toado.ts';

const ENVELOPE = 'io.modelcontextprotocol/';
const request = (id: unknown, method: unknown, more: object = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id, method, ...more });
const withParams = (id: string, params: unknown) => request(id, 'tools/list', { params });

/** A request, the id of its answer, and its answer: a result, or an error's code. */
const ODD: [name: string, line: string, id: Message['id'], code?: number][] = [
  ['params null', withParams('a', null), 'a'],
  ['params []', withParams('a', []), 'a'],
  ['params a text', withParams('a', 'x'), 'a', -32602],
  ['params a number', withParams('a', 5), 'a', -32602],
  ['params a list with something in it', withParams('a', [1]), 'a', -32602],
  ['_meta null', withParams('a', { _meta: null }), 'a'],
  ['_meta a text', withParams('a', { _meta: 'x' }), 'a', -32602],
  ['_meta a list', withParams('a', { _meta: [] }), 'a', -32602],
  ['progressToken null', withParams('a', { _meta: { progressToken: null } }), 'a'],
  ['progressToken an object', withParams('a', { _meta: { progressToken: {} } }), 'a', -32602],
  ['progressToken a fraction', withParams('a', { _meta: { progressToken: 1.5 } }), 'a', -32602],
  ['progressToken true', withParams('a', { _meta: { progressToken: true } }), 'a', -32602],
  ['a cursor that is null', withParams('a', { cursor: null }), 'a'],
  ['a cursor that is a number', withParams('a', { cursor: 5 }), 'a', -32602],
  ['an extra member', request('a', 'ping', { auth: 'x' }), 'a'],
  ['a result beside the method', request('a', 'ping', { result: {} }), 'a'],
  ['id null', request(null, 'ping'), null, -32600],
  ['id a fraction', request(1.5, 'ping'), 1.5, -32600],
  ['id true', request(true, 'ping'), null, -32600],
  ['id an object', request({ a: 1 }, 'ping'), null, -32600],
  ['id 0', request(0, 'ping'), 0],
  ['id of no characters', request('', 'ping'), ''],
  ['method a number', request('a', 5), 'a', -32600],
  ['method missing', request('a', undefined), 'a', -32600],
  ['method of no characters', request('a', ''), 'a', -32601],
  ['method unknown', request('a', 'tools/dance'), 'a', -32601],
  ['another JSON-RPC', JSON.stringify({ jsonrpc: '1.0', id: 'a', method: 'ping' }), 'a', -32600],
  ['no JSON-RPC', JSON.stringify({ id: 'a', method: 'ping' }), 'a', -32600],
  ['a number', '5', null, -32600],
  ['a byte order mark', `\ufeff${request('a', 'ping')}`, 'a'],
  ['white space around', `  ${request('a', 'ping')} \t\r`, 'a'],
  ['an id that no JSON has, a number', '{"jsonrpc":"2.0","id":007,"method":"ping"}', null, -32700],
  ['an id that no JSON has, a text', '{"jsonrpc":"2.0","id":"a\tb","method":"ping"}', null, -32700],
  ['an id that no JSON has, at the end', '{"method":"x","params":{},"id":01,"jsonrpc":"2.0"}', null, -32700],
  ['half a message', '{"jsonrpc":"2.0","id":"a","method":"ping"', 'a', -32700],
  ['tools/call without anything', request('a', 'tools/call'), 'a', -32602],
  ['tools/call with a number for a name', request('a', 'tools/call', { params: { name: 5 } }), 'a', -32602],
  [
    'tools/call, arguments null',
    request('a', 'tools/call', { params: { name: 'whoami', arguments: null } }),
    'a',
  ],
  [
    'tools/call with an odd task',
    request('a', 'tools/call', { params: { name: 'whoami', task: 'x' } }),
    'a',
    -32602,
  ],
  ['prompts/get without a name', request('a', 'prompts/get', { params: {} }), 'a', -32602],
  [
    'prompts/get with a number for an argument',
    request('a', 'prompts/get', { params: { name: 'fix_ticket', arguments: { ticket: 5 } } }),
    'a',
    -32602,
  ],
  ['resources/read without an address', request('a', 'resources/read', { params: {} }), 'a', -32602],
  [
    'completion of nothing',
    request('a', 'completion/complete', { params: { ref: { type: 'x' } } }),
    'a',
    -32602,
  ],
  ['a second initialize without anything', request('a', 'initialize', { params: {} }), 'a', -32602],
  ['a notification with an id', request('a', 'notifications/initialized'), 'a', -32601],
  ['a task that is none', withParams('a', { _meta: { [`${ENVELOPE}related-task`]: 5 } }), 'a', -32602],
  ['an odd version', withParams('a', { _meta: { [`${ENVELOPE}protocolVersion`]: 5 } }), 'a'],
  ['an odd version in text', withParams('a', { _meta: { [`${ENVELOPE}protocolVersion`]: 'x' } }), 'a'],
];

async function start(startClient: typeof startRawInProcess = startRawInProcess): Promise<RawSession> {
  const toado = await startToado();
  const client = await startClient({ env: toado.env() });
  await client.request('tools/list');
  return client;
}

const answersOf = (client: RawSession) => client.messages.filter(({ method }) => method === undefined);

/** What came since, notifications apart. */
async function answerTo(client: RawSession, line: string): Promise<Message> {
  const before = answersOf(client).length;
  client.write(line);
  await expect.poll(() => answersOf(client).length, { interval: 5 }).toBeGreaterThan(before);
  return answersOf(client)[before]!;
}

function expectOneSentence({ error }: Message): void {
  expect(error!.message).toMatch(/^[\w][^\n{}[\]]*\.$/);
  expect(error!.message.length).toBeLessThan(200);
}

describe('a request of an odd form is answered', () => {
  test.each([
    ['by the built program, while the opening is plain', () => start(startRaw)],
    [
      'after the SDK has taken over',
      async () => {
        const client = await start();
        await client.request('logging/setLevel', { level: 'info' });
        return client;
      },
    ],
  ])(
    '%s',
    async (_, prepared) => {
      const client = await prepared();
      for (const [name, line, id, code] of ODD) {
        const answer = await answerTo(client, line);
        expect(answer.id, name).toBe(id);
        expect(answer.error?.code, `${name}: ${JSON.stringify(answer).slice(0, 200)}`).toBe(code);
        if (answer.error && code !== -32601) expectOneSentence(answer);
      }
      expect((await client.request('ping')).result).toEqual({});
    },
    60_000,
  );

  test('before initialize', async () => {
    const toado = await startToado();
    const client = await startRawInProcess({ env: toado.env(), initialize: false });
    for (const [name, line, id] of ODD.filter(([name]) => !name.startsWith('half'))) {
      const answer = await answerTo(client, line);
      expect(answer.id, name).toBe(id);
    }
  }, 60_000);
});

describe('batches, which revision 2025-03-26 has', () => {
  test('all answers in one line; what is wrong in it is refused there', async () => {
    const client = await start();
    const call = request('call', 'tools/call', { params: { name: 'list_companies', arguments: {} } });
    const parts = [request('p', 'ping'), call, '5', request(null, 'ping'), '{"jsonrpc":"2.0","method":"x"}'];
    const [answers] = [await answerTo(client, `[${parts.join()}]`)] as unknown as Message[][];
    expect(answers).toHaveLength(4);
    expect(answers!.map(({ id }) => id).sort()).toEqual(['call', null, null, 'p'].sort());
    expect(answers!.find(({ id }) => id === 'call')!.result).toMatchObject({ content: [{ type: 'text' }] });
  });

  test('empty, of notifications alone, and with a call that is cancelled', async () => {
    const client = await start();
    expect(await answerTo(client, '[]')).toMatchObject({ id: null, error: { code: -32600 } });
    client.write('[{"jsonrpc":"2.0","method":"notifications/initialized"}]');
    const before = answersOf(client).length;
    const call = request('call', 'tools/call', { params: { name: 'list_companies', arguments: {} } });
    const cancel = '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"call"}}';
    client.write(`[${request('p', 'ping')},${call},${cancel}]`);
    await expect.poll(() => answersOf(client).length).toBeGreaterThan(before);
    expect(answersOf(client)[before]).toMatchObject([{ id: 'p', result: {} }]);
  });
});
