import { describe, expect, test } from 'vitest';
import { SCOPES, type Scope } from '../../src/base/scopes.ts';
import { world } from '../../src/sandbox/seed/index.ts';
import { shared } from '../support/ending.ts';
import { CLIENTS, connect } from '../support/program.ts';
import { startToado } from '../support/toado.ts';

const READ = [
  'get_annotations',
  'get_capture_asset',
  'get_devtools',
  'get_ticket',
  'list_columns',
  'list_comments',
  'list_companies',
  'list_members',
  'list_projects',
  'list_tickets',
  'search_tickets',
];
const COMMENTS = ['add_comment'];
const WRITE = [
  'archive_ticket',
  'bulk_move_tickets',
  'create_ticket',
  'move_ticket',
  'restore_ticket',
  'start_work_on_ticket',
  'update_ticket',
];
const ASSIGN = ['assign_ticket', 'bulk_assign_tickets', 'bulk_unassign_tickets', 'unassign_ticket'];

/** Written out by hand from the user's page, independent of the code under test. */
function expected(scopes: readonly string[]): string[] {
  const has = (scope: string) => scopes.includes(scope);
  return [
    'whoami',
    ...(scopes.length > 0 ? READ : []),
    ...(has('comments') || has('tickets:write') ? COMMENTS : []),
    ...(has('tickets:write') ? WRITE : []),
    ...(has('tickets:assign') ? ASSIGN : []),
  ].sort();
}

const subsets = Array.from({ length: 16 }, (_, bits) => SCOPES.filter((_, at) => bits & (1 << at)));
const SPELLINGS = [(scope: string) => scope, (scope: string) => `mcp.${scope.replace(':', '.')}`];
const cases = subsets.flatMap((subset, at) =>
  SPELLINGS.map((spell, spelling) => ({
    subset,
    scopes: subset.map(spell),
    token: `tok_scopes_${at}_${spelling}`,
    // The other spelling is the program's to read, whoever asks: each client has its turn.
    clients: spelling === 0 ? CLIENTS : [CLIENTS[at % CLIENTS.length]!],
    title: `${subset.map(spell).join(', ') || 'none'}${spelling > 0 && subset.length === 0 ? ' (mcp.)' : ''}`,
  })),
);

describe('exactly the tools that the scopes permit', () => {
  const [ready] = world.tokens;
  // Seeded, because Toado lets nobody make a token without any scope.
  const tokens = cases.map(({ token, scopes }) => ({
    ...ready!,
    id: token.replace('tok', 'tkn'),
    name: token,
    token,
    scopes: scopes as Scope[],
  }));
  const toado = shared(() => startToado({ world: { ...world, tokens: [...world.tokens, ...tokens] } }));

  test.each(cases)('$title', async ({ subset, token, clients }) => {
    for (const client of clients) {
      const { toolNames, kill } = await connect(client, { env: toado().env(token), structured: false });
      expect(await toolNames(), client).toEqual(expected(subset));
      await kill();
    }
  });
});
