/** What is known of a client, as data: `config`, `config --write` and docs/clients.md all come from it. */
import { stringify } from 'yaml';
import { type Entry, shellLine } from './client-entry.ts';

export interface Client {
  name: string;
  title: string;
  /** The client's own documentation of all this, and the day on which it was read. */
  source: string;
  checked: string;
  /** The client's own command that adds the server; undefined where it can't say all that this entry needs. */
  command?: (entry: Entry) => string[] | undefined;
  /** Where that command keeps what it adds: never written by us, looked at to see what is there already. */
  kept?: { file: (places: Places) => string; servers: readonly string[]; remove: (entry: Entry) => string[] };
  file?: ConfigFile;
  /** An address that adds the server with one click. */
  link?: (entry: Entry) => string | undefined;
  /** What is pasted where the client has no file that is documented. */
  form?: { says: string; text: (entry: Entry) => string };
  /** Where the token comes from in this client. */
  token: string;
  /** How to see that it works. */
  check: string;
}

export interface ConfigFile {
  /** Comments are allowed in jsonc, and kept in all of them. */
  format: 'json' | 'jsonc' | 'yaml' | 'toml';
  /** The person's own file; undefined where its place is not documented for this system. */
  user?: (places: Places) => string | undefined;
  /** The file of one project, below its folder. */
  project?: string | ((entry: Entry) => string);
  /** The keys that lead to the servers; none where the file is one server's own. */
  servers: readonly string[];
  /** What stands under the server's name, or is the file where it is the server's own. */
  fields: (entry: Entry) => object;
  /** What else has to be in the file. */
  also?: (entry: Entry) => readonly Addition[];
}

/** A value that has to be in a list, told apart by its `id`. */
export interface Addition {
  list: readonly string[];
  item: { id: string } & Record<string, unknown>;
}

/** Where a person's files are. */
export interface Places {
  platform: NodeJS.Platform;
  home: string;
  /** `~/.config`, or what XDG_CONFIG_HOME says. */
  config: string;
  /** `%APPDATA%`; it means nothing elsewhere than on Windows. */
  appData: string;
  env: NodeJS.ProcessEnv;
}

export interface Part {
  /** What to do with the text. */
  says: string;
  language: 'sh' | 'json' | 'toml' | 'yaml' | 'text';
  text: string;
}

/** Ways to install it, the usual one first; any one of them is enough. */
export function partsOf(client: Client, entry: Entry, platform: NodeJS.Platform = process.platform): Part[] {
  const { command, file, form, link } = client;
  const parts: Part[] = [];
  const words = command?.(entry);
  if (words) {
    const text = shellLine(words, platform);
    // PowerShell would put a variable of its own in its place, and keeps a `--` to itself where npm's script is in between.
    const isForCmd = platform === 'win32' && /\$| -- /.test(text);
    parts.push({ says: isForCmd ? 'Run in cmd, not in PowerShell' : 'Run', language: 'sh', text });
  }
  if (file)
    parts.push({
      says: `Put into ${whereOf(file, entry)}`,
      language: file.format === 'jsonc' ? 'json' : file.format,
      text: fileText(file, entry),
    });
  if (form) parts.push({ says: form.says, language: 'json', text: form.text(entry) });
  const address = link?.(entry);
  if (address)
    parts.push({ says: 'Open this address, which adds the same', language: 'text', text: address });
  return parts;
}

/** Below the project's folder. */
export function projectFile({ project }: ConfigFile, entry: Entry): string | undefined {
  return typeof project === 'function' ? project(entry) : project;
}

/** The paths as people write them, of every system. */
function whereOf(file: ConfigFile, entry: Entry): string {
  const inProject = projectFile(file, entry);
  const own = userPathInWords(file.user);
  if (!own) return `${inProject} of your project`;
  return inProject ? `${own} (or ${inProject} of one project)` : own;
}

function userPathInWords(user: ConfigFile['user']): string | undefined {
  const at = (platform: NodeJS.Platform) =>
    user?.({ platform, home: '~', config: '~/.config', appData: '%APPDATA%', env: {} })?.replaceAll(
      '\\',
      '/',
    );
  const [linux, mac, windows] = [at('linux'), at('darwin'), at('win32')];
  const others = [
    mac !== linux && mac ? `macOS: ${mac}` : '',
    windows !== linux && windows ? `Windows: ${windows}` : '',
  ].filter(Boolean);
  if (!linux) return others.length > 0 ? others.join('; ') : undefined;
  return others.length > 0 ? `${linux} (${others.join('; ')})` : linux;
}

export function fileText(file: ConfigFile, entry: Entry): string {
  const fields = file.fields(entry);
  if (file.format === 'toml') return tomlTable([...file.servers, entry.name], fields);
  const whole: Record<string, unknown> = {};
  for (const { list, item } of file.also?.(entry) ?? []) put(whole, list, [item]);
  if (file.servers.length === 0) Object.assign(whole, fields);
  else put(whole, [...file.servers, entry.name], fields);
  return file.format === 'yaml' ? stringify(whole).trimEnd() : JSON.stringify(whole, null, 2);
}

/** Sets what stands at the end of a path of keys, making the objects on the way. */
export function put(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path;
  if (rest.length === 0) {
    into[first!] = value;
    return;
  }
  into[first!] ??= {};
  put(into[first!] as Record<string, unknown>, rest, value);
}

/** One table of plain values and tables of them: JSON's strings and lists of strings are TOML's as well. */
function tomlTable(path: readonly string[], fields: object): string {
  const name = path.map((key) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key))).join('.');
  const lines = Object.entries(fields).map(([key, value]) => `${key} = ${tomlValue(value)}`);
  return [`[${name}]`, ...lines].join('\n');
}

function tomlValue(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, one]) => `${key} = ${JSON.stringify(one)}`);
  return `{ ${fields.join(', ')} }`;
}
