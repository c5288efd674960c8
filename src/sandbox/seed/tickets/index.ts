import { companies } from '../world/companies.ts';
import { users } from '../world/people.ts';
import { projects } from '../world/projects.ts';
import { earlierTokens, tokens } from '../world/tokens.ts';
import type { SeedToken, World } from '../world/world.ts';
import { consoleTickets } from './console/index.ts';
import { fieldTickets } from './field/index.ts';
import { storefrontTickets } from './storefront/index.ts';

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
