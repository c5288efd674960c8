/** Before tests of the built program: it has to be there, and no older than what it is made of. */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = ['src', 'tools', 'build'];

export default function setup(): void {
  const stale = staleness(
    join(root, 'dist/main.js'),
    SOURCES.map((folder) => join(root, folder)),
  );
  if (stale) throw withoutStack(`${stale} Run \`npm run build\`, then the tests again.`);
}

/** The sentence alone: Vitest fails at looking up where in this file it was thrown, and shows that instead. */
export function withoutStack(sentence: string): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new Error(sentence);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** What is wrong with a built file, in one sentence; undefined where it is up to date. */
export function staleness(built: string, folders: readonly string[]): string | undefined {
  const base = dirname(dirname(built));
  const made = statSync(built, { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined)
    return `${relative(base, built)} is not there: these tests start the built program.`;
  const newer = folders.flatMap(filesOf).find((file) => statSync(file).mtimeMs > made);
  return newer && `${relative(base, built)} is older than ${relative(base, newer)}.`;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
