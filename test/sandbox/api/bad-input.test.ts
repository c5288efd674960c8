import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { shared } from '../../support/ending.ts';
import { start } from '../support/sandbox.ts';

const auth = { authorization: 'Bearer tok_olga', 'content-type': 'application/json' };

describe('is refused with validation_error, and nothing is written', () => {
  const sandbox = shared(() => start());
  test.each([
    ['POST', '/projects/proj_shop/tickets', '{'],
    ['POST', '/projects/proj_shop/tickets', ''],
    ['POST', '/projects/proj_shop/tickets', '[]'],
    ['POST', '/projects/proj_shop/tickets', 'null'],
    ['POST', '/projects/proj_shop/tickets', '"title"'],
    ['POST', '/projects/proj_shop/tickets', {}],
    ['POST', '/projects/proj_shop/tickets', { title: '' }],
    ['POST', '/projects/proj_shop/tickets', { title: ' \n ' }],
    ['POST', '/projects/proj_shop/tickets', { title: 'x'.repeat(301) }],
    ['POST', '/projects/proj_shop/tickets', { title: 7 }],
    ['POST', '/projects/proj_shop/tickets', { title: null }],
    ['POST', '/projects/proj_shop/tickets', { title: 'a\0b' }],
    ['POST', '/projects/proj_shop/tickets', '{"title":"\\ud800"}'],
    ['POST', '/projects/proj_shop/tickets', { title: 'x', description: 'x'.repeat(100_001) }],
    ['POST', '/projects/proj_shop/tickets', { title: 'x', source_url: 'javascript:alert(1)' }],
    ['POST', '/projects/proj_shop/tickets', { title: 'x', source_url: 'http://' }],
    ['POST', '/projects/proj_shop/tickets', { title: 'x', assignee: 'usr_mia' }],
    ['POST', '/projects/proj_shop/tickets', { title: 'x', is_draft: true }],
    ['POST', '/tickets/t-AAAAAA/comments', { body: '' }],
    ['POST', '/tickets/t-AAAAAA/comments', { body: 'x'.repeat(50_001) }],
    ['PATCH', '/tickets/t-AAAAAA', {}],
    ['PATCH', '/tickets/t-AAAAAA', { resolved: 'yes' }],
    ['PATCH', '/tickets/t-AAAAAA', { resolved: 1 }],
    ['PATCH', '/tickets/t-AAAAAA', { column_id: 'col_shop_done' }],
    ['PATCH', '/tickets/t-AAAAAA', { title: 'x', id: 't-ZZZZZZ' }],
    ['POST', '/tickets/t-AAAAAA/move', {}],
    ['POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_shop_done', position: -1 }],
    ['POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_shop_done', position: 1.5 }],
    ['POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_shop_done', position: '0' }],
    ['POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_shop_done', position: 1e300 }],
    ['POST', '/tickets/t-AAAAAA/archive', { force: true }],
    ['POST', '/tickets/bulk-move', { ticket_ids: [], target_column_id: 'col_shop_done' }],
    [
      'POST',
      '/tickets/bulk-move',
      { ticket_ids: Array(101).fill('t-AAAAAA'), target_column_id: 'col_shop_done' },
    ],
    ['POST', '/tickets/bulk-move', { ticket_ids: 't-AAAAAA', target_column_id: 'col_shop_done' }],
    ['POST', '/tickets/bulk-move', { ticket_ids: ['t-AAAAAA', 5], target_column_id: 'col_shop_done' }],
    ['POST', '/tickets/bulk-assign', { ticket_ids: ['t-AAAAAA'] }],
    ['GET', '/projects/proj_shop/tickets?limit=0', undefined],
    ['GET', '/projects/proj_shop/tickets?limit=101', undefined],
    ['GET', '/projects/proj_shop/tickets?limit=ten', undefined],
    ['GET', '/projects/proj_shop/tickets?limit=1e1', undefined],
    ['GET', '/projects/proj_shop/tickets?limit=', undefined],
    ['GET', '/projects/proj_shop/tickets?status=open', undefined],
    ['GET', '/projects/proj_shop/tickets?colum_id=col_shop_done', undefined],
    ['GET', '/projects?company=co_acme', undefined],
    ['GET', '/companies?x=1', undefined],
  ] as const)('%s %s %j', async (method, path, body) => {
    const { as } = sandbox();
    const before = (await as('adam')('GET', '/tickets/t-AAAAAA')).text;
    const reply = await as('olga')(method, path, body);
    expect(`${reply.status} ${reply.body.error.code}`, reply.text.slice(0, 200)).toBe('400 validation_error');
    expect((await as('adam')('GET', '/tickets/t-AAAAAA')).text).toBe(before);
    expect((await as('adam')('GET', '/projects/proj_shop/tickets')).body.items).toHaveLength(3);
  });

  test('the answer names each field that is wrong', async () => {
    const { as } = sandbox();
    const { body } = await as('olga')('POST', '/projects/proj_shop/tickets', { title: '', colour: 'red' });
    expect(body.error.message).toContain('title');
    expect(body.error.message).toContain('colour');
    expect(body.error.details.issues).toHaveLength(2);
  });

  test('bytes that are not UTF-8', async () => {
    const { bare } = sandbox();
    const body = Buffer.from('7b227469746c65223a22ff227d', 'hex');
    const { status } = await bare('POST', '/projects/proj_shop/tickets', { headers: auth, body });
    expect(status).toBe(400);
  });
});

