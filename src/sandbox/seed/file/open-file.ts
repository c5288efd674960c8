import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { END_SIGNALS } from '../../../base/end-process.ts';
import { absolutePath } from '../../../base/home-of-user.ts';
import { onNewBoot, steadyMs } from '../../db/clock.ts';
import { removeClosed } from '../../db/closed-files.ts';
import { defaultDatabaseFile } from '../../db/data-folder.ts';
import { Database } from '../../db/database.ts';
import { inMemory } from '../../db/file.ts';
import { makeSecrets } from '../../db/secrets.ts';
import { isUnwritable } from '../../db/storage-errors.ts';
import { SandboxError } from '../../model/errors.ts';
import { tokens } from '../world/tokens.ts';
import type { SeedToken, World } from '../world/world.ts';
import { isSeeded, seed } from './seed.ts';

export interface FileOptions {
  /** The SQLite file, made when it isn't there; one in the user's data folder by default. */
  db?: string | undefined;
  /** Throws away what the file holds and begins anew. */
  reset?: boolean | undefined;
  /** A file of its own, which goes when it is closed. */
  fresh?: boolean | undefined;
  /** What a new file begins with; the sandbox's own stories by default. */
  world?: World | undefined;
}

interface Opened {
  db: Database;
  /** The tokens that a new file has. */
  readyTokens: SeedToken[];
  /** Why nothing is kept; undefined where a file keeps it. */
  unkept?: string;
  /** To be called once the database is closed. */
  remove?: () => void;
}

/** Opens a sandbox's file, filled if it is new. Throws SandboxError when it can't be used. */
export async function openFile(options: FileOptions): Promise<Opened> {
  const named = options.db === undefined || options.db === inMemory ? options.db : pathOf(options.db);
  const db = await filled(new Database(named ?? defaultDatabaseFile()), options);
  return { db, readyTokens: options.world?.tokens ?? tokens };
}

/** As a path: the driver would take `file:x.db` for an address. @throws SandboxError for an address of the web. */
function pathOf(named: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(named)) {
    throw new SandboxError(`${named} is an address: --db takes the path of a file.`);
  }
  return absolutePath(named);
}

/** `openFile`; without a file that somebody named, where nothing can be written, in memory. */
export async function openFileOrMemory(options: FileOptions): Promise<Opened> {
  if (options.fresh) return openFresh(options);
  try {
    return await openFile(options);
  } catch (error) {
    if (options.db !== undefined || !(error instanceof SandboxError) || !isUnwritable(error.cause))
      throw error;
    const opened = await openFile({ ...options, db: inMemory });
    return { ...opened, unkept: `${defaultDatabaseFile()} can't be written` };
  }
}

async function openFresh(options: FileOptions): Promise<Opened> {
  let folder: string | undefined;
  const remove = () => {
    process.off('exit', remove);
    for (const signal of END_SIGNALS) process.off(signal, onSignal);
    if (folder) removeClosed(folder);
  };
  // Whoever else listens ends the process in its own way; a program that is still starting has nobody who does.
  const onSignal = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return;
    remove();
    process.kill(process.pid, signal);
  };
  // However the process ends, where it can.
  process.once('exit', remove);
  for (const signal of END_SIGNALS) process.on(signal, onSignal);
  try {
    folder = makeFreshFolder();
    return { ...(await openFile({ ...options, db: join(folder, 'sandbox.db') })), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function makeFreshFolder(): string {
  const parent = tmpdir();
  try {
    return mkdtempSync(join(parent, 'toado-sandbox-'));
  } catch (error) {
    throw new SandboxError(
      `--fresh: no folder can be made in ${parent} (${(error as NodeJS.ErrnoException).code}): set ${process.platform === 'win32' ? 'TEMP' : 'TMPDIR'} to one that you may write.`,
    );
  }
}

async function filled(db: Database, { reset = false, world }: FileOptions): Promise<Database> {
  try {
    // The stories are loaded for a new file only.
    if (reset || !isSeeded(db)) seed(db, world ?? (await import('../tickets/index.ts')).world, { reset });
    makeSecrets(db);
    dateOutcomes(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The day for which outcomes are kept begins anew with a start of the machine, and where an older version dated them. */
function dateOutcomes(db: Database): void {
  onNewBoot(db, () => db.run('UPDATE outcomes SET since = NULL'));
  if (db.get('SELECT 1 FROM outcomes WHERE since IS NULL LIMIT 1') === undefined) return;
  db.write(() => db.run('UPDATE outcomes SET since = ? WHERE since IS NULL', steadyMs()));
}
