/**
 * Writes a client's file: the old one stays beside it, and a crash leaves one of the two, never a half (but where only
 * writing in place leaves it to whom it belongs).
 */
import { isUtf8 } from 'node:buffer';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  existsSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { absolutePath, knownHome } from '../../base/home-of-user.ts';
import { makeFolder } from '../../base/make-folder.ts';
import { readRegularFile } from '../../settings/read-regular-file.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import { type Client, type ConfigFile, type Places, projectFile } from './client.ts';
import type { Entry } from './client-entry.ts';

/** @throws SettingsError where there is no home: the client would look elsewhere for what is written into another folder. */
export function places(env: NodeJS.ProcessEnv = process.env): Places {
  const home = knownHome();
  if (home === undefined)
    throw new SettingsError(
      'config: neither HOME nor the system says where your home folder is, in which clients keep their files. Set HOME, or name a project’s folder: --workspace .',
    );
  const { XDG_CONFIG_HOME = '' } = env;
  return {
    platform: process.platform,
    home,
    config: isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : join(home, '.config'),
    appData: env.APPDATA || join(home, 'AppData', 'Roaming'),
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
    // A variable of a shell that isn't set is not the folder in which this runs.
    if (workspace === '') throw new SettingsError('config: --workspace names no folder.');
    const folder = absolutePath(workspace);
    if (!existsSync(folder) || !statSync(folder).isDirectory())
      throw new SettingsError(`config: --workspace ${folder} is not a folder: name one that is there.`);
    const inProject = projectFile(file, entry);
    if (inProject) return join(folder, inProject);
    throw new SettingsError(`config: ${title} has no file for one project. Leave --workspace out.`);
  }
  const own = file.user?.(places());
  if (own) return own;
  const hint = file.project ? ' Name a project’s folder: --workspace .' : '';
  throw new SettingsError(
    `config: where ${title} keeps its own file on this system is not documented.${hint} Without --write, \`toado-mcp config ${name}\` prints what to paste.`,
  );
}

/** Nobody's is larger; one of Claude Code's holds its history. */
const MAX_BYTES = 256 * 1024 * 1024;

/** @throws SettingsError also where it isn't UTF-8: what can't be read whole would be written back broken. */
export function readIfThere(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readRegularFile(path, MAX_BYTES);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw couldNot('read', path, error);
  }
  if (isUtf8(bytes)) return bytes.toString();
  throw new SettingsError(
    `config: ${path} is not written in UTF-8, so it was left as it is. Save it as UTF-8, or paste what \`toado-mcp config\` prints without --write.`,
  );
}

/**
 * @param before what was read: where the file says something else by now, it is left to whoever wrote that.
 * @returns the path of the copy of what was there; undefined where there was nothing.
 */
export function replaceFile(path: string, before: string, text: string): string | undefined {
  const made: string[] = [];
  try {
    // A link, as people have whose settings live in a repository, stays one.
    const target = throughLinks(path);
    makeFolder(dirname(target));
    const isThere = existsSync(target);
    if (isThere) requireWritable(target);
    const unfinished = `${target}.${process.pid}.unfinished`;
    writeFileSync(unfinished, '', { mode: 0o600, flag: 'wx' });
    made.push(unfinished);
    writeFileSync(unfinished, text);
    const isTheirs = !isThere || isGivenTo(unfinished, statSync(target));
    const backup = isThere ? copyBeside(target, `${path}.backup`) : undefined;
    if (backup) made.push(backup);
    if (readIfThere(target) !== before)
      throw new SettingsError(
        `config: ${path} was changed by another program just now; nothing was written. Run this again.`,
      );
    if (isTheirs) renameSync(unfinished, target);
    else {
      rmSync(unfinished);
      made.length = 0;
      writeInPlace(target, text, backup!);
    }
    return backup;
  } catch (error) {
    for (const one of made) rmSync(one, { force: true });
    throw error instanceof SettingsError ? error : couldNot('write', path, error);
  }
}

/**
 * To whom the other belongs: run by root, it would be root's.
 * @returns false where one may write the other, but not give a file to its owner or its group.
 */
function isGivenTo(path: string, { uid, gid, mode }: Stats): boolean {
  const { uid: ownUid, gid: ownGid } = statSync(path);
  try {
    if (uid !== ownUid || gid !== ownGid) chownSync(path, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return false;
    throw error;
  }
  chmodSync(path, mode & 0o777);
  return true;
}

/** That the disk has room was seen before. */
function writeInPlace(path: string, text: string, backup: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SettingsError(`config: ${path} was not written whole (${code}). As it was before: ${backup}`);
  }
}

/** A file that can't be written to could still be replaced, by root anyway: somebody meant it to stay. */
function requireWritable(path: string): void {
  accessSync(path, constants.W_OK);
  if ((statSync(path).mode & 0o222) === 0)
    throw Object.assign(new Error('it is read-only'), { code: 'EACCES' });
}

/** Where a file lies, or would, to which links lead. */
function throughLinks(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  try {
    return throughLinks(resolve(dirname(path), readlinkSync(path)));
  } catch (error) {
    // No link. One that leads in a circle never ends.
    if (['ENOENT', 'EINVAL', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!)) return path;
    throw error;
  }
}

/** @returns the path of the copy: another name where one is taken. */
function copyBeside(path: string, name: string): string {
  for (let count = 1; ; count++) {
    const tried = count === 1 ? name : `${name}-${count}`;
    try {
      copyFileSync(path, tried, constants.COPYFILE_EXCL);
      return tried;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function couldNot(what: 'read' | 'write', path: string, error: unknown): SettingsError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  const isNeeded =
    what === 'read'
      ? 'it is an ordinary file that you may read'
      : 'you may write it and into its folder, and that the disk has room';
  return new SettingsError(
    `config: could not ${what} ${path} (${code}); nothing was changed. See that ${isNeeded}, then run this again.`,
  );
}
