/** Where the value of each setting comes from: flags, the environment, `.env`. */
import { didYouMean } from '../base/nearest.ts';
import { readDotenv } from './dotenv-file.ts';
import { hideTokensIn } from './hide-tokens.ts';
import { isUnfilled } from './placeholders.ts';
import { ADDRESS_VARIABLES } from './proxy.ts';
import type { Problems } from './settings-error.ts';
import { settingName, VARIABLE_NAMES, VARIABLES, type Variable, type VariableName } from './variables.ts';

export type Origin = 'flag' | 'environment' | '.env' | 'default';

export type Lookup = (name: VariableName) => { value?: string; origin: Origin };

export interface SourcesInput {
  env: NodeJS.ProcessEnv;
  /** Where a `.env` is looked for; undefined where the working directory is gone. */
  folder: string | undefined;
  /** By the name of the variable that each flag stands for. */
  flags?: Partial<Record<VariableName, string>>;
}

export interface Sources {
  look: Lookup;
  warnings: string[];
  /** Something that may have held the token can't be used: that there is none is not known. */
  mayHideToken: boolean;
}

/** Flags win over the environment, the environment over `.env`. An empty variable, as installers set it, is none. */
export function sources({ env, folder, flags = {} }: SourcesInput, problems: Problems): Sources {
  const { variables: dotenv, warning } = problems.in(() => readDotenv(folder)) ?? { variables: {} };
  const unfilled = new Set<VariableName>();
  let mayHideToken = problems.any;
  hideTokens(env, dotenv, flags);
  checkNames(env, 'the environment', problems);
  checkNames(dotenv, '.env', problems);
  for (const [name, why] of NEVER_FROM_DOTENV) {
    if (dotenv[name] === undefined) continue;
    const { flag } = VARIABLES.find((one) => one.name === name) as Variable;
    problems.add(`${name} can't be set in .env: ${why}. Set it in the environment, or with ${flag}.`);
    delete dotenv[name];
  }
  const look: Lookup = (name) => {
    if (unfilled.has(name)) return { origin: 'default' };
    if (flags[name] !== undefined) return { value: flags[name], origin: 'flag' };
    if (env[name]?.trim()) return { value: env[name], origin: 'environment' };
    if (dotenv[name]?.trim()) return { value: dotenv[name], origin: '.env' };
    return { origin: 'default' };
  };
  for (const name of VARIABLE_NAMES) {
    const { value = '' } = look(name);
    if (name === 'TOADO_API_TOKEN' || !isUnfilled(value)) continue;
    problems.add(
      `${settingName(name)} was not filled in: the client passed a reference to another variable on as it stands. Set it, or remove it.`,
    );
    unfilled.add(name);
    mayHideToken ||= name === 'TOADO_API_TOKEN_FILE';
  }
  return { look, warnings: warning ? [warning] : [], mayHideToken };
}

/** A .env comes with a folder that somebody else may have written. */
const NEVER_FROM_DOTENV: [VariableName, string][] = [
  ['TOADO_API_MAP', 'a folder must not choose how requests are written'],
  ['TOADO_FILES', 'a folder must not choose where files are written'],
];

/** Its files are named to agents by their paths, which have to stay ones, even where a folder is called like a token. */
const FOLDER: VariableName = 'TOADO_FILES';

/** A token in the wrong variable, or for its name: whatever is wrong with it then, no message repeats it. */
function hideTokens(...places: Record<string, string | undefined>[]): void {
  for (const place of places) {
    for (const [name, value = ''] of Object.entries(place)) {
      if (!name.startsWith('TOADO_') && !ADDRESS_VARIABLES.includes(name)) continue;
      hideTokensIn(name);
      hideTokensIn(name === FOLDER ? value.replace(/[/\\]tok_[^/\\,\s]*$/, '') : value);
    }
  }
}

function checkNames(variables: Record<string, string | undefined>, where: string, problems: Problems): void {
  for (const name of Object.keys(variables)) {
    if (!name.startsWith('TOADO_') || (VARIABLE_NAMES as readonly string[]).includes(name)) continue;
    problems.add(
      `${name} (in ${where}) is not a variable of toado-mcp.${didYouMean(name, VARIABLE_NAMES)} Known: ${VARIABLE_NAMES.join(', ')}.`,
    );
  }
}
