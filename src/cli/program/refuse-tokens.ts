import { TOKENS_PAGE } from '../../base/tokens-page.ts';
import { SettingsError } from '../../settings/settings-error.ts';

/**
 * Tokens are never taken from the command line: every program on the machine can read it, and the shell keeps it.
 *
 * @throws SettingsError that doesn't repeat it.
 */
export function refuseTokens(args: readonly string[]): void {
  if (!args.some((arg) => /(^-*|[\s=:"'])tok_./.test(arg))) return;
  throw new SettingsError(
    `there is a token on the command line, where other programs and the shell’s history can read it. Put it into TOADO_API_TOKEN, or its file’s path into TOADO_API_TOKEN_FILE (--sandbox takes names: --sandbox=reader). If it is a real one, revoke it under ${TOKENS_PAGE} and make another.`,
  );
}
