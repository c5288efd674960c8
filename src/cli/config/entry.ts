/** What every client has to be told about the server, in whatever form it wants it. */
import type { Launch } from './launch.ts';

export interface Entry extends Launch {
  /** People's allow-lists name tools `mcp__toado__…`, so the real server is called toado everywhere. */
  name: 'toado' | 'toado-sandbox';
  /** Whether it needs the token from somewhere; the sandbox doesn't. */
  needsToken: boolean;
}

export const TOKEN_VARIABLE = 'TOADO_API_TOKEN';

/** What stands where a client can only take the token itself. It starts, and whoami says that it isn't one. */
export const TOKEN_PLACE = 'tok_PASTE_YOURS_HERE';

/** @param sandbox `true`: with its usual token; a name: with that one. */
export function entryFor(launch: Launch, sandbox?: string | true): Entry {
  if (sandbox === undefined) return { name: 'toado', ...launch, needsToken: true };
  const flag = sandbox === true ? '--sandbox' : `--sandbox=${sandbox}`;
  return { name: 'toado-sandbox', command: launch.command, args: [...launch.args, flag], needsToken: false };
}

/** The fields that most clients share. @param token how this client spells "from the environment". */
export function stdioFields({ command, args, needsToken }: Entry, token: string) {
  return { command, args, ...(needsToken && { env: { [TOKEN_VARIABLE]: token } }) };
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
  return `"${word.replaceAll('"', '\\"')}"`;
}

export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
