/** A small world with somebody in every role. */

import type { Scope } from '../../../src/sandbox/model/scopes.ts';
import type { SeedTicket, SeedToken, World } from '../../../src/sandbox/seed/world/world.ts';

const allScopes: Scope[] = ['read', 'comments', 'tickets:write', 'tickets:assign'];

const columns = (short: string) =>
  ['todo', 'doing', 'done'].map((name) => ({ id: `col_${short}_${name}`, name }));

function token(name: string, user: string, more: Partial<SeedToken> = {}): SeedToken {
  return {
    id: `tkn_${name}`,
    name,
    useCase: name,
    token: `tok_${name}`,
    label: `${name} agent`,
    user,
    scopes: allScopes,
    ...more,
  };
}

export function ticket(id: string, more: Partial<SeedTicket> = {}): SeedTicket {
  return {
    id,
    project: 'proj_shop',
    column: 'col_shop_todo',
    title: `Ticket ${id}`,
    description: '',
    by: { user: 'usr_olga', via: 'web' },
    minutesAgo: 60,
    ...more,
  };
}

/**
 * Acme with Olga (owner), Adam (admin), Mia (member) and Vic (viewer): the shop, which all see, and the vault, which
 * only Olga and Mia see. Globex with Gus (owner), where Olga is a member. Tokens: `olga`, `adam`, `mia`, `vic`, `gus`.
 */
export function smallWorld(more: Partial<World> = {}): World {
  return {
    users: ['Olga', 'Adam', 'Mia', 'Vic', 'Gus'].map((name) => ({
      id: `usr_${name.toLowerCase()}`,
      name,
      email: `${name.toLowerCase()}@acme.example`,
    })),
    companies: [
      {
        id: 'co_acme',
        name: 'Acme',
        members: [
          { user: 'usr_olga', role: 'owner' },
          { user: 'usr_adam', role: 'admin' },
          { user: 'usr_mia', role: 'member' },
          { user: 'usr_vic', role: 'viewer' },
        ],
      },
      {
        id: 'co_globex',
        name: 'Globex',
        members: [
          { user: 'usr_gus', role: 'owner' },
          { user: 'usr_olga', role: 'member' },
        ],
      },
    ],
    projects: [
      {
        id: 'proj_shop',
        company: 'co_acme',
        name: 'Shop',
        urlPatterns: ['https://shop.example/*'],
        columns: columns('shop'),
      },
      {
        id: 'proj_vault',
        company: 'co_acme',
        name: 'Vault',
        urlPatterns: [],
        columns: columns('vault'),
        members: ['usr_olga', 'usr_mia'],
      },
      { id: 'proj_globex', company: 'co_globex', name: 'Lifts', urlPatterns: [], columns: columns('globex') },
    ],
    tokens: ['olga', 'adam', 'mia', 'vic', 'gus'].map((name) => token(name, `usr_${name}`)),
    tickets: [
      ticket('t-AAAAAA', { title: 'Checkout button is dead', by: { user: 'usr_olga', via: 'web' } }),
      ticket('t-BBBBBB', {
        title: 'Written by Mia',
        by: { user: 'usr_mia', via: 'web' },
        assignees: ['usr_adam'],
      }),
      ticket('t-CCCCCC', { column: 'col_shop_doing', title: 'In the second column' }),
      ticket('t-VVVVVV', { project: 'proj_vault', column: 'col_vault_todo', title: 'Secret of the vault' }),
      ticket('t-GGGGGG', {
        project: 'proj_globex',
        column: 'col_globex_todo',
        title: 'Lift is stuck',
        by: { user: 'usr_gus', via: 'web' },
      }),
    ],
    ...more,
  };
}

/** The same world with tokens of another kind: Olga's, unless said otherwise. */
export function worldWithTokens(tokens: Record<string, Partial<SeedToken>>): World {
  const world = smallWorld();
  const added = Object.entries(tokens).map(([name, more]) => token(name, 'usr_olga', more));
  return { ...world, tokens: [...world.tokens, ...added] };
}
