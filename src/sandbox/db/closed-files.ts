/**
 * Files of closed databases: the driver keeps them open until their statements are collected as garbage
 * (tursodatabase/libsql-js#228), and Windows removes no file that is open.
 */
import { rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Has the driver close them. */
export async function letGo(): Promise<void> {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  // What was collected is finalized in a later turn.
  await setImmediate();
}

/** Removes one of them, or a folder with them. One that the driver still has open stays on Windows. */
export function removeClosed(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Left to the system, as other temporary files are.
  }
}