describe('is taken as it is', () => {
  const sandbox = shared(() => start());
  test.each([
    ['a'.repeat(300)],
    ['🚀'.repeat(300)],
    ['\u202eevil \u200b <script>alert(1)</script> $(x) {{y}} %00'],
    ["Robert'); DROP TABLE tickets;--"],
    ['مرحبا עברית 登录 👩‍👩‍👧'],
    ['line\nbreak\ttab'],
  ])('the title %j', async (title) => {
    const { as } = sandbox();
    const { body } = await as('olga')('POST', '/projects/proj_shop/tickets', { title });
    expect(body.title).toBe(title);
    expect((await as('olga')('GET', `/tickets/${body.id}`)).body.title).toBe(title);
  });

  test('100,000 characters of description and 50,000 of comment', async () => {
    const { as } = await start();
    const { body } = await as('olga')('PATCH', '/tickets/t-AAAAAA', { description: 'é'.repeat(100_000) });
    expect(body.description).toHaveLength(100_000);
    expect(
      (await as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'x'.repeat(50_000) })).status,
    ).toBe(201);
  });
});

describe('size', () => {
  test('more than 1 MiB is payload_too_large', async () => {
    const { as } = await start();
    const { status, body, headers } = await as('olga')('POST', '/tickets/t-AAAAAA/comments', {
      body: 'x'.repeat(10 * 1024 * 1024),
    });
    expect(`${status} ${body.error.code}`).toBe('413 payload_too_large');
    expect(headers.get('ratelimit-limit')).toBe('60');
    expect((await as('olga')('GET', '/companies')).status).toBe(200);
  });

  test('of whoever has no token, too, whose requests nobody counts', async () => {
    const { as } = await start();
    const { status, headers } = await as('nobody')(
      'POST',
      '/tickets/t-AAAAAA/comments',
      'x'.repeat(1024 * 1024 + 1),
    );
    expect([status, headers.has('ratelimit-limit')]).toEqual([413, false]);
  });

  test('also when it doesn’t say so before', async () => {
    const { bare } = await start();
    const chunks = new ReadableStream({
      start(controller) {
        for (let at = 0; at < 40; at++) controller.enqueue(Buffer.alloc(64 * 1024, 'x'));
        controller.close();
      },
    });
    const { status } = await bare('POST', '/tickets/t-AAAAAA/comments', {
      headers: auth,
      body: chunks,
      duplex: 'half',
    } as RequestInit);
    expect(status).toBe(413);
  });
});

