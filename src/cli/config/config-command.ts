/** `toado-mcp config <client>`: exactly what to paste or run, with the paths of this installation. */
import { didYouMean } from '../../base/nearest.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import { columns, print, printJson, styled } from '../output.ts';
import { type Client, clients } from './clients.ts';
import { entryFor } from './entry.ts';
import { installedLaunch, npxLaunch, startedByNpx } from './launch.ts';

export interface ConfigOptions {
  client?: string;
  sandbox?: string | true;
  npx: boolean;
  json: boolean;
}

export async function configCommand({ client: name, sandbox, npx, json }: ConfigOptions): Promise<void> {
  if (name === undefined) {
    if (json) return printJson(clients.map((client) => ({ client: client.name, title: client.title })));
    return print(
      `toado-mcp config <client>, where the client is one of:\n\n${columns(clients.map((one) => [`  ${one.name}`, one.title]))}`,
    );
  }
  const client = find(name);
  const entry = entryFor(npx || startedByNpx() ? npxLaunch() : installedLaunch(), sandbox);
  const parts = client.parts(entry);
  if (json) return printJson({ client: client.name, ...entry, parts });
  const lines = parts.flatMap(({ says, text }) => [`${styled('bold', `${says}:`)}\n`, `${text}\n`]);
  if (entry.needsToken) lines.push(client.token);
  else lines.push('No token and no account: the sandbox is a complete Toado on this machine.');
  lines.push(`To see that it works: ${client.check}.`);
  await print(lines.join('\n').replaceAll('`', ''));
}

function find(name: string): Client {
  const client = clients.find((one) => one.name === name.toLowerCase());
  if (client) return client;
  const names = clients.map((one) => one.name);
  throw new SettingsError(
    `config: there is no client ${JSON.stringify(name)}.${didYouMean(name, names)} There are: ${names.join(', ')}. Any other takes a command, its arguments and an environment: what claude-desktop is given says all three.`,
  );
}
