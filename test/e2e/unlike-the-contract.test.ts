/** Lists, ids, bytes and routes that differ from the contract in ordinary ways. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runHere } from '../support/command.ts';
import { textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { type Answers, ownSession, sharedSession, TICKET, TICKET_ID } from './unlike-the-contract.ts';

const session = sharedSession();

describe('a cursor whose argument has another name', () => {
  const row = (id: number) => ({ ...TICKET, id: `t-row00${id}` });
  /** Two pages: which of the arguments it takes, and whether it refuses all others. */
  const pages =
    (argument: string, isStrict: boolean, field: string): Answers =>
    ({ path, query }) => {
      if (path !== '/projects/proj_1/tickets') return undefined;
      const other = [...query.keys()].find((name) => name !== argument && name !== 'limit');
      if (isStrict && other) return { status: 400, body: { message: `unknown parameter ${other}` } };
      return query.get(argument) === 'c1'
        ? { body: { tickets: [row(2)] } }
        : { body: { tickets: [row(1)], [field]: 'c1' } };
    };
  const cases: [field: string, argument: string][] = [
    ['nextPageToken', 'pageToken'],
    ['next_page_token', 'page_token'],
    ['next_page_token', 'cursor'],
    ['endCursor', 'after'],
    ['endCursor', 'cursor'],
    ['continuationToken', 'continuationToken'],
  ];
  test('is asked for as the answer names it and as the contract does, where unknown ones are refused, too', async () => {
    let answers: Answers = () => undefined;
    const { client } = await ownSession((request) => answers(request));
    for (const [field, argument] of cases)
      for (const isStrict of [false, true]) {
        answers = pages(argument, isStrict, field);
        const what = `${field} as ${argument}${isStrict ? ', strict' : ''}`;
        const first = await client.call('list_tickets', { project_id: 'proj_1', limit: 1 });
        const cursor = first.structuredContent!.next_cursor;
        const second = await client.call('list_tickets', { project_id: 'proj_1', limit: 1, cursor });
        expect(textOf(second), what).toContain('t-row002');
        expect(second.structuredContent!.next_cursor, what).toBeUndefined();
        // The list has ended: nobody has to wonder.
        expect(textOf(second), what).not.toMatch(/did not say/);
      }
  }, 60_000);

  test('one that nothing tells: said, with the way out, and not read for ever', async () => {
    const { client, sent } = await ownSession(pages('nobody_knows', false, 'nextPageToken'));
    const { structuredContent } = await client.call('list_tickets', { project_id: 'proj_1' });
    const { next_cursor: cursor } = structuredContent!;
    const again = await client.call('list_tickets', { project_id: 'proj_1', cursor });
    expect(textOf(again)).toMatch(/^bad_answer .*same page again[\s\S]*--api-map/);
    const whole = await ownSession(({ path }) =>
      path === '/companies'
        ? { body: { companies: [{ id: 'co_1', name: 'A' }], next_token: 'c1' } }
        : undefined,
    );
    expect(textOf(await whole.client.call('list_companies'))).toMatch(/^bad_answer .*same page again/);
    expect(sent('GET').length + whole.sent('GET').length).toBeLessThan(10);
  }, 60_000);
});

describe('whatever ids Toado gives are taken back', () => {
  test('numbers, beyond 2^53 too', async () => {
    const big = '12345678901234567890';
    const { api, client } = await ownSession(({ path }) => {
      if (path === '/projects') return { body: '{"data":[{"id":7,"name":"Storefront"}]}' };
      if (path === '/projects/7/tickets')
        return { body: `{"data":[{"id":${big},"title":"A"}],"meta":{"total":1}}` };
      if (path === '/projects/7/columns') return { body: [{ id: 3, title: 'Done', position: '2' }] };
      if (path.startsWith(`/tickets/${big}`))
        return { body: `{"data":{"id":${big},"title":"A","column":{"id":3,"name":"Done"}}}` };
      return undefined;
    });
    expect(textOf(await client.call('list_tickets', { project_id: '7' }))).toContain(big);
    expect(textOf(await client.call('list_tickets', { project_id: 'storefront' }))).toContain(big);
    expect(textOf(await client.call('get_ticket', { ticket_id: big }))).toContain(big);
    expect(textOf(await client.call('list_columns', { project_id: '7' }))).toMatch(/3.*Done|Done.*3/);
    expect((await client.call('move_ticket', { ticket_id: big, target_column_id: '3' })).isError).toBeFalsy();
    expect(api.requests.at(-1)).toMatchObject({ body: { target_column_id: '3' } });
  });
});

