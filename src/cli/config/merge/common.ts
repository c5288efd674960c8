/** What the formats of clients' files have in common. */
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../../../base/json-object.ts';
import { SettingsError } from '../../../settings/settings-error.ts';
import type { ConfigFile } from '../client.ts';

export type Fields = Record<string, unknown>;

/** What a file says of its servers; undefined where it says nothing yet. */
export function serversOf(whole: Fields, { servers }: ConfigFile, path: string): Fields | undefined {
  const found = at(whole, servers) ?? undefined;
  if (found === undefined || isJsonObject(found)) return found;
  throw leftAsIs(path, `${servers.join('.')} is not an object`);
}

export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, key) => (isJsonObject(inside) ? inside[key] : undefined), value);
}

/** A byte order mark, where the file begins with one. */
export function markOf(text: string): string {
  return text.startsWith('\uFEFF') ? '\uFEFF' : '';
}

/** How the file ends its lines. */
export function lineEndOf(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

export function insert(text: string, at: number, what: string): string {
  return text.slice(0, at) + what + text.slice(at);
}

/** @param why what of the file forbids it, as a clause: never its words, which may be secrets. */
export function leftAsIs(path: string, why: string): SettingsError {
  return new SettingsError(
    `config: ${path} was left as it is: ${why}. Mend it, or paste what \`toado-mcp config\` prints without --write.`,
  );
}

/** Sets only what differs, so that comments between what stays are kept; undefined takes a name out. */
export function change(
  place: readonly string[],
  before: unknown,
  after: unknown,
  set: (place: readonly string[], value: unknown) => void,
): void {
  if (isDeepStrictEqual(before, after)) return;
  if (!isJsonObject(before) || !isJsonObject(after)) set(place, after);
  else
    for (const key of Object.keys({ ...after, ...before }))
      change([...place, key], before[key], after[key], set);
}
