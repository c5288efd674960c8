/** What the pages show and refuse, without a browser. */
import { get as httpGet } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { startToado } from '../../../support/toado.ts';
import { smallWorld, ticket } from '../../support/small-world.ts';
import { visitor } from '../../support/visitor.ts';

test('the address alone leads to the first board', async () => {
  const toado = await startToado();
  const { headers, status } = await (await visitor(toado)).get('/');
  expect([status, headers.location]).toEqual([302, '/projects/proj_storefront']);
});

test('what isn’t there is a page for people and JSON for programs', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado);
  for (const path of ['/nothing', '/tickets/t-000000', '/projects/proj_no', '/settings/tokens/tkn_no']) {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).toContain('<!doctype html>');
    expect(body).toContain('Not found');
  }
  const { status, body } = await get('/nothing', { Accept: '*/*' });
  expect([status, JSON.parse(body).error.code]).toEqual([404, 'not_found']);
});

test('a viewer sees no form, and a form sent anyway is refused with a reason', async () => {
  const toado = await startToado();
  const ruth = await visitor(toado, 'usr_ruth');
  const page = await ruth.get('/tickets/t-7Kq2Mx');
  expect(page.body).toContain('You are </span>Ruth Adeyemi');
  expect(page.body).not.toContain('/tickets/t-7Kq2Mx/comments');
  const board = await ruth.get('/projects/proj_storefront');
  expect(board.body).toContain('You can read here, not write.');
  expect(board.body).not.toContain('draggable="true"');
  const refused = await ruth.post('/tickets/t-7Kq2Mx/comments', { body: 'Hello' });
  expect(refused.status).toBe(403);
  expect(refused.body).toContain('A viewer can read here, not write.');
  const token = await ruth.post('/settings/tokens', { label: 'x', scope: 'read', form_id: 'a' });
  expect(token.status).toBe(403);
  expect(token.body).toContain('viewers hold no tokens');
});

test('a project that a person can’t see is refused', async () => {
  const toado = await startToado();
  const lena = await visitor(toado, 'usr_lena');
  const { status, body } = await lena.get('/projects/proj_console');
  expect(status).toBe(403);
  expect(body).toContain('Not allowed');
});

test('a form that is sent twice makes one token, and its text is in one answer only', async () => {
  const toado = await startToado();
  const { get, post } = await visitor(toado);
  const form = { label: 'once', scope: 'comments', form_id: 'the-same' };
  const first = await post('/settings/tokens', form);
  const token = /tok_01[0-9A-Z]{30,}/.exec(first.body)![0];
  expect(first.status).toBe(201);
  const second = await post('/settings/tokens', form);
  expect([second.status, second.headers.location]).toEqual([303, '/settings/tokens']);
  const { body } = await toado.request('GET', '/sandbox/tokens');
  const made = (body as { label: string; id: string }[]).filter(({ label }) => label === 'once');
  expect(made).toHaveLength(1);
  for (const path of ['/settings/tokens', `/settings/tokens/${made[0]!.id}`, '/try']) {
    expect((await get(path)).body).not.toContain(token);
  }
  const tried = await post('/try', { token });
  expect(tried.body).toContain('With this token');
  expect(tried.body).not.toContain(token);
  const wrong = await post('/try', { token: 'tok_nobodys' });
  expect(wrong.body).toContain('This token is not known here');
});

test('a token form without its number, or with one that made another token, makes none and says so', async () => {
  const toado = await startToado();
  const { post } = await visitor(toado);
  const form = { label: 'nameless', scope: 'read' };
  for (const form_id of [undefined, '']) {
    const { status, body } = await post('/settings/tokens', { ...form, ...(form_id === '' && { form_id }) });
    expect(status).toBe(400);
    expect(body).toContain('value="nameless"');
  }
  expect((await post('/settings/tokens', { ...form, form_id: 'one' })).status).toBe(201);
  const other = await post('/settings/tokens', { ...form, label: 'another', form_id: 'one' });
  expect(other.status).toBe(409);
  expect(other.body).toContain('has made a token already');
  const again = /name="form_id" value="([^"]+)"/.exec(other.body)![1]!;
  expect((await post('/settings/tokens', { ...form, label: 'another', form_id: again })).status).toBe(201);
  const { body } = await toado.request('GET', '/sandbox/tokens');
  const labels = (body as { label: string }[]).map(({ label }) => label);
  expect(labels.filter((label) => label === 'nameless' || label === 'another')).toEqual([
    'another',
    'nameless',
  ]);
});

test('a token form that can’t be meant comes back as it was filled in, with the reason', async () => {
  const toado = await startToado();
  const { post } = await visitor(toado);
  const none = await post('/settings/tokens', { label: 'keeps its label', form_id: 'a' });
  expect(none.status).toBe(400);
  expect(none.body).toContain('Pick at least one.');
  expect(none.body).toContain('value="keeps its label"');
  const stray = await post('/settings/tokens', {
    label: 'stray',
    scope: 'read',
    company: 'co_globex',
    project: 'proj_storefront',
    form_id: 'b',
  });
  expect(stray.status).toBe(400);
  expect(stray.body).toContain('proj_storefront is not in the companies');
});

