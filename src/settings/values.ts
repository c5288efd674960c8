/** What each setting's text means, and what it can't mean. */
import { thereIsNo } from '../base/nearest.ts';
import { DEFAULT_ANSWER_TOKENS } from '../respond/result-options.ts';
import { SettingsError } from './settings-error.ts';
import { settingName, type VariableName } from './variables.ts';

export const DEFAULT_API_URL = 'https://app.toado.dev/api/v1';

/** Only an address of this machine may be spoken to without encryption. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

export function readApiUrl(text = DEFAULT_API_URL): string {
  const meant = withScheme(text.trim());
  if (meant)
    throw new SettingsError(
      `TOADO_API_URL lacks http:// or https:// at its beginning: ${meant} is probably meant.`,
    );
  if (!URL.canParse(text))
    throw new SettingsError(`TOADO_API_URL is not an address (expected ${DEFAULT_API_URL}).`);
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new SettingsError(`TOADO_API_URL starts with ${url.protocol}, but must start with https:.`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new SettingsError(
      `TOADO_API_URL must start with https: (${url.hostname} is not this machine, and http would show the token to everybody on the way).`,
    );
  if (url.username || url.password)
    throw new SettingsError('TOADO_API_URL has a name or password in it: remove it, the token signs in.');
  if (url.search || url.hash) throw new SettingsError('TOADO_API_URL has a ? or # part: remove it.');
  return withoutSlash(url);
}

function withoutSlash({ origin, pathname }: URL): string {
  return origin + pathname.replace(/\/+$/, '');
}

/** A host and what follows it. A name without a dot is one only with a port, or as localhost. */
const WITHOUT_SCHEME =
  /^(localhost|\[[\da-f:]+\]|([a-z\d-]+\.)+[a-z\d-]+|[a-z\d-]+(?=:\d))(:\d+)?(\/[^?#]*)?$/i;

/** @returns what an address that lacks its scheme stands for. */
function withScheme(text: string): string | undefined {
  if (!WITHOUT_SCHEME.test(text) || !URL.canParse(`http://${text}`)) return undefined;
  const scheme = isLoopback(new URL(`http://${text}`).hostname) ? 'http' : 'https';
  return withoutSlash(new URL(`${scheme}://${text}`));
}

export function readSwitch(name: VariableName, text = 'false'): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off|)$/i.test(text)) return false;
  throw new SettingsError(`${settingName(name)} must be true or false.`);
}

export function readTools(
  name: VariableName,
  text: string | undefined,
  toolNames: readonly string[],
): string[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(/[\s,]+/).filter(Boolean);
  if (names.length === 0) throw new SettingsError(`${settingName(name)} names no tool.`);
  for (const one of names) {
    if (toolNames.includes(one)) continue;
    throw new SettingsError(
      `${settingName(name)}: ${thereIsNo('tool', one, toolNames)} \`toado-mcp tools\` lists them.`,
    );
  }
  if (name === 'TOADO_EXCLUDE' && names.includes('whoami'))
    throw new SettingsError(`${settingName(name)}: whoami is always there and can't be excluded.`);
  return names;
}

export function readPin(
  argument: 'project_id' | 'company_id',
  name: VariableName,
  value: (name: VariableName) => string | undefined,
): { project_id?: string; company_id?: string } {
  const text = value(name)?.trim();
  if (text === '') throw new SettingsError(`${settingName(name)} is empty.`);
  return text === undefined ? {} : { [argument]: text };
}

/** It stands among the server's own words, and as a key in clients' files. */
export function readName(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!/^[A-Za-z][\w-]{0,39}$/.test(text))
    throw new SettingsError(
      `${settingName('TOADO_NAME')} takes up to 40 letters, digits, - and _, beginning with a letter (as toado-acme).`,
    );
  return text;
}

export function readTokens(text = String(DEFAULT_ANSWER_TOKENS)): number {
  const tokens = Number(text);
  if (!Number.isInteger(tokens) || tokens < 500 || tokens > 200_000)
    throw new SettingsError(
      `${settingName('TOADO_ANSWER_TOKENS')} must be a whole number from 500 to 200000.`,
    );
  return tokens;
}

export function readChoice<Choice extends string>(
  name: VariableName,
  text: string | undefined,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice {
  if (text === undefined) return otherwise;
  const choice = choices.find((one) => one === text.toLowerCase());
  if (!choice) throw new SettingsError(`${settingName(name)} must be one of ${choices.join(', ')}.`);
  return choice;
}
