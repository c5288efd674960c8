/** Turns the table of settings into flags, grouped as `--help` shows them, and back into settings. */
import { type Command, Option } from 'commander';
import { VARIABLES, type Variable, type VariableName } from '../settings/variables.ts';

export function addSettingFlags(command: Command): Command {
  for (const { name, flag, value, meaning, group } of VARIABLES as readonly Variable[]) {
    if (!flag) continue;
    const option = new Option(value ? `${flag} <${value}>` : flag, `${meaning} [${name}]`);
    command.addOption(option.helpGroup(`${group}:`));
  }
  return command;
}

/** What was given on the command line, by the variable that each flag stands for. */
export function settingFlags(options: Record<string, unknown>): Partial<Record<VariableName, string>> {
  const given: Partial<Record<VariableName, string>> = {};
  for (const { name, flag } of VARIABLES as readonly Variable[]) {
    const key = flag?.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (key && options[key] !== undefined) given[name as VariableName] = String(options[key]);
  }
  return given;
}
