/** `toado-mcp sandbox limits`: shows and sets how many requests a minute each token may make. */
import { Command } from 'commander';
import { requirePerson } from '../auth/person.ts';
import { SandboxError } from '../model/errors.ts';
import { limitsInput, limitsOf, setLimits } from '../rules/company-limits.ts';
import { parseInput } from '../rules/input.ts';
import {
  type CommandOptions,
  printResult,
  reportingRefusals,
  USER_OPTION_HELP,
  wholeNumber,
  withDatabase,
  withFile,
} from './run-command.ts';
import { limitsText } from './texts.ts';

export function limitsCommand(): Command {
  return withFile(new Command('limits'))
    .description('how many requests a minute each token may make, by company; owners set them')
    .argument('[company]', 'whose limits to show or set')
    .option('--reads <number>', 'reads a minute', perMinute)
    .option('--writes <number>', 'writes a minute', perMinute)
    .option('--user <id>', USER_OPTION_HELP)
    .action(
      reportingRefusals(([company], self) => {
        const options = self.optsWithGlobals<CommandOptions & { reads?: number; writes?: number }>();
        const { reads, writes } = options;
        const wanted = { reads_per_minute: reads, writes_per_minute: writes };
        const sets = (reads ?? writes) !== undefined;
        if (sets && company === undefined) {
          throw new SandboxError(
            'Whose limits? Name the company: toado-mcp sandbox limits <company> --reads …',
          );
        }
        return withDatabase(options, (db) => {
          const person = requirePerson(db, options.user);
          if (sets && company) setLimits(db, person, company, parseInput(limitsInput, wanted));
          const all = limitsOf(db, person);
          const limits = company === undefined ? all : all.filter(({ company_id }) => company_id === company);
          if (limits.length === 0)
            throw new SandboxError(`${person.user.name} is in no company with this id.${thereAre(all)}`);
          printResult(options, limits, () => limitsText(limits));
        });
      }),
    );
}

function thereAre(all: ReturnType<typeof limitsOf>): string {
  if (all.length === 0) return '';
  return ` There are: ${all.map(({ company_id, name }) => `${name} (${company_id})`).join(', ')}.`;
}

function perMinute(value: string): number {
  return wholeNumber(value, 1, 100_000);
}
