/** Settings as a test says them: by an environment and a .env. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSettings, type SettingsInput } from '../../src/settings/settings.ts';
import { temporaryFolder } from '../support/temporary.ts';

export const TOKEN = 'tok_settings_one';
export const toolNames = ['whoami', 'get_ticket', 'archive_ticket'];

export interface Given extends Omit<Partial<SettingsInput>, 'env'> {
  env?: Record<string, string>;
  dotenv?: string;
}

export function load({ env = { TOADO_API_TOKEN: TOKEN }, dotenv, ...more }: Given = {}) {
  let folder: string | undefined;
  if (dotenv !== undefined) {
    folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), dotenv);
  }
  return loadSettings({ env, folder, toolNames, ...more });
}
export const withEnv = (env: Record<string, string>) => load({ env: { TOADO_API_TOKEN: TOKEN, ...env } });
export function file(text: string | Buffer): string {
  const path = join(temporaryFolder(), 'token');
  writeFileSync(path, text);
  return path;
}
