/** Where the token comes from: the environment, once, or a file, again whenever it changes. */
import { unwatchFile, watchFile } from 'node:fs';
import { TOKENS_PAGE } from '../base/tokens-page.ts';
import { isPlaceholderToken } from './placeholders.ts';
import { readRegularFile, type UnreadableFile, unicodeText } from './read-regular-file.ts';
import { SettingsError } from './settings-error.ts';

const MAX_BYTES = 64 * 1024;
const WATCH_MS = 1_000;
const MAKE_ANOTHER = `A person has to make a new one under ${TOKENS_PAGE}`;

/** The origin of a token that was given nowhere. */
export const NO_TOKEN_SOURCE = 'nowhere';

export interface TokenSource {
  /** What to call it: `TOADO_API_TOKEN`, or the file's path. */
  origin: string;
  /** What a person does where Toado doesn't accept the token any more; a sentence. Absent where there is none. */
  renewal?: string;
  /** Empty while there is none that can be used. */
  current(): string;
  /** Why there is none that can be used. */
  problem(): string | undefined;
  /** Reads the file again. @returns whether the token is another one now. */
  reread(): boolean;
  /** Calls back when the file holds another token. @returns how to stop watching. */
  watch(onChange: () => void): () => void;
}

/** @throws SettingsError naming the variable and what is wrong with its value, never the value. */
export function checkToken(token: string, where: string): string {
  const wrong = wrongWith(token);
  if (wrong)
    throw new SettingsError(
      `${where} ${wrong}. A token starts with tok_; copy it whole from ${TOKENS_PAGE}, or try --sandbox.`,
    );
  return token;
}

function wrongWith(token: string): string | undefined {
  if (token === '') return 'is empty';
  if (isPlaceholderToken(token)) return 'was not filled in: what is there only stands for a token';
  if (/^["'`]/.test(token)) return 'has quotation marks around it';
  if (/^bearer\b/.test(token.toLowerCase())) return 'begins with Bearer, which is added by itself';
  if (/\s/.test(token)) return 'has white space in it';
  if (/[\u0000-\u001f\u007f]/.test(token)) return 'has a control character in it';
  if (!token.startsWith('tok_')) return 'does not start with tok_';
  if (token === 'tok_') return 'ends after tok_';
  if (/[^\u0021-\u007e]/.test(token)) return 'has a character in it that no token has';
  return undefined;
}

export function tokenFromVariable(token: string, where = 'TOADO_API_TOKEN'): TokenSource {
  checkToken(token, where);
  const renewal = `${MAKE_ANOTHER}, put it into ${where} and start this server again.`;
  return { ...fixed(where, token), renewal };
}

export function tokenOfSandbox(token: string): TokenSource {
  const where = 'the sandbox';
  checkToken(token, where);
  const renewal =
    'A person has to start this server again with another ready-made token (--sandbox=<name>), or after `toado-mcp sandbox reset`.';
  return { ...fixed(where, token), renewal };
}

/** Where the settings say nothing that can be used: nothing is sent, and whoami says why. */
export function noToken(problem: string): TokenSource {
  return fixed(NO_TOKEN_SOURCE, '', problem);
}

function fixed(origin: string, token: string, problem?: string): TokenSource {
  return {
    origin,
    current: () => token,
    problem: () => problem,
    reread: () => false,
    watch: () => () => {},
  };
}

/** @param mayCome the file may appear, or be mended, later: until then the source says what is wrong. */
export function tokenFromFile(path: string, mayCome = false): TokenSource {
  let token = '';
  let problem: string | undefined;
  const read = () => {
    try {
      token = readToken(path);
      problem = undefined;
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      // In the middle of being replaced, or gone: the last good one stays until the API refuses it.
      if (token === '') problem = error.message;
    }
  };
  read();
  if (problem !== undefined && !mayCome) throw new SettingsError(problem);
  const source: TokenSource = {
    origin: path,
    renewal: `${MAKE_ANOTHER} and put it into ${path}, which is read again by itself; whoami shows when it works.`,
    current: () => token,
    problem: () => problem,
    reread() {
      const before = token;
      read();
      return token !== before;
    },
    watch(onChange) {
      const listener = () => {
        if (source.reread()) onChange();
      };
      watchFile(path, { interval: WATCH_MS, persistent: false }, listener);
      // What changed before the file was looked at for the first time is no change to the watcher.
      const first = setTimeout(listener, WATCH_MS).unref();
      return () => {
        clearTimeout(first);
        unwatchFile(path, listener);
      };
    },
  };
  return source;
}

function readToken(path: string): string {
  const where = `TOADO_API_TOKEN_FILE (${path})`;
  let bytes: Buffer;
  try {
    bytes = readRegularFile(path, MAX_BYTES);
  } catch (error) {
    const { code, reason = code } = error as UnreadableFile;
    const why = code === 'ENOENT' ? 'names a file that is not there' : `can't be read (${reason})`;
    throw new SettingsError(`${where} ${why}.`);
  }
  return checkToken((unicodeText(bytes) ?? bytes.toString()).trim(), where);
}
