/** Which token is used, of those that are set. */
import { distance } from 'fastest-levenshtein';
import { expandHome } from '../base/home-of-user.ts';
import { TOKENS_PAGE } from '../base/tokens-page.ts';
import { SettingsError } from './settings-error.ts';
import type { Lookup } from './sources.ts';
import { type TokenSource, tokenFromFile, tokenFromVariable } from './token-source.ts';

/** A variable that was probably meant to be the token's. */
function misspeltToken(env: NodeJS.ProcessEnv): string {
  const meant = Object.keys(env).find(
    (name) => !name.startsWith('TOADO_') && distance(name.toUpperCase(), 'TOADO_API_TOKEN') <= 2,
  );
  return meant ? ` There is a variable ${meant}: did you mean that?` : '';
}

export function chooseToken(
  look: Lookup,
  env: NodeJS.ProcessEnv,
  tokenMayCome: boolean | undefined,
  warnings: readonly string[],
): TokenSource {
  const variable = look('TOADO_API_TOKEN');
  const file = look('TOADO_API_TOKEN_FILE');
  const url = look('TOADO_API_URL');
  // The real environment wins as a whole: a .env that a repository brings along must not add a second token to it.
  const usesFile = file.value !== undefined && !(file.origin === '.env' && variable.origin === 'environment');
  const usesVariable =
    variable.value !== undefined && !(variable.origin === '.env' && file.origin === 'environment');
  if (usesFile && usesVariable)
    throw new SettingsError('TOADO_API_TOKEN and TOADO_API_TOKEN_FILE are both set: keep one of them.');
  if (!usesFile && !usesVariable)
    throw new SettingsError(
      `TOADO_API_TOKEN ${env.TOADO_API_TOKEN === undefined ? 'is not set' : 'is empty'}.${misspeltToken(env)}${warnings.map((one) => ` ${one}`).join('')} Make a token in Toado under ${TOKENS_PAGE} and put it there (or its file into TOADO_API_TOKEN_FILE); or try toado-mcp without an account: toado-mcp --sandbox.`,
    );
  // Whoever wrote the .env chose the address; only a token that the same file holds was meant for it.
  if (url.origin === '.env' && !(usesVariable && variable.origin === '.env'))
    throw new SettingsError(
      `TOADO_API_URL comes from .env, but the token does not (${usesFile ? 'TOADO_API_TOKEN_FILE' : 'TOADO_API_TOKEN in the environment'}): it is not sent to an address that a folder's .env chose. Set both in the same place, or remove TOADO_API_URL from .env.`,
    );
  return usesFile
    ? tokenFromFile(expandHome(file.value!), tokenMayCome)
    : tokenFromVariable(
        variable.value!,
        variable.origin === '.env' ? 'TOADO_API_TOKEN (in .env)' : undefined,
      );
}
