/** `toado-mcp config <client>`: exactly what to paste or run, with the paths of this installation; `--write` puts it in. */
import { spawnSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { thereIsNo } from '../../base/nearest.ts';
import { columns, print, printHint, printHintUnwrapped, printJson } from '../../base/output.ts';
import { SettingsError, UsageError } from '../../settings/settings-error.ts';
import { type Client, partsOf } from './client.ts';
import { type Entry, entryFor, shellLine } from './client-entry.ts';
import { clients } from './clients/index.ts';
import { installedLaunch, SHARED_LAUNCH } from './launch.ts';
import { mergeInto, serverIn } from './merge/merge-into.ts';
import { shownChange } from './shown-change.ts';
import { pathOf, places, readIfThere, replaceFile } from './write-file.ts';

export interface ConfigOptions {
  client?: string | undefined;
  sandbox?: string | true | undefined;
  /** Flags for the server, as they are typed. */
  flags: readonly string[];
  name?: string | undefined;
  /** For a file that a team shares: `toado-mcp` from everybody's own PATH. */
  shared: boolean;
  json: boolean;
  write: boolean;
  dryRun: boolean;
  /** The project whose file is written, in place of the person's own. */
  workspace?: string | undefined;
}

export async function configCommand(options: ConfigOptions): Promise<void> {
  const { client: name, json } = options;
  if (name === undefined) {
    if (json) return printJson(clients.map((client) => ({ client: client.name, title: client.title })));
    await print(columns(clients.map((one) => [one.name, one.title])));
    return printHint('\ntoado-mcp config <client> prints what to paste or run; --write puts it in.');
  }
  const client = find(name);
  const entry = entryFor({
    launch: options.shared ? SHARED_LAUNCH : installedLaunch(),
    sandbox: options.sandbox,
    flags: options.flags,
    name: options.name,
    env: process.env,
  });
  if (options.write || options.dryRun) return write(client, entry, options);
  const parts = partsOf(client, entry);
  if (json)
    return printJson({
      client: client.name,
      ...entry,
      parts,
      source: client.source,
      checked: client.checked,
    });
  const [first, ...others] = parts;
  await printHint(`${first!.says}:\n`);
  await print(first!.text);
  for (const { says, text } of others) {
    await printHint(`\nOr: ${says}:\n`);
    await printHintUnwrapped(text);
  }
  await printPlain(
    [
      '',
      entry.tokenVariable
        ? client.token
        : 'No token and no account: the sandbox is a complete Toado on this machine.',
      howToCheck(client),
      client.file ? `\`toado-mcp config ${client.name} --write\` puts it into the file.` : '',
    ]
      .filter((line, at) => at === 0 || line)
      .join('\n'),
  );
}

/** Its file, or where it has none that people should touch, its own command. */
async function write(client: Client, entry: Entry, { dryRun, workspace }: ConfigOptions): Promise<void> {
  const { file, command } = client;
  const hasOwnFile = file && (workspace !== undefined || file.user !== undefined || !command);
  if (!hasOwnFile) {
    const words = command?.(entry);
    if (!words)
      throw new SettingsError(
        `config: ${client.title} has no file to write. Without --write, \`toado-mcp config ${client.name}\` says what to do.`,
      );
    if (isThereAlready(client, entry))
      return printHint(`${client.title}: everything is there already, nothing was changed.`);
    return run(client, words, dryRun);
  }
  const path = pathOf(client, file, entry, workspace);
  const before = readIfThere(path);
  const after = mergeInto(before, file, entry, path);
  if (after === before) return printHint(`${path}: everything is there already, nothing was changed.`);
  if (dryRun) {
    await print(shownChange(path, before, after));
    return printHint('Nothing was written.');
  }
  const isReplaced = serverIn(before, [...file.servers, entry.name], file.format) !== undefined;
  const backup = replaceFile(path, before, after);
  await printHint(
    `${path}: ${entry.name} is in${isReplaced ? ', in place of what stood under that name' : ''}.${backup ? ` As it was before: ${backup}` : ''}`,
  );
  await printPlain(`${entry.tokenVariable ? `${client.token}\n` : ''}${howToCheck(client)}`);
}

function howToCheck({ check }: Client): string {
  return `To see that it works: ${check}.`;
}

/** Without the marks, which are for docs/clients.md. */
function printPlain(text: string): Promise<void> {
  return printHint(text.replaceAll('`', ''));
}

/** @throws SettingsError where the client has a server of this name that it starts otherwise. */
function isThereAlready({ title, kept, file }: Client, entry: Entry): boolean {
  if (!kept || !file) return false;
  const path = kept.file(places());
  const there = serverIn(readIfThere(path), [...kept.servers, entry.name]);
  if (!there) return false;
  const wanted = file.fields(entry) as Record<string, unknown>;
  const differs = ['command', 'args', 'env'].some(
    (key) => !isDeepStrictEqual(there[key] ?? {}, wanted[key] ?? {}),
  );
  if (!differs) return true;
  throw new SettingsError(
    `config: ${title} has a server ${entry.name} already, and starts it otherwise. Take it out first (\`${shellLine(kept.remove(entry))}\`), or give this one another --name.`,
  );
}

async function run(client: Client, words: readonly string[], dryRun: boolean): Promise<void> {
  await printHintUnwrapped(`${dryRun ? 'Would run' : 'Running'}: ${shellLine(words)}`);
  if (dryRun) return;
  const [command, ...args] = words;
  const stdio = ['ignore' as const, 2, 2];
  // Where a shell has to be used, Node puts the words together without quotation marks.
  const { error, status } =
    process.platform === 'win32'
      ? spawnSync(shellLine(words), { stdio, shell: true })
      : spawnSync(command!, args, { stdio });
  if (error)
    throw new SettingsError(
      `config: ${command} could not be started (${(error as NodeJS.ErrnoException).code}). Install ${client.title}, or run the command above where it is installed.`,
    );
  if (status !== 0)
    throw new SettingsError(`config: ${command} ended with exit code ${status}, and said why above.`);
  await printPlain(howToCheck(client));
}

function find(name: string): Client {
  const client = clients.find((one) => one.name === name.toLowerCase());
  if (client) return client;
  const names = clients.map((one) => one.name);
  throw new UsageError(
    `config: ${thereIsNo('client', name, names)} There are: ${names.join(', ')}. Any other takes a command, its arguments and an environment: what claude-desktop is given says all three.`,
  );
}
