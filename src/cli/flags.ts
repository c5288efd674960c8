/** Turns the table of settings into flags, grouped as `--help` shows them, and back into settings. */
import { type Command, Option } from 'commander';
import { VARIABLES, type Variable, type VariableName } from '../settings/variables.ts';
import type { TargetOptions } from './target.ts';

/** Flags without a variable: what they choose is where everything else is looked up. */
export const SANDBOX_FLAGS = [
  {
    flag: '--sandbox [name]',
    meaning: 'use a complete local Toado instead, with one of its ready-made tokens',
  },
  { flag: '--db <file>', meaning: 'the sandbox’s database file' },
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
