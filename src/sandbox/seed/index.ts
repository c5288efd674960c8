import { companies } from './companies.ts';
import { users } from './people.ts';
import { projects } from './projects.ts';
import { consoleTickets } from './tickets/console/index.ts';
import { fieldTickets } from './tickets/field/index.ts';
import { storefrontTickets } from './tickets/storefront/index.ts';
import { earlierTokens, tokens } from './tokens.ts';
import type { SeedToken, World } from './world.ts';

/** Public on purpose: what `--sandbox=<name>` takes, and what `toado-mcp sandbox` prints. */
export const readyTokens: readonly SeedToken[] = tokens;

/** All that a fresh sandbox holds. */
export const world: World = {
  users,
  companies,
  projects,
  tokens,
  earlierTokens,
  tickets: [...storefrontTickets, ...consoleTickets, ...fieldTickets],
};
