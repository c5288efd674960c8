/** Whom the browser acts as, and that no page writes as anybody else than it shows. */
import { get as httpGet } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../../../src/sandbox/index.ts';
import { ownPath } from '../../../../src/sandbox/web/request/page-router.tsx';
import { temporaryFolder } from '../../../support/temporary.ts';
import { startToado, type Toado } from '../../../support/toado.ts';
import { send, visitor } from '../../support/visitor.ts';

const COMMENTS = '/tickets/t-7Kq2Mx/comments';

async function authors(toado: Toado): Promise<string[]> {
  const { body } = await toado.request('GET', COMMENTS);
  return (body as { items: { created: { user: { id: string } } }[] }).items.map(
    ({ created }) => created.user.id,
  );
}

test('a choice outlasts a restart', async () => {
  const db = join(temporaryFolder(), 'sandbox.db');
  const first = await startSandbox({ db });
  const port = Number(new URL(first.url).port);
  const { cookie } = await visitor(first, 'usr_priya');
  await first.close();
  const second = await startSandbox({ db, port });
  onTestFinished(() => second.close());
  const { body } = await send(second.url, 'GET', '/settings/tokens', { Cookie: cookie });
  expect(body).toContain('You are </span>Priya Raman');
});

test('another program’s cookie of the same name doesn’t hide the choice', async () => {
  const toado = await startToado();
  const { cookie } = await visitor(toado, 'usr_priya');
  const name = cookie.split('=')[0];
  for (const Cookie of [`${name}=tossed.by.another; ${cookie}`, `${cookie}; ${name}=x`]) {
    const { body } = await send(toado.url, 'GET', '/settings/tokens', { Cookie });
    expect(body).toContain('You are </span>Priya Raman');
  }
});

test('no page writes the choice: a link from elsewhere, which comes without it, can’t lose it', async () => {
  const toado = await startToado();
  for (const path of [
    '/',
    '/projects/proj_storefront',
    '/tickets/t-7Kq2Mx',
    '/settings/tokens',
    '/nothing',
  ]) {
    for (const site of ['none', 'cross-site', 'same-origin']) {
      const { headers } = await send(toado.url, 'GET', path, { Accept: 'text/html', 'Sec-Fetch-Site': site });
      expect(String(headers['set-cookie'] ?? ''), `${path} ${site}`).not.toContain('toado_sandbox_');
    }
  }
});

test('the cookie is kept from scripts and from what other sites send', async () => {
  const toado = await startToado();
  const { post } = await visitor(toado);
  const { headers } = await post('/session', { user: 'usr_priya', back: '/' });
  expect(String(headers['set-cookie'])).toMatch(
    /^toado_sandbox_\d+=usr_priya\.[\w-]+\.[\w-]+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
});

test('a made-up cookie chooses nobody', async () => {
  const toado = await startToado();
  const { cookie, get } = await visitor(toado, 'usr_lena');
  for (const forged of [
    cookie.replace('usr_lena', 'usr_priya'),
    cookie.replace(/\.[^.]+$/, ''),
    `${cookie}x`,
  ]) {
    expect((await get('/settings/tokens', { Cookie: forged })).body).toContain('You are </span>Jason');
  }
});

const WRITES: [path: string, fields: Record<string, string>][] = [
  [COMMENTS, { body: 'Written by whom?' }],
  ['/tickets/t-7Kq2Mx/edit', { title: 'Changed by whom?' }],
  ['/tickets/t-7Kq2Mx/move', { target_column_id: 'col_store_done' }],
  ['/tickets/t-7Kq2Mx/archive', {}],
  ['/tickets/t-7Kq2Mx/assignees', { add: 'usr_aoi' }],
  ['/projects/proj_storefront/tickets', { title: 'Made by whom?' }],
  ['/settings/tokens', { label: 'whose?', scope: 'read', form_id: 'f' }],
  ['/settings/tokens/tkn_triage/revoke', {}],
  ['/try', { token: 'tok_sandbox_triage' }],
];

test('a page of somebody whom the browser no longer acts as is refused, with the way on', async () => {
  const toado = await startToado();
  const priya = await visitor(toado, 'usr_priya');
  const before = await authors(toado);
  for (const [path, fields] of WRITES) {
    const referer = `${toado.url}/tickets/t-7Kq2Mx?panel=network`;
    const { status, body } = await priya.post(path, { ...fields, as: 'usr_jason' }, { Referer: referer });
    expect([path, status]).toEqual([path, 409]);
    expect(body).toContain('This page was opened as Jason, and this browser acts as Priya Raman now.');
    expect(body).toContain('href="/tickets/t-7Kq2Mx?panel=network"');
    expect(body).toContain('Go on as Priya Raman');
    expect(body).toContain('Be Jason again');
  }
  expect(await authors(toado)).toEqual(before);
  const { body } = await toado.request('GET', '/tickets/t-7Kq2Mx?include=');
  expect(body).toMatchObject({ status: 'active', column_id: 'col_store_new' });
  expect(JSON.stringify((await toado.request('GET', '/sandbox/tokens')).body)).not.toContain('whose?');
});

test('a form that doesn’t say who sends it is refused', async () => {
  const toado = await startToado();
  for (const [path, fields] of WRITES) {
    const { status } = await send(
      toado.url,
      'POST',
      path,
      { Origin: toado.url, 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' },
      String(new URLSearchParams(fields)),
    );
    expect([path, status]).toEqual([path, 400]);
  }
});

test('every form that changes something says whom its page acts as', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado, 'usr_priya');
  for (const path of [
    '/projects/proj_storefront',
    '/tickets/t-7Kq2Mx',
    '/settings/tokens',
    '/settings/tokens/new',
    '/settings/tokens/tkn_reader',
    '/try?with=reader',
    '/nothing',
  ]) {
    const { body } = await get(path);
    expect(body).toContain('data-as="usr_priya"');
    const forms = body.match(/<form method="post"[^>]*>(<input[^>]*>)?/g)!;
    expect(forms.length).toBeGreaterThan(0);
    for (const form of forms) expect(form).toContain('name="as" value="usr_priya"');
  }
});

