/** What a command talks to: the Toado that the settings name or, with `--sandbox`, one inside this process. */
import { catalogue } from '../catalogue/index.ts';
import { loadSettings, type Settings, type SettingsInput } from '../settings/settings.ts';
import type { VariableName } from '../settings/variables.ts';
import { openSandbox } from './open-sandbox.ts';

export interface TargetOptions {
  flags: Partial<Record<VariableName, string>>;
  /** `true`: the triage token; a string: which token. */
  sandbox?: string | true;
  /** The sandbox's file. */
  db?: string;
}

export interface Target {
  settings: Settings;
  /** Ends the sandbox, where there is one. */
  close?: () => Promise<void>;
  /** What connects another process to the same Toado, beyond this one's environment. */
  env: Record<string, string | undefined>;
}

/** @throws SettingsError */
export async function openTarget({ flags, sandbox: which, db }: TargetOptions): Promise<Target> {
  const sandbox = which === undefined ? undefined : await openSandbox(which, db);
  const given = sandbox && { apiUrl: sandbox.apiUrl, token: sandbox.token };
  try {
    const settings = loadSettings({ ...settingsInput(flags), given });
    return {
      settings,
      close: sandbox?.close,
      env: {
        ...flags,
        ...(given && {
          TOADO_API_URL: given.apiUrl,
          TOADO_API_TOKEN: given.token,
          TOADO_API_TOKEN_FILE: undefined,
        }),
      },
    };
  } catch (error) {
    await sandbox?.close();
    throw error;
  }
}

/** Where settings are read from in a running program. */
export function settingsInput(flags: TargetOptions['flags']): SettingsInput {
  return { env: process.env, folder: process.cwd(), flags, toolNames: catalogue.map(({ name }) => name) };
}