describe('bytes', () => {
  const ticket = JSON.stringify({ ...TICKET, description: 'lorem ipsum '.repeat(5_000) });
  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('%s is asked for and unpacked', async (encoding, pack) => {
    const { client } = session(({ path }) =>
      path.startsWith('/tickets')
        ? { headers: { 'content-encoding': encoding }, body: pack(ticket) }
        : undefined,
    );
    expect(textOf(await client.call('get_ticket', { ticket_id: TICKET_ID }))).toContain('lorem ipsum');
  });

  test('a bomb ends in the usual error, and damage in one of its own', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 'a'));
    let body = bomb;
    const { client } = session(({ path }) =>
      path.startsWith('/tickets') ? { headers: { 'content-encoding': 'gzip' }, body } : undefined,
    );
    expect(textOf(await client.call('get_ticket', { ticket_id: TICKET_ID }))).toMatch(
      /^bad_answer .*larger than 32 MB/,
    );
    body = gzipSync(ticket).subarray(0, 40);
    expect((await client.call('get_ticket', { ticket_id: TICKET_ID })).isError).toBe(true);
    body = gzipSync(ticket);
    expect((await client.call('get_ticket', { ticket_id: TICKET_ID })).isError).toBeFalsy();
  }, 60_000);
});

describe('--api-map', () => {
  const mapFile = (map: unknown) => {
    const file = join(temporaryFolder(), 'map.json');
    writeFileSync(file, typeof map === 'string' ? map : JSON.stringify(map));
    return file;
  };

  test('other routes and field names; whoami says so', async () => {
    const file = mapFile({
      routes: {
        archiveTicket: { method: 'PATCH', path: '/cards/{ticket_id}', add: { body: { state: 'archived' } } },
        getTicket: { path: '/cards/{ticket_id}' },
      },
      fields: { ticket: { title: 'headline' } },
    });
    const { api, client } = await ownSession(
      ({ path, method }) =>
        path === `/cards/${TICKET_ID}`
          ? {
              body: { id: TICKET_ID, headline: 'Mapped', status: method === 'PATCH' ? 'archived' : 'active' },
            }
          : undefined,
      { args: ['--api-map', file] },
    );
    expect(textOf(await client.call('get_ticket', { ticket_id: TICKET_ID }))).toContain('Mapped');
    expect((await client.call('archive_ticket', { ticket_id: TICKET_ID })).isError).toBeFalsy();
    expect(api.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      path: `/cards/${TICKET_ID}`,
      body: { state: 'archived' },
    });
    expect(textOf(await client.call('whoami'))).toMatch(
      /api_map:[\s\S]*archiveTicket: PATCH \/cards\/\{ticket_id\}/,
    );
  });

  test('a map that can’t be used is a settings error', async () => {
    const { code, stderr } = await runHere([], {
      TOADO_API_TOKEN: 'tok_fake_for_tests',
      TOADO_API_MAP: mapFile({ routes: { archiveTickets: {} } }),
    });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/--api-map.*no route "archiveTickets"\. Did you mean archiveTicket\?\n$/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('never from a .env', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, '.env'), 'TOADO_API_MAP=map.json\n');
    const { code, stderr } = await runHere([], { TOADO_API_TOKEN: 'tok_fake_for_tests' }, cwd);
    expect(code).not.toBe(0);
    expect(stderr).toContain("TOADO_API_MAP can't be set in .env");
  });
});
