/** Exactly the tools that the scopes permit. The 2.x client asks for every subset in test/catalogue/wire-surface. */
import { expect, test } from 'vitest';
import type { Scope } from '../../src/base/scopes.ts';
import { world } from '../../src/sandbox/seed/tickets/index.ts';
import { connectInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import { connect } from '../support/program.ts';
import { CLIENTS } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';
import { connectOnTokenFile } from '../support/token-file.ts';
import { SUBSETS, toolsOf } from '../support/tools-of-scopes.ts';

const cases = SUBSETS.map((subset, at) => ({
  subset,
  at,
  token: `tok_scopes_${at}`,
  /** The other spelling. */
  mcp: `tok_scopes_${at}_mcp`,
}));

const [ready] = world.tokens;
// Seeded, because Toado lets nobody make a token without any scope.
const seeded = (token: string, scopes: readonly string[]) => ({
  ...ready!,
  id: token.replace('tok', 'tkn'),
  name: token,
  token,
  scopes: scopes as Scope[],
});
const tokens = cases.flatMap(({ subset, token, mcp }) => [
  seeded(token, subset),
  seeded(
    mcp,
    subset.map((scope) => `mcp.${scope.replace(':', '.')}`),
  ),
]);
const toado = shared(() => startToado({ world: { ...world, tokens: [...world.tokens, ...tokens] } }));

test.each(cases)('$subset', async ({ subset, token }) => {
  const { toolNames, close } = await connectInProcess('sdk 1.x', {
    env: toado().env(token),
    structured: false,
  });
  expect(await toolNames()).toEqual(toolsOf(subset));
  await close();
});

// Each client has its turn: the spelling is the program's to read, whoever asks.
test.each(CLIENTS)('the same spelled as mcp.…, %s', async (client) => {
  // The built program by the client that wire-surface doesn't ask it with.
  const start = client === 'sdk 1.x' ? connect : connectInProcess;
  const its = cases.filter(({ at }) => CLIENTS[at % CLIENTS.length] === client);
  const { apiUrl } = toado();
  const { use, toolNames } = await connectOnTokenFile(client, { apiUrl, token: its[0]!.mcp }, start);
  for (const { subset, mcp } of its) {
    await use(mcp);
    expect(await toolNames(), String(subset)).toEqual(toolsOf(subset));
  }
});
