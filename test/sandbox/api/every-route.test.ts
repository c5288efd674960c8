import { describe, expect, test } from 'vitest';
import type { Scope } from '../../../src/sandbox/model/scopes.ts';
import { start, worldWithTokens } from '../support/sandbox.ts';

/** Every route with the scope it needs, written out from the contract. */
const routes: [method: string, path: string, needs: Scope | null, body?: unknown][] = [
  ['GET', '/auth/token-info', null],
  ['GET', '/companies', 'read'],
  ['GET', '/projects', 'read'],
  ['GET', '/projects/proj_shop/columns', 'read'],
  ['GET', '/projects/proj_shop/members', 'read'],
  ['GET', '/projects/proj_shop/tickets', 'read'],
  ['GET', '/tickets/search?query=checkout', 'read'],
  ['GET', '/tickets/t-AAAAAA', 'read'],
  ['GET', '/tickets/t-AAAAAA/comments', 'read'],
  ['GET', '/tickets/t-AAAAAA/annotations', 'read'],
  ['GET', '/tickets/t-AAAAAA/assets/screenshot', 'read'],
  ['POST', '/tickets/t-AAAAAA/comments', 'comments', { body: 'Hello' }],
  ['POST', '/projects/proj_shop/tickets', 'tickets:write', { title: 'New' }],
  ['PATCH', '/tickets/t-AAAAAA', 'tickets:write', { resolved: true }],
  ['POST', '/tickets/t-AAAAAA/move', 'tickets:write', { target_column_id: 'col_shop_done' }],
  [
    'POST',
    '/tickets/bulk-move',
    'tickets:write',
    { ticket_ids: ['t-AAAAAA'], target_column_id: 'col_shop_done' },
  ],
  ['POST', '/tickets/t-AAAAAA/archive', 'tickets:write'],
  ['POST', '/tickets/t-AAAAAA/restore', 'tickets:write'],
  ['POST', '/tickets/start-work', 'tickets:write', { ticket_ids: ['t-AAAAAA'] }],
  ['POST', '/tickets/t-AAAAAA/assignees', 'tickets:assign', { user_id: 'usr_mia' }],
  ['DELETE', '/tickets/t-AAAAAA/assignees/usr_mia', 'tickets:assign'],
  ['POST', '/tickets/bulk-assign', 'tickets:assign', { ticket_ids: ['t-AAAAAA'], user_id: 'usr_mia' }],
  ['POST', '/tickets/bulk-unassign', 'tickets:assign', { ticket_ids: ['t-AAAAAA'], user_id: 'usr_mia' }],
];

const permitted: Record<Scope, Scope[]> = {
  read: ['read'],
  comments: ['read', 'comments'],
  'tickets:write': ['read', 'comments', 'tickets:write'],
  'tickets:assign': ['read', 'tickets:assign'],
};

const scopes = Object.keys(permitted) as Scope[];
const otherSpelling = (scope: Scope) => `mcp.${scope.replace(':', '.')}` as Scope;

describe('a token does what its scope and those it includes permit, and nothing else', () => {
  for (const scope of scopes) {
    for (const spelling of [scope, otherSpelling(scope)]) {
      test(spelling, async () => {
        const { as } = await start({ world: worldWithTokens({ one: { scopes: [spelling] } }) });
        for (const [method, path, needs, body] of routes) {
          const { status, body: answer } = await as('one')(method, path, body);
          const may = needs === null || permitted[scope].includes(needs);
          const seen = `${method} ${path} → ${status} ${answer.error?.code ?? ''}`;
          if (may) expect(answer.error?.code, seen).not.toBe('insufficient_scope');
          else {
            expect(seen).toBe(`${method} ${path} → 403 insufficient_scope`);
            expect(answer.error.details).toEqual({ required_scope: needs });
          }
        }
      });
    }
  }

  test('a token whose scopes mean nothing does nothing, and is told which it needs', async () => {
    const { as } = await start({
      world: worldWithTokens({ odd: { scopes: ['mcp.everything'] as unknown as Scope[] } }),
    });
    for (const [method, path, needs, body] of routes) {
      const { status, body: answer } = await as('odd')(method, path, body);
      const seen = [method, path, status, answer.error?.details?.required_scope];
      expect(seen).toEqual([method, path, needs ? 403 : 200, needs ?? undefined]);
    }
  });

  test('every route answers a token with all scopes', async () => {
    const { as } = await start();
    for (const [method, path, , body] of routes) {
      const { status } = await as('olga')(method, path, body);
      const makes = method === 'POST' && /(comments|proj_shop\/tickets)$/.test(path);
      const expected = path.endsWith('/screenshot') ? 404 : makes ? 201 : 200;
      expect(`${method} ${path} ${status}`).toBe(`${method} ${path} ${expected}`);
    }
  });

  test('a scope that means nothing is passed over', async () => {
    const { as } = await start({
      world: worldWithTokens({ odd: { scopes: ['read', 'tickets:delete', 'mcp.everything'] as Scope[] } }),
    });
    expect((await as('odd')('GET', '/companies')).status).toBe(200);
    const refused = await as('odd')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' });
    expect(refused.body.error.code).toBe('insufficient_scope');
  });

  test('token-info names the scopes in the spelling they were granted in', async () => {
    const { as } = await start({
      world: worldWithTokens({ one: { scopes: ['mcp.tickets.write', 'read'] as unknown as Scope[] } }),
    });
    expect((await as('one')('GET', '/auth/token-info')).body).toEqual({
      id: 'tkn_one',
      label: 'one agent',
      user: { id: 'usr_olga', name: 'Olga' },
      scopes: ['mcp.tickets.write', 'read'],
      companies: null,
      projects: null,
      limits: { reads_per_minute: 600, writes_per_minute: 60 },
      expires_at: null,
      features: ['idempotency-key'],
    });
  });
});
