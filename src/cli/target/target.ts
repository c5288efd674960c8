/** What a command talks to: the Toado that the settings name or, with `--sandbox`, one inside this process. */
import { catalogue } from '../../catalogue/index.ts';
import { loadSettings, openFiles, type Settings, type SettingsInput } from '../../settings/settings.ts';
import { UsageError } from '../../settings/settings-error.ts';
import type { VariableName } from '../../settings/variables.ts';
import { openSandbox } from './open-sandbox.ts';

export interface TargetOptions {
  flags: Partial<Record<VariableName, string>>;
  /** `true`: the triage token; a string: which token. */
  sandbox?: string | true | undefined;
  /** The sandbox's file. */
  db?: string | undefined;
  /** Throws away what the sandbox's file holds. */
  reset?: boolean;
  /** In what form the sandbox answers. */
  dialect?: string | undefined;
  /** A file of its own, which goes with the process. */
  fresh?: boolean;
  /** Whether a token's file that is missing or wrong is waited for. */
  tokenMayCome?: boolean;
}

export interface Target {
  settings: Settings;
  /** Address of the sandbox's pages, where there is one. */
  pages?: string | undefined;
  /** Ends the sandbox, where there is one. */
  close?: (() => Promise<void>) | undefined;
  /** What connects another process to the same Toado, beyond this one's environment. */
  env: Record<string, string | undefined>;
}

/** @throws SettingsError */
export async function openTarget({
  flags,
  sandbox: which,
  tokenMayCome,
  ...file
}: TargetOptions): Promise<Target> {
  if (which === undefined) refuseSandboxFlags(file);
  const sandbox = which === undefined ? undefined : await openSandbox(which, file);
  const given = sandbox && { apiUrl: sandbox.apiUrl, token: sandbox.token };
  try {
    const settings = loadSettings({ ...settingsInput(flags), given, tokenMayCome });
    openFiles(settings);
    return {
      settings,
      pages: sandbox?.url,
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
  return { env: process.env, folder: workingFolder(), flags, toolNames: catalogue.map(({ name }) => name) };
}

/** Undefined where it has been removed under us. */
function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** @throws UsageError where there is a flag that means nothing without `--sandbox`. */
export function refuseSandboxFlags({
  db,
  reset,
  fresh,
  dialect,
}: Omit<TargetOptions, 'flags' | 'sandbox'>): void {
  if (db === undefined && !reset && !fresh && dialect === undefined) return;
  throw new UsageError(
    '--db, --reset, --fresh and --dialect are about the sandbox: add --sandbox, or leave them out.',
  );
}
