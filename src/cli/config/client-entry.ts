/** What every client has to be told about the server, in whatever form it wants it. */
import { absolutePath } from '../../base/home-of-user.ts';
import { ADDRESS_VARIABLES, PROXY_VARIABLES } from '../../settings/proxy.ts';
import { type TOKEN_VARIABLES, VARIABLE_NAMES } from '../../settings/variables.ts';
import type { Launch } from './launch.ts';

export interface Entry extends Launch {
  /** People's allow-lists name tools `mcp__toado__…`, so the real server is called toado unless somebody says otherwise. */
  name: string;
  /** The variable that the token comes from; absent for the sandbox, which needs none. */
  tokenVariable?: (typeof TOKEN_VARIABLES)[number];
  /** The token file's path, where that is how the token is given. */
  tokenFile?: string;
  /** Variables that stand in the entry with their value. */
  fixed?: Record<string, string>;
  /** What else is set here and the server needs (its own settings, a proxy): for clients that pass few variables on. */
  variables: Record<string, string>;
}

const TOKEN_VARIABLE = 'TOADO_API_TOKEN';

/** What stands where a client can only take the token itself. It starts, and whoami says that it isn't one. */
export const TOKEN_PLACE = 'tok_PASTE_YOURS_HERE';

/** Variables without which the server may not reach Toado. */
const NETWORK_VARIABLES = [...PROXY_VARIABLES, 'NODE_EXTRA_CA_CERTS'];

/** What they name is looked for from the folder in which the server is started, which is the client's. */
const PATHS = ['NODE_EXTRA_CA_CERTS', 'TOADO_API_MAP', 'TOADO_FILES'];

export interface EntryOptions {
  launch: Launch;
  /** `true`: the sandbox with its usual token; a name: with that one. */
  sandbox?: string | true | undefined;
  /** Flags that the server is started with, as they are typed. */
  flags?: readonly string[];
  name?: string | undefined;
  env?: NodeJS.ProcessEnv;
}

export function entryFor({ launch, sandbox, flags = [], name, env = {} }: EntryOptions): Entry {
  const { command, args } = launch;
  if (sandbox !== undefined) {
    const flag = sandbox === true ? '--sandbox' : `--sandbox=${sandbox}`;
    return { name: name ?? 'toado-sandbox', command, args: [...args, flag, ...flags], variables: {} };
  }
  const file = env.TOADO_API_TOKEN ? undefined : env.TOADO_API_TOKEN_FILE;
  const settings = VARIABLE_NAMES.filter((one) => !one.startsWith(TOKEN_VARIABLE));
  const set = [...settings, ...NETWORK_VARIABLES]
    // A token that landed in another variable is not carried into a file.
    .filter((one) => env[one] && !withoutLogin(one, env[one]).includes('tok_'))
    .map((one) => [one, PATHS.includes(one) ? absolutePath(env[one]!) : env[one]!] as const);
  return {
    name: name ?? 'toado',
    command,
    args: [...args, ...flags],
    tokenVariable: file ? 'TOADO_API_TOKEN_FILE' : TOKEN_VARIABLE,
    ...(file ? { tokenFile: absolutePath(file) } : {}),
    variables: Object.fromEntries(set),
  };
}

/** Names of the variables that a client has to hand on which hands on few. */
export function neededVariables({ tokenVariable, variables }: Entry): string[] {
  return [...(tokenVariable ? [tokenVariable] : []), ...Object.keys(variables)];
}

/** How a client says "from the environment"; undefined where it can't, and the value itself has to stand there. */
export type Reference = ((variable: string) => string) | undefined;

/**
 * The environment that the client's entry names.
 * @param passes whether the client hands its whole environment on, or only what is named.
 */
export function environmentOf(
  entry: Entry,
  reference: Reference,
  passes: 'all' | 'few',
): Record<string, string> {
  const { tokenVariable, tokenFile, variables, fixed } = entry;
  const env: Record<string, string> = { ...fixed };
  if (tokenVariable) env[tokenVariable] = tokenFile ?? reference?.(tokenVariable) ?? TOKEN_PLACE;
  if (passes === 'few')
    for (const [name, value] of Object.entries(variables))
      env[name] = reference?.(name) ?? withoutLogin(name, value);
  return env;
}

/** A proxy's password is as secret as a token: the person puts it in where it has to stand in a file. */
function withoutLogin(name: string, value: string): string {
  if (!ADDRESS_VARIABLES.includes(name)) return value;
  return value.replace(/^\s*(\w+:\/\/)?.*@/s, '$1USER:PASSWORD@');
}

/** The fields that most clients share. */
export function stdioFields(entry: Entry, reference: Reference, passes: 'all' | 'few' = 'all') {
  const env = environmentOf(entry, reference, passes);
  const { command, args } = entry;
  return { command, args, ...(Object.keys(env).length > 0 && { env }) };
}

/** One line for a shell. */
export function shellLine(words: readonly string[], platform: NodeJS.Platform = process.platform): string {
  const quote = platform === 'win32' ? inDoubleQuotes : inSingleQuotes;
  return words.map((word) => (/^[\w./:@=,+-]+$/.test(word) ? word : quote(word))).join(' ');
}

function inSingleQuotes(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function inDoubleQuotes(word: string): string {
  // In front of a quotation mark, also the one at the end, a program takes two backslashes for one.
  return `"${word.replaceAll(/(\\*)("|$)/g, (_, slashes: string, mark: string) => slashes.repeat(2) + (mark && '\\"'))}"`;
}
