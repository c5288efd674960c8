import { readFileSync } from 'node:fs';
import type { Connection } from './connection.ts';

/**
 * Milliseconds on a clock that never jumps: it counts from the start of the machine, so that all of its processes read
 * the same, whatever somebody does to the time of day. For how long things last; not for when they happened.
 */
export function steadyMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}

/** What it may differ by from one processor to another. */
export const MAX_CLOCK_DIFFERENCE_MS = 1000;

/**
 * Runs `startOver`, in a transaction, where the machine was started anew since the file was last opened: the clock counts
 * from zero again, so what the file dates by it has to be dated anew.
 */
export function onNewBoot(db: Connection, startOver: () => void): void {
  const boot = bootId();
  if (db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'boot'")?.value === boot) return;
  db.write(() => {
    startOver();
    db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('boot', ?)", boot);
  });
}

/** Tells the starts of the machine apart, where the system does; else a clock that went back does (see `consume`). */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
