import { defaultDatabaseFile } from '../db/data-folder.ts';
import { Database } from '../db/database.ts';
import { makeSecrets } from '../db/secrets.ts';
import { seed } from './insert.ts';
import type { World } from './world.ts';

export interface FileOptions {
  /** The SQLite file, made when it isn't there; one in the user's data folder by default. */
  db?: string | undefined;
  /** Throws away what the file holds and begins anew. */
  reset?: boolean | undefined;
  /** What a new file begins with; the sandbox's own stories by default. */
  world?: World | undefined;
}

/** Opens a sandbox's file, filled if it is new. Throws SandboxError when it can't be used. */
export async function openFile(options: FileOptions): Promise<{ db: Database; world: World }> {
  const world = options.world ?? (await import('./index.ts')).world;
  const db = new Database(options.db ?? defaultDatabaseFile());
  try {
    seed(db, world, { reset: options.reset ?? false });
    makeSecrets(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return { db, world };
}