describe('addresses', () => {
  const sandbox = shared(() => start());
  test('an unknown route is not_found, as JSON', async () => {
    const { as, url } = sandbox();
    for (const path of [
      '/nothing',
      '/tickets',
      '/tickets/',
      '/tickets/t-AAAAAA/',
      '/tickets//comments',
      '/projects/proj_shop',
    ]) {
      const { status, body } = await as('olga')('GET', path);
      expect(`${path} ${status} ${body.error.code}`).toBe(`${path} 404 not_found`);
    }
    expect((await fetch(`${url}/api/v2/companies`)).status).toBe(404);
  });

  test('a wrong method is 405 and says which are right', async () => {
    const { as } = sandbox();
    for (const [method, path, allow] of [
      ['PUT', '/tickets/t-AAAAAA', 'GET, PATCH'],
      ['DELETE', '/tickets/t-AAAAAA', 'GET, PATCH'],
      ['GET', '/tickets/t-AAAAAA/move', 'POST'],
      ['POST', '/companies', 'GET'],
      ['PATCH', '/projects/proj_shop/tickets', 'GET, POST'],
    ] as const) {
      const { status, body, headers } = await as('olga')(method, path);
      expect(`${method} ${path} ${status} ${body.error.code}`).toBe(
        `${method} ${path} 405 method_not_allowed`,
      );
      expect(headers.get('allow')).toBe(allow);
    }
  });

  test.each([
    't-AAAAAA%2Fcomments',
    '..%2Fcompanies',
    't-AAAAAA%00',
    '%F0%9F%90%9B',
    '%ZZ',
    "t-AAAAAA'--",
  ])('the ticket id %s is only a ticket id', async (id) => {
    const { as } = sandbox();
    const { status, body } = await as('olga')('GET', `/tickets/${id}`);
    expect(`${status} ${body.error.code}`).toBe('404 ticket_not_found');
  });
});

describe('every answer', () => {
  test('has an X-Request-Id of its own', async () => {
    const { as, url } = await start();
    const ids = [
      (await as('olga')('GET', '/companies')).headers,
      (await as('olga')('GET', '/companies')).headers,
      (await as('nobody')('GET', '/companies')).headers,
      (await as('olga')('GET', '/nothing')).headers,
      (await as('olga')('PUT', '/companies')).headers,
      (await fetch(`${url}/assets/x.png`)).headers,
    ].map((headers) => headers.get('x-request-id'));
    expect(ids.every(Boolean)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('lets no page of another origin read it', async () => {
    const { bare } = await start();
    const { headers } = await bare('GET', '/companies', {
      headers: { ...auth, origin: 'https://evil.example' },
    });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the Host header', () => {
  const ask = (url: string, host: string) =>
    new Promise<number>((resolve, reject) => {
      const call = request(`${url}/api/v1/companies`, { headers: { ...auth, host } }, (reply) => {
        reply.resume();
        resolve(reply.statusCode ?? 0);
      });
      call.once('error', reject);
      call.end();
    });

  test('must be this machine (no DNS rebinding)', async () => {
    const { url } = await start();
    for (const host of ['localhost', '127.0.0.1:1', 'LOCALHOST:80', '[::1]:9']) {
      expect(`${host} ${await ask(url, host)}`).toBe(`${host} 200`);
    }
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '192.168.0.1',
      '127.0.0.1.evil.example:80',
    ]) {
      expect(`${host} ${await ask(url, host)}`).toBe(`${host} 403`);
    }
  });

  test('a request that is no HTTP leaves the sandbox running', async () => {
    const { as, url } = await start();
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end('garbage\r\n\r\n'));
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
      socket.resume();
    });
    expect((await as('olga')('GET', '/companies')).status).toBe(200);
  });
});
