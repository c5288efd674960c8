/** Exactly the tools that the scopes permit. The 2.x client asks for every subset in test/catalogue/wire-surface. */
import { expect, test } from 'vitest';
import type { Scope } from '../../src/base/scopes.ts';
import { world } from '../../src/sandbox/seed/tickets/index.ts';
import { shared } from '../support/ending.ts';
import { CLIENTS, type ClientKind, connect } from '../support/program.ts';
import { startToado } from '../support/toado.ts';
import { SUBSETS, toolsOf } from '../support/tools-of-scopes.ts';

const cases = SUBSETS.flatMap((subset, at) => [
  { subset, scopes: [...subset], token: `tok_scopes_${at}`, client: 'sdk 1.x' as ClientKind },
  // The other spelling is the program's to read, whoever asks: each client has its turn.
  {
    subset,
    scopes: subset.map((scope) => `mcp.${scope.replace(':', '.')}`),
    token: `tok_scopes_${at}_mcp`,
    client: CLIENTS[at % CLIENTS.length]!,
  },
]);

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

test.each(cases)('$scopes, $client', async ({ subset, token, client }) => {
  const { toolNames, kill } = await connect(client, { env: toado().env(token), structured: false });
  expect(await toolNames()).toEqual(toolsOf(subset));
  await kill();
});
