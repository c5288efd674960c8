import { readFileSync } from 'node:fs';
import type { Database } from './database.ts';

/**
 * Milliseconds on a clock that never jumps: it counts from the start of the machine, so that all of its processes read
 * the same, whatever somebody does to the time of day. For how long things last; not for when they happened.
 */
export function steadyMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}

/**
 * Has what is kept for a while be kept that long from now on, where the machine was started anew: the clock counts from
 * zero again. To be called when a file is opened.
 */
export function forgetEarlierBoot(db: Database): void {
  const boot = bootId();
  const known = db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'boot'")?.value;
  const undated = db.get('SELECT 1 FROM outcomes WHERE since IS NULL LIMIT 1') !== undefined;
  if (boot === known && !undated) return;
  db.write(() => {
    if (boot === known) {
      db.run('UPDATE outcomes SET since = ? WHERE since IS NULL', steadyMs());
      return;
    }
    db.run('UPDATE outcomes SET since = ?', steadyMs());
    db.run(
      "INSERT INTO meta (key, value) VALUES ('boot', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1",
      boot,
    );
  });
}

/** Tells the starts of the machine apart, where the system does; else a clock that went back does (see `draw`). */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
