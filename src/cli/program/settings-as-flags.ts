/** Turns the table of settings into flags, grouped as `--help` shows them, and back. */
import { type Command, Option } from 'commander';
import { absolutePath } from '../../base/home-of-user.ts';
import { VARIABLES, type Variable, type VariableName } from '../../settings/variables.ts';
import type { TargetOptions } from '../target/target.ts';

/** Flags without a variable: what they choose is where everything else is looked up. */
export const SANDBOX_FLAGS = [
  {
    flag: '--sandbox [name]',
    meaning: 'use a complete local Toado instead, with one of its ready-made tokens',
  },
  { flag: '--db <file>', meaning: 'the sandbox’s database file' },
  { flag: '--reset', meaning: 'begin the sandbox anew: what its file holds is thrown away' },
  { flag: '--dialect <name>', meaning: 'the sandbox answers in another form, as the real Toado might' },
  { flag: '--fresh', meaning: 'a sandbox of its own, which goes when the program ends' },
] as const;

export function addTargetFlags(command: Command): Command {
  for (const { flag, meaning } of SANDBOX_FLAGS)
    command.addOption(new Option(flag, meaning).helpGroup('Connection:'));
  for (const { name, flag, value, meaning, group } of VARIABLES as readonly Variable[]) {
    if (!flag) continue;
    const option = new Option(value ? `${flag} <${value}>` : flag, `${meaning} [${name}]`);
    command.addOption(option.helpGroup(`${group}:`));
  }
  return command;
}

export function targetOptions(options: Record<string, unknown>): TargetOptions {
  return {
    flags: settingFlags(options),
    sandbox: options.sandbox as string | true | undefined,
    db: options.db as string | undefined,
    reset: options.reset === true,
    fresh: options.fresh === true,
    dialect: options.dialect as string | undefined,
  };
}

/** What was given on the command line, by the variable that each flag stands for. */
function settingFlags(options: Record<string, unknown>): Partial<Record<VariableName, string>> {
  const given: Partial<Record<VariableName, string>> = {};
  for (const { name, flag } of VARIABLES as readonly Variable[]) {
    const key = flag?.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (key && options[key] !== undefined) given[name as VariableName] = String(options[key]);
  }
  return given;
}

/** The same flags as they are typed, for a client that starts the server with them. Paths are made absolute. */
export function typedFlags({ flags, db, reset, fresh, dialect }: TargetOptions): string[] {
  const settings = (VARIABLES as readonly Variable[]).flatMap(({ name, flag, value }) => {
    const given = flags[name as VariableName];
    if (!flag || given === undefined) return [];
    if (!value) return [flag];
    return [`${flag}=${PATHS.includes(flag) ? absolutePath(given) : given}`];
  });
  return [
    ...(db === undefined ? [] : [`--db=${absolutePath(db)}`]),
    ...(reset ? ['--reset'] : []),
    ...(fresh ? ['--fresh'] : []),
    ...(dialect === undefined ? [] : [`--dialect=${dialect}`]),
    ...settings,
  ];
}

const PATHS = ['--api-map', '--files'];
