import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { SettingsError } from '../../../settings/settings-error.ts';
import { type ConfigFile, fileText } from '../client.ts';
import type { Entry } from '../client-entry.ts';
import { at, type Fields, lineEndOf, markOf, serversOf, unreadable } from './parts.ts';

/** A table may stand at a TOML file's end, whatever comes before; one that is there already is the person's to change. */
export function appendToml(text: string, file: ConfigFile, entry: Entry, path: string): string {
  const eol = lineEndOf(text);
  const block = fileText(file, entry).replaceAll('\n', eol);
  const mark = markOf(text);
  const whole = readToml(text.slice(mark.length), path);
  const name = file.servers.join('.');
  const there = serversOf(whole, file, path)?.[entry.name];
  if (isDeepStrictEqual(there, at(readToml(block, path), [...file.servers, entry.name]))) return text;
  if (there !== undefined)
    throw new SettingsError(
      `config: ${path} has a [${name}.${entry.name}] already, and it says something else. Change it by hand to what \`toado-mcp config codex\` prints, or give this one another --name.`,
    );
  const merged = `${text.trimEnd()}${eol}${eol}${block}${eol}`;
  try {
    parse(merged.slice(mark.length), { integersAsBigInt: 'asNeeded' });
  } catch {
    // `mcp_servers = { … }` takes no more tables.
    throw unreadable(path, `${name} is written so that no table [${name}.${entry.name}] may follow`);
  }
  return merged;
}

function readToml(text: string, path: string): Fields {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded' });
  } catch (error) {
    throw unreadable(path, String((error as Error).message).split('\n')[0]!);
  }
}
