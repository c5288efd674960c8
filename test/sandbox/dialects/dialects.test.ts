/** The sandbox's dialects over HTTP: each trait shows, and says the same as the contract's form. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerOf } from '../../../src/sandbox/dialects/answers-of-routes.ts';
import { CONTRACT, DIALECTS, type Traits } from '../../../src/sandbox/index.ts';
import { routes } from '../../../src/toado-api/routes/routes.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { startToado, type Toado } from '../../support/toado.ts';

async function get(toado: Toado, path: string, token = 'triage') {
  const response = await fetch(toado.apiUrl + path, {
    headers: { authorization: `Bearer ${toado.token(token)}` },
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}

const withTraits = (some: Partial<Traits>) => startToado({ dialect: { ...CONTRACT, ...some } });

describe('every trait shows', () => {
  const shown = new Map<string, Set<string>>();
  for (const { traits } of Object.values(DIALECTS))
    for (const [trait, choice] of Object.entries(traits))
      shown.set(trait, (shown.get(trait) ?? new Set()).add(choice));

  test('the dialects hold every way to wrap, page, write and refuse', () => {
    expect(Object.keys(DIALECTS).length).toBeGreaterThanOrEqual(8);
    expect(shown.get('list')!.size).toBe(7);
    expect(shown.get('single')!.size).toBe(4);
    expect(shown.get('page')!.size).toBe(9);
    expect(shown.get('writes')!.size).toBe(5);
    expect(shown.get('errors')!.size).toBe(8);
    for (const trait of [
      'names',
      'ids',
      'times',
      'booleans',
      'references',
      'capture',
      'outOfReach',
      'scopes',
    ])
      expect(shown.get(trait)!.size).toBeGreaterThan(1);
  });

  test.each([
    ['items', (body: Body) => body.items],
    ['data', (body: Body) => body.data],
    ['results', (body: Body) => body.results],
    ['records', (body: Body) => body.records],
    ['named', (body: Body) => body.companies],
    ['data.items', (body: Body) => body.data.items],
  ] as const)('a list under %s', async (list, items) => {
    const toado = await withTraits({ list });
    const { body } = await get(toado, '/companies');
    expect(items(body).map(({ id }: { id: string }) => id)).toContain('co_acme');
  });

  test('camelCase, but for what a page recorded', async () => {
    const toado = await withTraits({ names: 'camelCase' });
    const tickets = await get(toado, '/projects/proj_storefront/tickets?limit=100');
    const row = tickets.body.items.find(({ hasCapture }: { hasCapture: boolean }) => hasCapture);
    const { body } = await get(toado, `/tickets/${row.id}`);
    const plain = await startToado();
    const same = (await get(plain, `/tickets/${row.id}`)).body;
    expect(body.commentCount).toBe(same.comment_count);
    const at = body.devtools.network.findIndex((one: Body) => one.requestHeaders);
    expect(body.devtools.network[at].requestHeaders).toEqual(same.devtools.network[at].request_headers);
    expect(body.devtools.console.map(({ args }: Body) => args)).toEqual(
      same.devtools.console.map(({ args }: Body) => args),
    );
  });

  test('numbered ids are taken back in paths, queries and bodies', async () => {
    const toado = await withTraits({ ids: 'numbers' });
    const projects = (await get(toado, '/projects')).body;
    expect(projects.every(({ id }: Body) => typeof id === 'number')).toBe(true);
    const { id } = projects.find(({ name }: Body) => name === 'Storefront');
    const columns = (await get(toado, `/projects/${id}/columns`)).body;
    const { items } = (await get(toado, `/projects/${id}/tickets?column_id=${columns[0].id}`)).body;
    expect(items.length).toBeGreaterThan(0);
    const moved = await toado.request('POST', `/tickets/${items[0].id}/move`, {
      target_column_id: columns[1].id,
    });
    expect(moved).toMatchObject({ status: 200, body: { column_id: columns[1].id, id: items[0].id } });
  });

  test('times, booleans, people and columns in other forms', async () => {
    const toado = await withTraits({ times: 'milliseconds', booleans: 'text', references: 'ids' });
    const { items } = (await get(toado, '/projects/proj_storefront/tickets?limit=100')).body;
    expect(items.every(({ created_at }: Body) => Number.isInteger(created_at) && created_at > 1e12)).toBe(
      true,
    );
    expect(new Set(items.map(({ resolved }: Body) => typeof resolved))).toEqual(new Set(['string']));
    expect(items.flatMap(({ assignees }: Body) => assignees)).toContain('usr_jason');
    const objects = await withTraits({ references: 'objects', times: 'seconds', booleans: 'numbers' });
    const { items: rows } = (await get(objects, '/projects/proj_storefront/tickets')).body;
    expect(rows[0].column.id).toMatch(/^col_/);
    expect(rows[0].created_at).toBeLessThan(1e12);
    expect([0, 1]).toContain(rows[0].resolved);
  });

  test('captures with their panels inside, and the comments with the ticket', async () => {
    const toado = await withTraits({ capture: 'inside' });
    const { items } = (await get(toado, '/projects/proj_storefront/tickets?limit=100')).body;
    const { id } = items.find((one: Body) => one.has_capture && one.comment_count > 0);
    const { body } = await get(toado, `/tickets/${id}`);
    expect(body.devtools).toBeUndefined();
    expect(body.capture.console[0]).toHaveProperty('timestamp');
    expect(body.capture.network[0].timing).toHaveProperty('duration');
    expect(body.comments.length).toBeGreaterThan(0);
  });

  test.each([
    ['no content', 204, ''],
    ['accepted', 202, ''],
    ['ok', 201, '{"ok":true}'],
  ] as const)('a write is answered with %s, and was done', async (writes, status, text) => {
    const toado = await withTraits({ writes });
    const { items } = (await get(toado, '/projects/proj_storefront/tickets')).body;
    const response = await fetch(`${toado.apiUrl}/tickets/${items[0].id}/comments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${toado.token('triage')}` },
      body: JSON.stringify({ body: 'written in a dialect' }),
    });
    expect(response.status).toBe(status);
    expect(await response.text()).toBe(text);
    const { text: comments } = await get(toado, `/tickets/${items[0].id}/comments?limit=100`);
    expect(comments).toContain('written in a dialect');
  });

  test.each([
    ['text', (body: Body) => body.error],
    ['message', (body: Body) => body.message],
    ['code and message', (body: Body) => body.message],
    ['list', (body: Body) => body.errors[0].message],
    ['fields', (body: Body) => body.errors.base[0]],
    ['problem', (body: Body) => body.detail],
  ] as const)('a refusal as %s', async (errors, message) => {
    const toado = await withTraits({ errors });
    const { status, body } = await get(toado, '/tickets/t-nobody');
    expect(status).toBe(404);
    expect(message(body)).toMatch(/ticket/i);
  });

  test('a refusal in plain text; out of reach as if it weren’t there', async () => {
    const plain = await withTraits({ errors: 'plain text' });
    expect((await get(plain, '/tickets/t-nobody')).text).toMatch(/^ticket_not_found: /);
    const hidden = await withTraits({ outOfReach: '404' });
    const { status, body } = await get(hidden, '/projects/proj_console/columns', 'one-project');
    expect(status).toBe(404);
    expect(JSON.stringify(body)).not.toContain('forbidden');
  });

  test('what is out of reach isn’t told from what isn’t there, wherever it is asked for', async () => {
    const toado = await withTraits({ outOfReach: '404' });
    const ask = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(toado.apiUrl + path, {
        method,
        headers: {
          authorization: `Bearer ${toado.token('one-project')}`,
          'content-type': 'application/json',
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, text: await response.text() };
    };
    const plain = await startToado();
    const { body } = await get(plain, '/projects/proj_console/tickets');
    const out = body.items[0].id as string;
    for (const method of ['GET', 'HEAD']) {
      expect(await ask(method, `/tickets/${out}`)).toEqual(await ask(method, '/tickets/t-nobody'));
      expect(await ask(method, '/projects/proj_console/tickets')).toEqual(
        await ask(method, '/projects/proj_nobody/tickets'),
      );
    }
    for (const id of ['project_id=proj_', 'company_id=co_'])
      expect(
        await ask('GET', `/tickets/search?query=x&${id}${id.startsWith('p') ? 'console' : 'globex'}`),
      ).toEqual(await ask('GET', `/tickets/search?query=x&${id}nobody`));
    const bulk = async (id: string) =>
      (await ask('POST', '/tickets/bulk-archive', { ticket_ids: [id] })).text.replaceAll(id, '');
    expect(await bulk(out)).toBe(await bulk('t-nobody'));
  });

  test('a path is known however it is written, and nothing is refused in another form', async () => {
    const toado = await withTraits({ errors: 'message', list: 'data' });
    expect((await get(toado, '/%63ompanies')).body.data.length).toBeGreaterThan(0);
    for (const [path, status, code] of [
      ['/nothing', 404, 'not_found'],
      ['/tickets/t-7Kq2Mx/move', 405, 'method_not_allowed'],
    ] as const) {
      const reply = await get(toado, path);
      expect([path, reply.status, reply.body]).toMatchObject([path, status, { code }]);
    }
  });

  test('numbered ids are the same after a restart', async () => {
    const db = join(temporaryFolder(), 'sandbox.db');
    const dialect = { ...CONTRACT, ids: 'numbers' as const };
    const first = await startToado({ db, dialect });
    const { body: before } = await get(first, '/tickets/search?query=checkout&limit=5');
    await first.close();
    const second = await startToado({ db, dialect });
    await get(second, '/projects');
    for (const { id, title } of [...before.items].reverse()) {
      expect(typeof id).toBe('number');
      expect((await get(second, `/tickets/${id}`)).body).toMatchObject({ id, title });
    }
  });

  test('scopes as one text', async () => {
    const toado = await withTraits({ scopes: 'text with commas' });
    expect((await get(toado, '/auth/token-info')).body.scope).toBe(
      'read,comments,tickets:write,tickets:assign',
    );
  });
});

describe('pages: all of them, and each row once', () => {
  const cursorOf: Partial<
    Record<Traits['page'], (page: Body, headers: Headers) => string | null | undefined>
  > = {
    cursor: ({ cursor }) => cursor,
    next_cursor: ({ next_cursor }) => next_cursor,
    nextCursor: ({ nextCursor }) => nextCursor,
    next_page_token: ({ next_page_token }) => next_page_token,
    meta: ({ meta }) => meta.next_cursor,
    pagination: ({ pagination }) => pagination.nextCursor,
    page_info: ({ page_info }) => (page_info.hasNextPage ? page_info.endCursor : undefined),
    link: (_, headers) => {
      const [, address] = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '') ?? [];
      return address && new URL(address).searchParams.get('cursor');
    },
  };

  test.each(Object.entries(cursorOf))('%s', async (page, cursor) => {
    const toado = await withTraits({ page: page as Traits['page'] });
    const seen: string[] = [];
    for (let next: string | null | undefined = ''; next !== undefined && next !== null; ) {
      const path = `/projects/proj_storefront/tickets?status=all&limit=7${next ? `&cursor=${encodeURIComponent(next)}` : ''}`;
      const { body, headers } = await get(toado, path);
      seen.push(...(Array.isArray(body) ? body : body.items).map(({ id }: Body) => id));
      next = cursor!(body, headers);
    }
    await expectAll(seen);
  });

  test('numbers, with the size that was asked for or its own', async () => {
    const toado = await withTraits({ page: 'numbers', list: 'data' });
    const seen: string[] = [];
    for (let page = 1, hasMore = true; hasMore; page++) {
      const { body } = await get(
        toado,
        `/projects/proj_storefront/tickets?status=all&page=${page}&per_page=7`,
      );
      expect(body.meta).toMatchObject({ page, per_page: 7 });
      seen.push(...body.data.map(({ id }: Body) => id));
      hasMore = body.meta.has_more;
    }
    await expectAll(seen);
    const { body } = await get(
      toado,
      '/projects/proj_storefront/tickets?status=all&page=3&per_page=7',
      'reader',
    );
    expect(body.data.map(({ id }: Body) => id)).toEqual(seen.slice(14, 21));
  });

  test('a validator is about the page that is asked for, not about those before it', async () => {
    const toado = await withTraits({ page: 'numbers', list: 'data' });
    const headers = { authorization: `Bearer ${toado.token('triage')}`, 'if-none-match': '*' };
    const third = `${toado.apiUrl}/projects/proj_storefront/tickets?per_page=7&page=3`;
    expect((await fetch(third, { headers })).status).toBe(304);
  });

  test('numbers beyond the last page, and where the limit ends the way to it', async () => {
    const toado = await withTraits({ page: 'numbers', list: 'data' });
    const path = '/projects/proj_storefront/tickets?status=all&per_page=7';
    const beyond = await get(toado, `${path}&page=90`);
    expect([beyond.status, beyond.body]).toMatchObject([
      200,
      { data: [], meta: { page: 90, has_more: false } },
    ]);
    const left = Number(beyond.headers.get('ratelimit-remaining'));
    const third = await get(toado, `${path}&page=3`);
    expect(third.body.data).toHaveLength(7);
    expect(left - Number(third.headers.get('ratelimit-remaining')), 'reads that it costs').toBe(2);
    const limits = { reads_per_minute: 1 };
    await fetch(`${toado.apiUrl}/sandbox/limits/co_acme`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(limits),
    });
    expect((await get(toado, `${path}&page=3`)).status).toBe(429);
  });

  async function expectAll(seen: string[]): Promise<void> {
    const plain = await startToado();
    const all = (await get(plain, '/projects/proj_storefront/tickets?status=all&limit=100')).body.items;
    expect(seen).toEqual(all.map(({ id }: Body) => id));
    expect(new Set(seen).size).toBe(seen.length);
  }
});

// biome-ignore lint/suspicious/noExplicitAny: bodies of every form are looked into
type Body = any;

test('a dialect knows what each route of the contract answers', () => {
  const unknown = Object.values(routes)
    .filter(({ method, path }) => answerOf(method, path.replaceAll(/\{\w+\}/g, 'x_1')) === undefined)
    .map(({ method, path }) => `${method} ${path}`);
  expect(unknown).toEqual([]);
});
