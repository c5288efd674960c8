import { SettingsError } from '../../settings/settings-error.ts';

/**
 * Where the sandbox's parts can't be loaded: a bundle for Claude Desktop leaves them out; npm leaves the native
 * database out where it isn't built for the system.
 */
export function withoutSandbox(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
  throw new SettingsError(
    '--sandbox: this installation has no sandbox (its database, libsql, is missing). Install toado-mcp with npm, optional dependencies included, on a system that libsql is built for.',
  );
}