/** What `/events` says to a browser with this cookie, and whether it ended. */
function listen(toado: Toado, cookie: string): { heard: () => string; ended: () => boolean } {
  let heard = '';
  let ended = false;
  const asked = httpGet(`${toado.url}/events`, { headers: cookie ? { cookie } : {} }, (answer) => {
    answer.on('data', (chunk) => {
      heard += chunk;
    });
    answer.on('end', () => {
      ended = true;
    });
  });
  asked.on('error', () => {});
  onTestFinished(() => void asked.destroy());
  return { heard: () => heard, ended: () => ended };
}

test('the other tabs of the browser hear at once who it is, and hear nothing more as the one before', async () => {
  const toado = await startToado();
  const priya = await visitor(toado, 'usr_priya');
  const tab = listen(toado, priya.cookie);
  const stranger = listen(toado, (await visitor(toado, 'usr_priya')).cookie);
  await expect.poll(tab.heard).toContain('event: person\ndata: "usr_priya"');
  await expect.poll(stranger.heard).toContain('"usr_priya"');
  await priya.post('/session', { user: 'usr_lena', back: '/' });
  await expect.poll(tab.heard).toContain('event: person\ndata: "usr_lena"');
  await expect.poll(tab.ended).toBe(true);
  await toado.request('POST', COMMENTS, { body: 'After the change' });
  await expect.poll(stranger.heard).toContain('t-7Kq2Mx');
  expect(stranger.heard()).not.toContain('usr_lena');
  expect(tab.heard()).not.toContain('t-7Kq2Mx');
});

test('and so do those of a browser in which nobody was chosen before, and of no other', async () => {
  const toado = await startToado();
  const first = await visitor(toado);
  const tab = listen(toado, first.cookie);
  const others = [(await visitor(toado)).cookie, ''].map((cookie) => listen(toado, cookie));
  for (const { heard } of [tab, ...others]) await expect.poll(heard).toContain('"usr_jason"');
  await first.post('/session', { user: 'usr_lena', back: '/' });
  await expect.poll(tab.heard).toContain('"usr_lena"');
  await expect.poll(tab.ended).toBe(true);
  // What follows was sent after what they were not to hear.
  await toado.request('POST', COMMENTS, { body: 'After the choice' });
  for (const { heard, ended } of others) {
    await expect.poll(heard).toContain('t-7Kq2Mx');
    expect(heard()).not.toContain('usr_lena');
    expect(ended()).toBe(false);
  }
});

