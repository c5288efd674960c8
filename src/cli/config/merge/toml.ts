import { isDeepStrictEqual } from 'node:util';
import { parse, type TomlError } from 'smol-toml';
import { SettingsError } from '../../../settings/settings-error.ts';
import { type ConfigFile, fileText } from '../client.ts';
import type { Entry } from '../client-entry.ts';
import { at, type Fields, leftAsIs, lineEndOf, markOf, serversOf } from './common.ts';
import { withTheirs } from './keep-theirs.ts';

/** A table may stand at a TOML file's end, whatever comes before; one that is there already is the person's to change. */
export function appendToml(text: string, file: ConfigFile, entry: Entry, path: string): string {
  const eol = lineEndOf(text);
  const block = fileText(file, entry).replaceAll('\n', eol);
  const mark = markOf(text);
  const whole = readToml(text.slice(mark.length), path);
  const name = file.servers.join('.');
  const there = serversOf(whole, file, path)?.[entry.name];
  const ours = at(readToml(block, path), [...file.servers, entry.name]) as Fields;
  if (isDeepStrictEqual(there, withTheirs(there, ours))) return text;
  if (there !== undefined)
    throw new SettingsError(
      `config: ${path} has a [${name}.${entry.name}] already, and it says something else. Change it by hand to what \`toado-mcp config codex\` prints, or give this one another --name.`,
    );
  const merged = `${text.trimEnd()}${eol}${eol}${block}${eol}`;
  try {
    parse(merged.slice(mark.length), { integersAsBigInt: 'asNeeded' });
  } catch {
    // `mcp_servers = { … }` takes no more tables.
    throw leftAsIs(path, `${name} is written so that no table [${name}.${entry.name}] may follow`);
  }
  return merged;
}

function readToml(text: string, path: string): Fields {
  try {
    // Its tables have no prototype, and are not equal to others.
    return structuredClone(parse(text, { integersAsBigInt: 'asNeeded' }));
  } catch (error) {
    const { message, line } = error as TomlError;
    // Its next lines quote the file.
    throw leftAsIs(path, `${message.split('\n')[0]} (line ${line})`);
  }
}
