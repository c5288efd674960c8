/** Whether a folder is one that files may be written into: a folder of the person's own, and no link. */
import { lstatSync, type Stats } from 'node:fs';

/** Why a folder can't be used, as the end of a sentence that begins with its setting. */
export class FolderError extends Error {}

/** @throws FolderError */
export function mustBeUsable(stats: Stats): void {
  if (stats.isSymbolicLink()) throw new FolderError('is a link: name the folder itself.');
  if (!stats.isDirectory()) throw new FolderError('is a file, and a folder is needed.');
  const uid = process.getuid?.();
  if (uid !== undefined && stats.uid !== uid)
    throw new FolderError('belongs to somebody else: name one of your own.');
  if (uid !== undefined && (stats.mode & 0o002) !== 0)
    throw new FolderError('is open for everybody to write into: name another one, or take that right away.');
}

export function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    throw new FolderError(`can't be used (${code}): name a folder in which you may write.`);
  }
}

export function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
