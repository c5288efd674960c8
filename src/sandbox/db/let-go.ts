import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Lets go of the files of closed databases: the driver keeps them open until their statements are collected as garbage
 * (tursodatabase/libsql-js#228), and Windows removes no file that is open.
 */
export async function letGo(): Promise<void> {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  // What was collected is finalized in a later turn.
  await setImmediate();
}