test('a browser is marked once, by a page, and keeps its mark when somebody is chosen', async () => {
  const toado = await startToado();
  const marks = async (path: string, headers: Record<string, string>) =>
    String((await send(toado.url, 'GET', path, headers)).headers['set-cookie'] ?? '');
  const html = { Accept: 'text/html' };
  const mark = /^(toado_browser_\d+=([\w-]{12})); Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/.exec(
    await marks('/settings/tokens', html),
  )!;
  expect(mark).not.toBeNull();
  expect(await marks('/settings/tokens', { ...html, Cookie: mark[1]! })).toBe('');
  expect(await marks('/settings/tokens', { ...html, Cookie: 'toado_browser_1=elsewhere' })).not.toBe('');
  expect(await marks('/static/none.js', html)).toBe('');
  expect(await marks('/tickets/t-7Kq2Mx', { Accept: '*/*' })).toBe('');
  const { post } = await visitor(toado);
  const { headers } = await post('/session', { user: 'usr_lena', back: '/' }, { Cookie: mark[1]! });
  expect(String(headers['set-cookie'])).toContain(`usr_lena.${mark[2]}.`);
});

test('the way back after changing the person stays on this origin', async () => {
  const toado = await startToado();
  const { post } = await visitor(toado);
  for (const back of [
    '//attacker.example/',
    '/\\attacker.example/',
    'https://attacker.example/',
    '/\t/attacker.example',
    '/\n/attacker.example',
    '\t//attacker.example',
    '/..//attacker.example',
    '/.//attacker.example',
    '/%2e%2e//attacker.example',
    'javascript:alert(1)',
    'http:attacker.example',
    '',
  ]) {
    const { status, headers } = await post('/session', { user: 'usr_priya', back });
    expect([back, status]).toEqual([back, 303]);
    expect(new URL(String(headers.location), toado.url).origin, back).toBe(toado.url);
  }
  for (const back of ['/settings/tokens', '/search?q=a%20b', '/tickets/t-7Kq2Mx?panel=console']) {
    expect((await post('/session', { user: 'usr_priya', back })).headers.location).toBe(back);
  }
  const broken = await post('/session', { user: 'usr_priya', back: '/x\r\nSet-Cookie: a=b' });
  expect(broken.headers.location).toBe('/xSet-Cookie:%20a=b');
});

test('and finds back where the browser names this origin otherwise', () => {
  for (const [address, origin] of [
    ['http://127.0.0.1/try', 'http://127.0.0.1:80'],
    ['http://localhost:1/try', 'http://LOCALHOST:1'],
    ['http://[::1]:1/try', 'http://[0:0:0:0:0:0:0:1]:1'],
  ] as const) {
    expect([origin, ownPath(address, origin)]).toEqual([origin, '/try']);
  }
});

test('whatever goes wrong for a person is a page', async () => {
  const toado = await startToado();
  const { get, post } = await visitor(toado);
  const isPage = (
    answer: { status: number; body: string; headers: Record<string, unknown> },
    name: string,
  ) => {
    expect(answer.status, name).toBeGreaterThanOrEqual(400);
    expect(String(answer.headers['content-type']), name).toContain('text/html');
    expect(answer.body, name).toContain('data-refusal');
    expect(String(answer.headers['content-security-policy']), name).toContain("default-src 'none'");
  };
  for (const path of [
    '/nothing',
    '/tickets/%0d%0aX',
    '/tickets/%E0%A4%A',
    '/projects/%00',
    `/search?q=${'%'}`.replace('/search?q=%', '/settings/tokens/%ff'),
    '/tickets/t-7Kq2Mx/comments',
    '/tickets/t-7Kq2Mx/pictures/none',
    '/assets/none.png',
    '/static/x/none.js',
    '/session',
  ]) {
    isPage(await get(path), path);
  }
  for (const path of [
    '/tickets/t-%0d%0aX/comments',
    '/tickets/%E0%A4%A/archive',
    '/nothing',
    '/projects/proj_storefront',
    '/session',
  ]) {
    isPage(await post(path, { body: 'x' }), `POST ${path}`);
  }
  isPage(await post(COMMENTS, { body: 'x' }, { 'Content-Type': 'text/plain' }), 'not a form');
  isPage(await post(COMMENTS, { body: 'x' }, { Origin: 'https://attacker.example' }), 'another origin');
  const elsewhere = await get('/projects/proj_storefront', { Host: 'attacker.example' });
  isPage(elsewhere, 'another host');
  expect(elsewhere.body).not.toContain('Storefront');
});
