import { describe, expect, test } from 'vitest';
import { ids, smallWorld, start, ticket, worldWithTokens } from '../support/sandbox.ts';

const refusal = (reply: { status: number; body: { error?: { code: string } } }) =>
  `${reply.status} ${reply.body.error?.code}`;

describe('a restricted token sees only the chosen scope', () => {
  test('limited to one company: lists return only matching rows', async () => {
    const { as } = await start({ world: worldWithTokens({ one: { companies: ['co_globex'] } }) });
    const { body: companies } = await as('one')('GET', '/companies');
    expect(companies).toEqual([{ id: 'co_globex', name: 'Globex', role: 'member' }]);
    const { body: projects } = await as('one')('GET', '/projects');
    expect(projects.map(({ id }: { id: string }) => id)).toEqual(['proj_globex']);
    expect(
      ids(await as('one')('GET', '/tickets/search?query=ticket lift checkout'.replaceAll(' ', '+'))),
    ).toEqual([]);
    expect(ids(await as('one')('GET', '/tickets/search?query=lift'))).toEqual(['t-GGGGGG']);
    expect(ids(await as('one')('GET', '/tickets/search?query=checkout'))).toEqual([]);
  });

  test('limited to one project: lists return only matching rows, its company among them', async () => {
    const { as } = await start({ world: worldWithTokens({ one: { projects: ['proj_vault'] } }) });
    expect((await as('one')('GET', '/companies')).body.map(({ id }: { id: string }) => id)).toEqual([
      'co_acme',
    ]);
    expect((await as('one')('GET', '/projects')).body.map(({ id }: { id: string }) => id)).toEqual([
      'proj_vault',
    ]);
    expect(ids(await as('one')('GET', '/tickets/search?query=vault'))).toEqual(['t-VVVVVV']);
    expect(ids(await as('one')('GET', '/tickets/search?query=checkout'))).toEqual([]);
  });

  test('touching any other row is forbidden', async () => {
    const { as } = await start({
      world: worldWithTokens({ one: { companies: ['co_acme'], projects: ['proj_vault'] } }),
    });
    const touches: [string, string, unknown?][] = [
      ['GET', '/projects?company_id=co_globex'],
      ['GET', '/projects/proj_shop/columns'],
      ['GET', '/projects/proj_shop/members'],
      ['GET', '/projects/proj_shop/tickets'],
      ['GET', '/tickets/search?query=x&project_id=proj_shop'],
      ['GET', '/tickets/search?query=x&company_id=co_globex'],
      ['GET', '/tickets/t-AAAAAA'],
      ['GET', '/tickets/t-AAAAAA/comments'],
      ['GET', '/tickets/t-AAAAAA/annotations'],
      ['GET', '/tickets/t-AAAAAA/assets/screenshot'],
      ['POST', '/tickets/t-AAAAAA/comments', { body: 'x' }],
      ['POST', '/projects/proj_shop/tickets', { title: 'x' }],
      ['PATCH', '/tickets/t-AAAAAA', { resolved: true }],
      ['POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_vault_todo' }],
      ['POST', '/tickets/t-VVVVVV/move', { target_column_id: 'col_shop_todo' }],
      ['POST', '/tickets/t-AAAAAA/archive'],
      ['POST', '/tickets/t-AAAAAA/restore'],
      ['POST', '/tickets/start-work', { ticket_ids: ['t-VVVVVV', 't-AAAAAA'], branch_name: 'b' }],
      ['POST', '/tickets/t-AAAAAA/assignees', { user_id: 'usr_mia' }],
      ['DELETE', '/tickets/t-AAAAAA/assignees/usr_mia'],
    ];
    for (const [method, path, body] of touches) {
      const reply = await as('one')(method, path, body);
      expect(`${method} ${path} ${refusal(reply)}`).toBe(`${method} ${path} 403 forbidden`);
    }
    expect((await as('olga')('GET', '/tickets/t-VVVVVV')).body.branch_name).toBeNull();
  });

  test('in a bulk call only the tickets out of reach fail', async () => {
    const { as } = await start({ world: worldWithTokens({ one: { projects: ['proj_vault'] } }) });
    const { body } = await as('one')('POST', '/tickets/bulk-assign', {
      ticket_ids: ['t-AAAAAA', 't-VVVVVV', 't-nowher'],
      user_id: 'usr_mia',
    });
    expect(
      body.results.map((one: { ok: boolean; error?: { code: string } }) => one.error?.code ?? one.ok),
    ).toEqual(['forbidden', true, 'ticket_not_found']);
  });

  test('an id that does not exist is not found, whoever asks', async () => {
    const { as } = await start({ world: worldWithTokens({ one: { projects: ['proj_vault'] } }) });
    for (const [method, path, body, code] of [
      ['GET', '/tickets/t-zzzzzz', undefined, 'ticket_not_found'],
      ['GET', '/projects/proj_none/tickets', undefined, 'project_not_found'],
      ['GET', '/projects?company_id=co_none', undefined, 'company_not_found'],
      ['GET', '/projects/proj_vault/tickets?column_id=col_none', undefined, 'column_not_found'],
      ['GET', '/projects/proj_vault/tickets?column_id=col_shop_todo', undefined, 'column_not_found'],
      [
        'POST',
        '/projects/proj_vault/tickets',
        { title: 'x', column_id: 'col_shop_todo' },
        'column_not_found',
      ],
      ['POST', '/tickets/t-VVVVVV/move', { target_column_id: 'col_none' }, 'column_not_found'],
      ['POST', '/tickets/t-VVVVVV/assignees', { user_id: 'usr_none' }, 'user_not_found'],
      ['DELETE', '/tickets/t-VVVVVV/assignees/usr_none', undefined, 'user_not_found'],
      ['GET', '/tickets/t-VVVVVV/assets/att_none', undefined, 'asset_not_found'],
    ] as const) {
      expect(`${path} ${refusal(await as('one')(method, path, body))}`).toBe(`${path} 404 ${code}`);
    }
  });

  test('ids are case-sensitive', async () => {
    const { as } = await start({
      world: smallWorld({
        tickets: [ticket('t-AbCdEf', { title: 'one' }), ticket('t-aBcDeF', { title: 'two' })],
      }),
    });
    expect((await as('olga')('GET', '/tickets/t-AbCdEf')).body.title).toBe('one');
    expect((await as('olga')('GET', '/tickets/t-aBcDeF')).body.title).toBe('two');
    expect((await as('olga')('GET', '/tickets/t-abcdef')).status).toBe(404);
    expect((await as('olga')('GET', '/projects/PROJ_SHOP/columns')).status).toBe(404);
  });
});

