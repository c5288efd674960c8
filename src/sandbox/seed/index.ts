import type { World } from './world.ts';

/** Stands in until the stories are written. */
export const world: World = {
  users: [{ id: 'usr_jason', name: 'Jason', email: 'jason@acme.example' }],
  companies: [{ id: 'co_acme', name: 'Acme Studio', members: [{ user: 'usr_jason', role: 'owner' }] }],
  projects: [
    {
      id: 'proj_storefront',
      company: 'co_acme',
      name: 'Storefront',
      urlPatterns: [],
      columns: [{ id: 'col_store_new', name: 'To Do' }],
    },
  ],
  tokens: [
    {
      id: 'tkn_triage',
      name: 'triage',
      useCase: 'Claude Code triage agent',
      token: 'tok_sandbox_triage',
      label: 'claude-code on macbook',
      user: 'usr_jason',
      scopes: ['read', 'comments', 'tickets:write', 'tickets:assign'],
    },
  ],
  tickets: [],
};
