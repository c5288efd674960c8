/** Writes a client's file: the old one stays beside it, and a crash leaves one of the two, never a half. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { SettingsError } from '../../settings/settings-error.ts';
import type { Client, ConfigFile, Places } from './client.ts';
import type { Entry } from './client-entry.ts';

export function places(env: NodeJS.ProcessEnv = process.env): Places {
  const home = homedir();
  return {
    platform: process.platform,
    home,
    config: env.XDG_CONFIG_HOME || join(home, '.config'),
    appData: env.APPDATA ?? '',
    env,
  };
}

/**
 * Where the server has to be put.
 * @param workspace the folder of a project; undefined for the person's own file.
 * @throws SettingsError where the client has no such file.
 */
export function pathOf({ name, title }: Client, file: ConfigFile, entry: Entry, workspace?: string): string {
  if (workspace !== undefined) {
    if (!existsSync(workspace) || !statSync(workspace).isDirectory())
      throw new SettingsError(`config: --workspace ${workspace} is not a folder.`);
    const inProject = typeof file.project === 'function' ? file.project(entry) : file.project;
    if (inProject) return join(workspace, inProject);
    throw new SettingsError(`config: ${title} has no file for one project. Leave --workspace out.`);
  }
  const own = file.user?.(places());
  if (own) return own;
  const hint = file.project ? ' Name a project’s folder: --workspace .' : '';
  throw new SettingsError(
    `config: where ${title} keeps its own file on this system is not documented.${hint} Without --write, \`toado-mcp config ${name}\` prints what to paste.`,
  );
}

export function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw couldNot('read', path, error);
  }
}

/** @returns the path of the copy of what was there; undefined where there was nothing. */
export function replaceFile(path: string, text: string): string | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // A link, as people have whose settings live in a repository, stays one.
    const target = existsSync(path) ? realpathSync(path) : path;
    const isThere = existsSync(target);
    const backup = isThere ? freeName(`${path}.backup`) : undefined;
    if (backup) copyFileSync(target, backup);
    const unfinished = `${target}.${process.pid}.unfinished`;
    writeFileSync(unfinished, text, { mode: isThere ? statSync(target).mode & 0o777 : 0o600 });
    renameSync(unfinished, target);
    return backup;
  } catch (error) {
    throw couldNot('write', path, error);
  }
}

function freeName(name: string): string {
  for (let count = 1; ; count++) {
    const tried = count === 1 ? name : `${name}-${count}`;
    if (!existsSync(tried)) return tried;
  }
}

function couldNot(what: 'read' | 'write', path: string, error: unknown): SettingsError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return new SettingsError(`config: could not ${what} ${path} (${code}); nothing was changed.`);
}
