/** Texts full of the token, wherever one is cut: no part of it leaves, in no call that goes on where another ended. */
import { describe, expect, test } from 'vitest';
import { runHere, runToEnd } from '../support/command.ts';
import { startRawInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { type FakeRequest, startFakeApi } from '../support/fake-api.ts';
import type { RawSession } from '../support/raw-client.ts';
import { textOf } from '../support/sdk-client.ts';

const TOKEN = 'tok_01HXYZ-unmistakable-9Q8R7S6T5U';
/** Any of these is a part of it; none stands in our own words. */
const PARTS = Array.from({ length: TOKEN.length - 7 }, (_, at) => TOKEN.slice(at, at + 8));
const some = (words: number) => FULL.split(' ').slice(0, words).join(' ');
const FULL = Array.from({ length: 1_500 }, (_, at) => `${at % 7 ? '' : 'x'.repeat(at % 13)}${TOKEN}`).join(
  ' ',
);

const ticket = {
  id: 't-7Kq2Mx',
  title: some(400),
  project_id: 'proj_x',
  column_id: 'col_x',
  status: 'active',
  description: FULL,
  has_capture: true,
  [some(8)]: 'a name of a field',
  capture: { url: FULL, page_title: FULL, health: [{ section: 'console', state: 'partial', reason: FULL }] },
  devtools: {
    console: [{ level: 'error', args: [FULL, { deep: FULL }], stack: FULL }],
    network: [{ method: 'GET', url: `https://x.test/${FULL}`, status: 500, response_body: FULL }],
    errors: [{ kind: 'error', message: FULL, stack: FULL }],
  },
};
const bulk = {
  results: [
    { ticket_id: 't-7Kq2Mx', ok: false, error: { code: FULL, message: `and ${FULL}` } },
    { ticket_id: 't-8Kq2Mx', ok: false, error: { code: 'conflict', message: FULL } },
  ],
};

async function start(answer: (request: FakeRequest) => { status?: number; body: unknown } | undefined) {
  const api = await startFakeApi(answer);
  const client = await startRawInProcess({
    env: { ...api.env, TOADO_API_TOKEN: TOKEN, TOADO_ANSWER_TOKENS: '1200' },
  });
  await client.request('tools/list');
  return client;
}

function expectNoPart(client: RawSession): void {
  const said = client.stdout().toString('utf8') + client.stderr();
  expect(said).toContain('[redacted token]');
  expectNoPartIn(said);
}

function expectNoPartIn(said: string): void {
  expect(said).not.toBe('');
  expect(PARTS.filter((part) => said.includes(part))).toEqual([]);
}

test('in a ticket, from every place in its text', { timeout: 120_000 }, async () => {
  const client = await start(({ path }) => (path.startsWith('/tickets/') ? { body: ticket } : undefined));
  for (const include of [[], ['devtools']]) {
    let from = 0;
    for (let call = 0; call < 6; call++) {
      const text = textOf(
        await client.call('get_ticket', { ticket_id: ticket.id, include, text_from: from }),
      );
      const on = /text_from (\d+) goes on/.exec(text)?.[1];
      if (on === undefined) break;
      from = Number(on);
    }
    expect(from).toBeGreaterThan(0);
  }
  for (const panel of ['console', 'network', 'errors'])
    await client.call('get_devtools', { ticket_id: ticket.id, panel, bodies: true, text_from: 17 });
  expectNoPart(client);
});

describe('in what Toado says of an error', () => {
  let status = 0;
  const failing = shared(() =>
    start(({ method }) =>
      method === 'GET' ? undefined : { status, body: { error: { code: 'conflict', message: FULL } } },
    ),
  );

  test.each([400, 403, 409, 500])('HTTP %i', async (its) => {
    status = its;
    const client = failing();
    await client.call('archive_ticket', { ticket_id: ticket.id });
    expectNoPart(client);
  });

  test('of each ticket of many', async () => {
    const client = await start(({ path }) => (path.includes('bulk') ? { body: bulk } : undefined));
    await client.call('bulk_move_tickets', {
      ticket_ids: [ticket.id, 't-8Kq2Mx'],
      target_column_id: 'col_x',
    });
    expectNoPart(client);
  });
});

test('in what the caller wrote, said back', async () => {
  const client = await start(() => undefined);
  await client.call('get_ticket', { ticket_id: `${'x'.repeat(40)}${TOKEN}` });
  await client.call('list_projects', { [`${'x'.repeat(40)}${TOKEN}`]: 1 });
  expectNoPart(client);
});

describe('in the wrong variable or flag', () => {
  for (const [name, value] of [
    ['TOADO_API_TOKEN_FILE', TOKEN],
    ['TOADO_TOOLS', TOKEN],
    ['TOADO_TOOLS', `get_ticket,${TOKEN}`],
    ['TOADO_EXCLUDE', TOKEN],
    ['TOADO_API_URL', TOKEN],
    ['TOADO_API_URL', `http://${TOKEN}.test/x`],
    ['TOADO_ANSWER_TOKENS', TOKEN],
    ['TOADO_READ_ONLY', TOKEN],
    ['TOADO_LOG_LEVEL', TOKEN],
    ['TOADO_PROJECT', TOKEN],
    ['TOADO_API_TOKEN', `${TOKEN} and more`],
    ['TOADO_API_TOKEN', `Bearer ${TOKEN}`],
  ] as const)
    test(`${name}=${value}`, async () => {
      const client = await startRawInProcess({
        env: { TOADO_API_URL: 'http://127.0.0.1:9/', [name]: value },
      });
      await client.call('whoami');
      expectNoPartIn(client.stdout().toString('utf8') + client.stderr());
    });

  test.each([
    [['--tools', TOKEN]],
    [[`--project=${TOKEN}`]],
    [[TOKEN]],
    [['doctor', '--exclude', TOKEN]],
    [[`--sandbox=${TOKEN}`]],
  ])('%j', async (args) => {
    const { stdout, stderr } = await runHere(args);
    expectNoPartIn(stdout + stderr);
  });

  test('by the built program, in both', { timeout: 30_000 }, async () => {
    const variable = await runToEnd([], { env: { TOADO_API_TOKEN: `${TOKEN} and more` } });
    const flag = await runToEnd(['--tools', TOKEN]);
    for (const { stdout, stderr } of [variable, flag]) expectNoPartIn(stdout + stderr);
  });
});
