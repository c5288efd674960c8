import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './ending.ts';

/** A folder of this test's own, gone when it ends. */
export function temporaryFolder(): string {
  // As processes that run in it name it: macOS' own is behind a link, and Windows' may have a short name.
  const folder = mkdtempSync(join(realpathSync.native(tmpdir()), 'toado-mcp-test-'));
  atEnd(() => removeFolder(folder));
  return folder;
}

export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    // Windows removes no file that is open: the database's driver keeps it open as long as its statements.
    if (process.platform !== 'win32') throw error;
  }
}
