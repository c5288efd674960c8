/** Flags that a client is to start the server with are checked now: later nobody sees what the server says. */
import { loadSettings } from '../../settings/settings.ts';
import { UsageError } from '../../settings/settings-error.ts';
import { refuseSandboxFlags, settingsInput, type TargetOptions } from '../target/target.ts';

/** @throws SettingsError as the server itself would. */
export async function checkFlags({ flags, sandbox, ...file }: TargetOptions): Promise<void> {
  if (sandbox === undefined) refuseSandboxFlags(file);
  const given = { apiUrl: 'http://127.0.0.1/api/v1', token: 'tok_none' };
  loadSettings({ ...settingsInput(flags), env: {}, given });
  if (typeof sandbox === 'string') await checkTokenName(sandbox);
}

async function checkTokenName(name: string): Promise<void> {
  const { readyTokenNames } = await import('../../sandbox/index.ts').catch(() => ({
    readyTokenNames: [] as string[],
  }));
  if (readyTokenNames.length === 0 || readyTokenNames.includes(name)) return;
  throw new UsageError(
    `--sandbox: there is no token ${JSON.stringify(name)}. There are: ${readyTokenNames.join(', ')}.`,
  );
}
