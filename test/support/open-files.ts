/** What this process has open, as Linux tells it. */
import { readdirSync, readlinkSync } from 'node:fs';

/** @returns the paths that begin so, removed files included. */
export function openFilesAt(path: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const open = readlinkSync(`/proc/self/fd/${fd}`);
      return open.startsWith(path) ? [open] : [];
    } catch {
      // That of the listing itself.
      return [];
    }
  });
}