describe("a token never exceeds its owner's role", () => {
  test('a member edits only tickets they created', async () => {
    const { as } = await start();
    const refused = await as('mia')('PATCH', '/tickets/t-AAAAAA', { title: 'Mine now' });
    expect(refusal(refused)).toBe('403 forbidden');
    expect((await as('mia')('PATCH', '/tickets/t-BBBBBB', { title: 'Still mine' })).body.title).toBe(
      'Still mine',
    );
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.title).toBe('Checkout button is dead');
  });

  test('moving, commenting, assigning and archiving are open to members', async () => {
    const { as } = await start();
    for (const [method, path, body] of [
      ['POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_shop_done' }],
      ['POST', '/tickets/t-AAAAAA/comments', { body: 'Seen' }],
      ['POST', '/tickets/t-AAAAAA/assignees', { user_id: 'usr_mia' }],
      ['DELETE', '/tickets/t-AAAAAA/assignees/usr_mia', undefined],
      ['POST', '/tickets/t-AAAAAA/archive', undefined],
      ['POST', '/tickets/t-AAAAAA/restore', undefined],
      ['POST', '/tickets/start-work', { ticket_ids: ['t-AAAAAA'] }],
    ] as const) {
      expect((await as('mia')(method, path, body)).status, path).toBeLessThan(300);
    }
  });

  test('an admin and an owner edit any ticket', async () => {
    const { as } = await start();
    for (const name of ['adam', 'olga']) {
      const { body } = await as(name)('PATCH', '/tickets/t-BBBBBB', { title: `By ${name}` });
      expect(body.title).toBe(`By ${name}`);
    }
  });

  test('a token whose owner is a viewer wherever it could reach is refused', async () => {
    const { as } = await start();
    for (const [method, path, body] of [
      ['GET', '/tickets/t-AAAAAA', undefined],
      ['POST', '/tickets/t-AAAAAA/comments', { body: 'x' }],
      ['POST', '/projects/proj_shop/tickets', { title: 'x' }],
      ['POST', '/tickets/t-AAAAAA/assignees', { user_id: 'usr_mia' }],
    ] as const) {
      expect(refusal(await as('vic')(method, path, body)), path).toBe('401 unauthorized');
    }
  });

  test('another company, and a project that the owner is not a member of, are forbidden', async () => {
    const { as } = await start();
    expect(refusal(await as('adam')('GET', '/tickets/t-VVVVVV'))).toBe('403 forbidden');
    expect(refusal(await as('mia')('GET', '/tickets/t-GGGGGG'))).toBe('403 forbidden');
    expect(refusal(await as('gus')('GET', '/projects/proj_shop/tickets'))).toBe('403 forbidden');
    expect((await as('adam')('GET', '/projects')).body.map(({ id }: { id: string }) => id)).toEqual([
      'proj_shop',
    ]);
    expect(ids(await as('adam')('GET', '/tickets/search?query=secret'))).toEqual([]);
  });

  test('members are those who can see the project', async () => {
    const { as } = await start();
    const names = async (project: string) =>
      (await as('olga')('GET', `/projects/${project}/members`)).body.map(
        ({ name }: { name: string }) => name,
      );
    expect(await names('proj_shop')).toEqual(['Olga', 'Adam', 'Mia', 'Vic']);
    expect(await names('proj_vault')).toEqual(['Olga', 'Mia']);
    const [first] = (await as('olga')('GET', '/projects/proj_shop/members')).body;
    expect(first).toEqual({ id: 'usr_olga', name: 'Olga', email: 'olga@acme.example', role: 'owner' });
  });

  test('nobody writes in a read-only company', async () => {
    const world = smallWorld();
    world.companies[0]!.readOnly = true;
    const { as } = await start({ world });
    expect(refusal(await as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' }))).toBe(
      '403 read_only_company',
    );
    expect(refusal(await as('olga')('POST', '/projects/proj_shop/tickets', { title: 'x' }))).toBe(
      '403 read_only_company',
    );
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).status).toBe(200);
    expect((await as('olga')('POST', '/tickets/t-GGGGGG/comments', { body: 'x' })).status).toBe(201);
  });
});

describe('who may come in at all', () => {
  test('no token, a wrong one and a wrong scheme are unauthorized', async () => {
    const { bare } = await start();
    const headers: Record<string, string>[] = [
      {},
      { authorization: 'Bearer tok_wrong' },
      { authorization: 'Bearer' },
      { authorization: 'NotBearer tok_olga' },
      { authorization: 'Basic Bearer tok_olga' },
      { authorization: 'Bearer tok_olga, tok_mia' },
      { authorization: 'Basic tok_olga' },
      { authorization: 'tok_olga' },
      { authorization: 'Bearer TOK_OLGA' },
    ];
    for (const one of headers) {
      const reply = await bare('GET', '/companies', { headers: one });
      expect(refusal(reply)).toBe('401 unauthorized');
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('the scheme is understood in any case', async () => {
    const { bare } = await start();
    expect((await bare('GET', '/companies', { headers: { authorization: 'bearer tok_olga' } })).status).toBe(
      200,
    );
  });
});