test('broken and oversized forms are refused', async () => {
  const toado = await startToado();
  const { post } = await visitor(toado);
  expect((await post('/tickets/t-7Kq2Mx/comments', { body: '   ' })).status).toBe(400);
  expect((await post('/tickets/t-7Kq2Mx/comments', { body: 'x'.repeat(2_000_000) })).status).toBe(413);
  expect((await post('/tickets/t-7Kq2Mx/move', { target_column_id: 'col_no' })).status).toBe(404);
  const json = { 'Content-Type': 'application/json' };
  expect((await post('/tickets/t-7Kq2Mx/comments', { body: 'x' }, json)).status).toBe(400);
});

test('what was said, what is in a form, and what is in an address comes out as text', async () => {
  const toado = await startToado();
  const { get, post } = await visitor(toado);
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
  await post('/tickets/t-7Kq2Mx/comments', { body: evil });
  const texts = { title: evil, description: `${evil} \`${evil}\`` };
  expect((await toado.request('PATCH', '/tickets/t-7Kq2Mx', texts)).status).toBe(200);
  await post('/settings/tokens', { label: evil, scope: 'read', form_id: 'a' });
  const query = encodeURIComponent(evil);
  for (const path of [
    '/tickets/t-7Kq2Mx',
    '/projects/proj_storefront',
    '/settings/tokens',
    `/search?q=${query}`,
    `/tickets/t-7Kq2Mx?panel=console&q=${query}`,
    `/tickets/${query}`,
    `/${query}`,
  ]) {
    const { body } = await get(path);
    expect(body).not.toContain('<script>alert');
    expect(body).not.toContain('<img src=x');
  }
});

test('changes are streamed with who made them, and only those that the person may see', async () => {
  const toado = await startToado();
  const { cookie } = await visitor(toado, 'usr_lena');
  let heard = '';
  const asked = httpGet(`${toado.url}/events`, { headers: { cookie } }, (answer) => {
    expect(answer.headers['content-type']).toContain('text/event-stream');
    answer.on('data', (chunk) => {
      heard += chunk;
    });
  });
  asked.on('error', () => {});
  onTestFinished(() => void asked.destroy());
  await expect.poll(() => heard).toContain('event: open');
  const { body } = await toado.request('GET', '/projects/proj_console/tickets?limit=1');
  const hidden = (body as { items: { id: string }[] }).items[0]!.id;
  await toado.request('POST', `/tickets/${hidden}/comments`, { body: 'Lena can’t see this' });
  await toado.request('POST', '/tickets/t-7Kq2Mx/comments', { body: 'but this' });
  await expect.poll(() => heard).toContain('"by":"Jason (claude-code on macbook) · via API"');
  expect(heard).toContain('t-7Kq2Mx');
  expect(heard).not.toContain(hidden);
});

test('styles, script and font are the sandbox’s own, and kept by the browser until they change', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado);
  const { body } = await get('/settings/tokens');
  const addresses = [...body.matchAll(/"(\/static\/[^"]+)"/g)].map(([, address]) => address!);
  expect(addresses.length).toBeGreaterThanOrEqual(4);
  for (const address of addresses) {
    const { status, headers } = await get(address);
    expect([address, status]).toEqual([address, 200]);
    expect(headers['cache-control']).toContain('immutable');
  }
  expect((await get('/static/x/nothing.js')).status).toBe(404);
  expect((await get('/static/x/..%2Fweb.tsx')).status).toBe(404);
});

test('long lists are gone through to their end', async () => {
  const world = smallWorld();
  const many = Array.from({ length: 130 }, (_, at) =>
    ticket(`t-${String(at).padStart(6, '0')}`, {
      title: `Numbered ${at}`,
      ...(at % 2 ? { archivedMinutesAgo: 10 } : {}),
    }),
  );
  const toado = await startToado({ world: { ...world, tickets: [...world.tickets, ...many] } });
  const { get } = await visitor(toado);
  for (const [path, all] of [
    ['/search?q=numbered+is:archived', 130],
    ['/projects/proj_shop/archived', 65],
    ['/projects/proj_shop', 68],
  ] as const) {
    let address: string | undefined = path;
    let shown = 0;
    for (let pages = 0; address && pages < 5; pages++) {
      const { body } = await get(address);
      shown = new Set(body.match(/href="\/tickets\/t-[\w]+"/g)).size;
      address = /href="([^"]+[?&;]show=\d+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
    }
    expect([path, shown]).toEqual([path, all]);
  }
});

test('what was found says in which project and column it is', async () => {
  const toado = await startToado();
  const { get } = await visitor(toado);
  const { body } = await get('/search?q=checkout');
  const rows = body.match(/<li id="t-[\s\S]*?<\/li>/g)!;
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows) {
    expect(row.replaceAll(/<[^>]*>/g, ' ')).toMatch(/(Storefront|Studio Console|Field Service)\s+\w+/);
  }
});
