/** The pages act as the person at this machine: nobody else may use them. */

import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { startToado } from '../../../support/toado.ts';
import { send, visitor } from '../../support/visitor.ts';

const PAGES = [
  '/projects/proj_storefront',
  '/tickets/t-7Kq2Mx',
  '/settings/tokens',
  '/settings/tokens/new',
  '/try',
  '/nothing',
];

test('every page forbids scripts, styles, frames and connections that are not its own', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado);
  for (const path of PAGES) {
    const { headers } = await get(path);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  }
});

test('no page has a script, a style or a handler of its own', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado);
  for (const path of [
    ...PAGES,
    '/tickets/t-Inj3ct',
    '/tickets/t-Inj3ct?panel=console',
    '/tickets/t-Inj3ct?panel=network',
  ]) {
    const { body } = await get(path);
    expect(body.match(/<script[^>]*>/g)).toEqual([expect.stringContaining('src="/static/')]);
    expect(body).not.toMatch(/<style|<iframe|<[^>]+\s(style|on\w+)=/i);
    expect(body).not.toMatch(/(src|action)="?https?:/i);
    expect(body).not.toMatch(/href="?javascript:/i);
  }
});

test('a host name that is not this machine’s is refused, whatever is asked', async () => {
  const toado = await startToado();
  const { cookie } = await visitor(toado, 'usr_priya');
  for (const path of [...PAGES, '/events']) {
    const { status, body } = await send(toado.url, 'GET', path, {
      Host: 'attacker.example',
      Cookie: cookie,
      Accept: 'text/html',
    });
    expect(status).toBe(403);
    expect(body).not.toContain('Storefront');
  }
});

test('a request line that names another host than the header is refused, too', async () => {
  const { url } = await startToado();
  for (const [path, status] of [
    ['http://attacker.example/settings/tokens', 403],
    ['http://attacker.example/api/v1/companies', 403],
    [`${url}/settings/tokens`, 200],
  ] as const) {
    const answer = await send(url, 'GET', path, {
      Host: new URL(url).host,
      Accept: 'text/html',
      Authorization: 'Bearer tok_sandbox_triage',
    });
    expect([path, answer.status]).toEqual([path, status]);
  }
});

test('the cookies of other programs on this host do no harm, and too many of them are a page', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado);
  const cookies = (count: number) =>
    Array.from({ length: count }, (_, at) => `n${at}=${'x'.repeat(4000)}`).join('; ');
  expect((await get('/settings/tokens', { Cookie: cookies(12) })).status).toBe(200);
  const { status, headers, body } = await get('/settings/tokens', { Cookie: cookies(40) });
  expect([status, headers['content-type']]).toEqual([431, 'text/html; charset=utf-8']);
  expect(body).toContain('delete those of this address');
});

const STRANGERS: Record<string, Record<string, string | undefined>> = {
  'another site': { Origin: 'https://attacker.example', 'Sec-Fetch-Site': 'cross-site' },
  'another port of this machine': { Origin: 'http://127.0.0.1:3000', 'Sec-Fetch-Site': 'same-site' },
  'a sandboxed frame': { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
  'somebody who hides the origin': { Origin: undefined, 'Sec-Fetch-Site': undefined },
  'the same host over https': { Origin: 'https://127.0.0.1', 'Sec-Fetch-Site': undefined },
};

for (const [who, headers] of Object.entries(STRANGERS)) {
  test(`${who} changes nothing`, async () => {
    const toado = await startToado();
    const { post } = await visitor(toado);
    const attempts: [string, Record<string, string>][] = [
      ['/tickets/t-7Kq2Mx/comments', { body: 'Posted from elsewhere' }],
      ['/tickets/t-7Kq2Mx/archive', {}],
      ['/settings/tokens', { label: 'theirs', scope: 'tickets:write', form_id: 'x' }],
      ['/settings/tokens/tkn_triage/revoke', {}],
      ['/session', { user: 'usr_priya', back: '/' }],
    ];
    for (const [path, fields] of attempts) expect((await post(path, fields, headers)).status).toBe(403);
    const { body } = await toado.request('GET', '/tickets/t-7Kq2Mx?include=');
    expect(body).toMatchObject({ status: 'active', comment_count: 2 });
    const { body: tokens } = await toado.request('GET', '/sandbox/tokens');
    expect(JSON.stringify(tokens)).not.toContain('theirs');
  });
}

test('changes are told to the sandbox’s own pages only', async () => {
  const toado = await startToado();
  const { cookie } = await visitor(toado, 'usr_priya');
  for (const site of ['cross-site', 'same-site']) {
    const { status } = await send(toado.url, 'GET', '/events', { Cookie: cookie, 'Sec-Fetch-Site': site });
    expect(status).toBe(403);
  }
});

test('a link on another site may lead to a page', async () => {
  const toado = await startToado();
  const { status } = await send(toado.url, 'GET', '/tickets/t-7Kq2Mx', {
    'Sec-Fetch-Site': 'cross-site',
    Accept: 'text/html',
  });
  expect(status).toBe(200);
});

test('on another of this machine’s addresses, the pages and the tokens work for whoever is at it', async () => {
  const addresses = Object.values(networkInterfaces()).flatMap((own) => own ?? []);
  const host =
    addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
  const toado = await startToado({ host });
  expect(toado.url).toContain(host);
  const { get, post } = await visitor(toado, 'usr_priya');
  expect((await get('/projects/proj_storefront')).status).toBe(200);
  expect((await post('/tickets/t-7Kq2Mx/comments', { body: 'From here' })).status).toBe(303);
  expect((await toado.request('GET', '/sandbox/tokens')).status).toBe(200);
});

test.each([
  ['0', 'http://127.0.0.1:'],
  ['0.0', 'http://127.0.0.1:'],
  ['127.1', 'http://127.0.0.1:'],
  ['LocalHost', 'http://localhost:'],
  ['0:0:0:0:0:0:0:1', 'http://[::1]:'],
])('an address that browsers write otherwise (%s) is offered as they write it, and works', async (host, address) => {
  const toado = await startToado({ host });
  expect(toado.url).toContain(address);
  const { get } = await visitor(toado);
  expect((await get('/settings/tokens')).status).toBe(200);
});
