/** `toado-mcp sandbox tokens`: makes, lists and revokes tokens, and says what they wrote. */
import { Command } from 'commander';
import { requirePerson } from '../auth/person.ts';
import { ownerOf } from '../auth/token-row.ts';
import { listTokens, tokenActivity } from '../queries/token-list.ts';
import { createTokenFor } from '../rules/create-token.ts';
import { revokeToken } from '../rules/revoke-token.ts';
import { printable } from './printable.ts';
import {
  type CommandOptions,
  printResult,
  reportingRefusals,
  USER_OPTION_HELP,
  wholeNumber,
  withDatabase,
  withFile,
} from './run-command.ts';
import { activityText, createdText, listText, revokedText } from './texts.ts';

interface CreateOptions extends CommandOptions {
  label: string;
  scopes: string[];
  company?: string[];
  project?: string[];
  expires?: string;
}

export function tokensCommand(): Command {
  const tokens = new Command('tokens').description('manage the tokens of a sandbox, running or not');

  withFile(tokens.command('create'))
    .description('make a token; its text is printed once')
    .requiredOption('--label <text>', 'shows up on everything that the token writes')
    .requiredOption('--scopes <list>', 'read, comments, tickets:write, tickets:assign; with commas', list)
    .option('--company <ids>', 'limit it to these companies', list)
    .option('--project <ids>', 'limit it to these projects', list)
    .option('--user <id>', "whose it is (default: the sandbox's first owner)")
    .option('--expires <time>', 'when it ends, as 2030-01-31T00:00:00Z (default: never)')
    .action(
      reportingRefusals((_, self) => {
        const options = self.optsWithGlobals<CreateOptions>();
        return withDatabase(options, (db) => {
          const { token, entry } = createTokenFor(db, {
            label: options.label,
            scopes: options.scopes,
            companies: options.company,
            projects: options.project,
            user_id: options.user,
            expires_at: options.expires,
          });
          printResult(options, { ...entry, token }, () => createdText(entry, token));
        });
      }),
    );

  withFile(tokens.command('list'))
    .description('your tokens and those that reach into the companies that you run, the newest first')
    .option('--user <id>', USER_OPTION_HELP)
    .action(
      reportingRefusals((_, self) => {
        const options = self.optsWithGlobals<CommandOptions>();
        return withDatabase(options, (db) => {
          const entries = listTokens(db, requirePerson(db, options.user));
          printResult(options, entries, () => listText(entries));
        });
      }),
    );

  withFile(tokens.command('revoke'))
    .description(
      'take a token’s power away from its next request on: your own whole, others’ in the companies that you run',
    )
    .option('--user <id>', 'as whom you ask (default: the token’s owner)')
    .argument('<id>', 'as `tokens list` shows it (tkn_…)')
    .action(
      reportingRefusals(([id], self) => {
        const options = self.optsWithGlobals<CommandOptions>();
        return withDatabase(options, (db) => {
          const person = requirePerson(db, options.user ?? ownerOf(db, id!));
          const entry = revokeToken(db, person, id!);
          printResult(options, entry, () => revokedText(entry, printable(person.user.name)));
        });
      }),
    );

  withFile(tokens.command('activity'))
    .description('what a token wrote, the newest first')
    .argument('<id>', 'as `tokens list` shows it (tkn_…)')
    .option('--limit <number>', 'how many rows', count, 50)
    .option('--user <id>', USER_OPTION_HELP)
    .action(
      reportingRefusals(([id], self) => {
        const options = self.optsWithGlobals<CommandOptions & { limit: number }>();
        return withDatabase(options, (db) => {
          const { items } = tokenActivity(db, requirePerson(db, options.user), id!, { limit: options.limit });
          printResult(options, items, () => activityText(items));
        });
      }),
    );

  return tokens;
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

function count(value: string): number {
  return wholeNumber(value, 1, 100);
}
