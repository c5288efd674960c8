/** Where the token comes from: the environment, once, or a file, again whenever it changes. */
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { SettingsError } from './settings-error.ts';

const MAX_BYTES = 64 * 1024;
const WATCH_MS = 1_000;

export interface TokenSource {
  /** What to call it: `TOADO_API_TOKEN`, or the file's path. */
  origin: string;
  current(): string;
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
      `${where} ${wrong}. A token starts with tok_; copy it whole from Settings › API tokens, or try --sandbox.`,
    );
  return token;
}

function wrongWith(token: string): string | undefined {
  if (token === '') return 'is empty';
  if (/^\$\{?\w+\}?$/.test(token)) return 'was not filled in: the client passed the name of a variable on';
  if (/\s/.test(token)) return 'has white space in it';
  if (/[\u0000-\u001f\u007f]/.test(token)) return 'has a control character in it';
  if (!token.startsWith('tok_')) return 'does not start with tok_';
  if (token === 'tok_') return 'ends after tok_';
  if (/[^\u0021-\u007e]/.test(token)) return 'has a character in it that no token has';
  return undefined;
}

export function tokenFromVariable(token: string, where = 'TOADO_API_TOKEN'): TokenSource {
  checkToken(token, where);
  return { origin: where, current: () => token, reread: () => false, watch: () => () => {} };
}

export function tokenFromFile(path: string): TokenSource {
  let token = readToken(path);
  const source: TokenSource = {
    origin: path,
    current: () => token,
    reread() {
      const before = token;
      try {
        token = readToken(path);
      } catch {
        // In the middle of being replaced, or gone: the last good one stays until the API refuses it.
      }
      return token !== before;
    },
    watch(onChange) {
      const listener = () => {
        if (source.reread()) onChange();
      };
      watchFile(path, { interval: WATCH_MS, persistent: false }, listener);
      return () => unwatchFile(path, listener);
    },
  };
  return source;
}

function readToken(path: string): string {
  const where = `TOADO_API_TOKEN_FILE (${path})`;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'names a file that is not there' : `can't be read (${code})`;
    throw new SettingsError(`${where} ${why}.`);
  }
  if (bytes.length > MAX_BYTES) throw new SettingsError(`${where} is too large to hold a token.`);
  return checkToken(
    bytes
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trim(),
    where,
  );
}
