/** Reads every setting from flags, the environment and `.env`, and refuses what can't be meant. */

import { distance } from 'fastest-levenshtein';
import type { Narrowing } from '../access/access.ts';
import { didYouMean } from '../base/nearest.ts';
import { TOKENS_PAGE } from '../base/tokens-page.ts';
import { FilesFolder, FolderError } from '../files/files-folder.ts';
import { LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from '../respond/log.ts';
import { secrets } from '../respond/redact.ts';
import { DEFAULT_ANSWER_TOKENS } from '../respond/respond.ts';
import { type ApiMapFile, readApiMapFile } from './api-map-file.ts';
import { readDotenv } from './dotenv-file.ts';
import { type ProxyUse, proxyFor } from './proxy.ts';
import { Problems, SettingsError } from './settings-error.ts';
import { noToken, type TokenSource, tokenFromFile, tokenFromVariable } from './token-source.ts';
import { isUnfilled } from './unfilled.ts';
import { VARIABLE_NAMES, VARIABLES, type Variable, type VariableName } from './variables.ts';

const DEFAULT_API_URL = 'https://app.toado.dev/api/v1';

export type Origin = 'flag' | 'environment' | '.env' | 'default';

export interface Settings {
  apiUrl: string;
  /** Corrections of routes and field names, and the file that holds them. */
  apiMap?: ApiMapFile | undefined;
  token: TokenSource;
  narrowing: Narrowing;
  /** What a model knows this server as, where somebody has said so. */
  name?: string | undefined;
  /** Arguments fixed everywhere: an id or a name. */
  pins: { project_id?: string; company_id?: string };
  answerTokens: number;
  /** Whether answers carry `structuredContent`, and tools their output schemas. */
  structured: boolean;
  /** Whether hosts are asked to load the tools that every workflow begins with at once. */
  alwaysLoad: boolean;
  /** Where recordings and pictures may be written as files. */
  files?: FilesFolder | undefined;
  logLevel: LogLevel;
  logFormat: LogFormat;
  /** The proxy that the environment names for the API's address. */
  proxy: ProxyUse;
  /** What a person should know although nothing is wrong with it. */
  warnings: string[];
  /** Where each setting came from, for `doctor`. Never a value. */
  origins: Record<VariableName, Origin>;
}

export interface SettingsInput {
  env: NodeJS.ProcessEnv;
  /** Where a `.env` is looked for; undefined where the working directory is gone. */
  folder: string | undefined;
  /** By the name of the variable that each flag stands for. */
  flags?: Partial<Record<VariableName, string>>;
  /** Names of all tools, for checking `--tools` and `--exclude`. */
  toolNames: readonly string[];
  /** An API and a token that come from elsewhere (the sandbox): the variables for them are not looked at. */
  given?: { apiUrl: string; token: string } | undefined;
  /** Whether a token's file that is missing or wrong is waited for, instead of being an error. */
  tokenMayCome?: boolean | undefined;
}

export function loadSettings(input: SettingsInput): Settings {
  const { env, toolNames, given } = input;
  const problems = new Problems();
  const read = problems.in;
  const { look, warnings, mayHideToken } = sources(input, problems);
  const value = (name: VariableName) => look(name).value;

  const apiUrl = read(() => given?.apiUrl ?? readApiUrl(value('TOADO_API_URL')));
  const settings: Settings = {
    apiUrl,
    apiMap: read(() => readApiMapFile(value('TOADO_API_MAP'), called('TOADO_API_MAP'))),
    token: read(() => {
      if (given) return tokenFromVariable(given.token, 'the sandbox');
      return mayHideToken ? noToken('') : readTokenSource(look, input, warnings);
    }),
    name: read(() => readName(value('TOADO_NAME'))),
    narrowing: readNarrowing(value, toolNames, problems),
    pins: {
      ...read(() => readPin('project_id', 'TOADO_PROJECT', value)),
      ...read(() => readPin('company_id', 'TOADO_COMPANY', value)),
    },
    answerTokens: read(() => readTokens(value('TOADO_ANSWER_TOKENS'))),
    alwaysLoad: read(() => readSwitch('TOADO_ALWAYS_LOAD', value('TOADO_ALWAYS_LOAD'))),
    structured: read(() => readSwitch('TOADO_STRUCTURED', value('TOADO_STRUCTURED'))),
    files: read(() => readFiles(value('TOADO_FILES'))),
    logLevel: read(() => readChoice('TOADO_LOG_LEVEL', value('TOADO_LOG_LEVEL'), LOG_LEVELS, 'info')),
    logFormat: read(() => readChoice('TOADO_LOG_FORMAT', value('TOADO_LOG_FORMAT'), LOG_FORMATS, 'text')),
    proxy: apiUrl ? read(() => proxyOf(apiUrl, env)) : {},
    warnings,
    origins: Object.fromEntries(
      VARIABLE_NAMES.map((name) => [name, look(name).origin]),
    ) as Settings['origins'],
  };
  problems.throwAny();
  return settings;
}

/** What a server runs with whose settings can't be used: whoami alone, which says why. Nothing is sent anywhere. */
export function unusableSettings(problem: string): Settings {
  return {
    apiUrl: DEFAULT_API_URL,
    token: noToken(problem),
    narrowing: { readOnly: true, exclude: [] },
    pins: {},
    answerTokens: DEFAULT_ANSWER_TOKENS,
    structured: false,
    alwaysLoad: false,
    logLevel: 'info',
    logFormat: 'text',
    proxy: {},
    warnings: [],
    origins: Object.fromEntries(VARIABLE_NAMES.map((name) => [name, 'default'])) as Settings['origins'],
  };
}

/** The address alone, for whoever tests the way to it without a token. */
export function loadApiUrl(input: SettingsInput): { apiUrl: string; proxy: ProxyUse } {
  const apiUrl = readApiUrl(checkedSources(input).look('TOADO_API_URL').value);
  return { apiUrl, proxy: proxyOf(apiUrl, input.env) };
}

/** What the settings take away, and whether a token is set: all that can be said without connecting to anything. */
export function loadNarrowing(input: SettingsInput): { narrowing: Narrowing; hasToken: boolean } {
  const problems = new Problems();
  const { look } = sources(input, problems);
  const narrowing = readNarrowing((name) => look(name).value, input.toolNames, problems);
  problems.throwAny();
  return {
    narrowing,
    hasToken: (['TOADO_API_TOKEN', 'TOADO_API_TOKEN_FILE'] as const).some(
      (name) => look(name).value !== undefined,
    ),
  };
}

function checkedSources(input: SettingsInput): Sources {
  const problems = new Problems();
  const found = sources(input, problems);
  problems.throwAny();
  return found;
}

interface Sources {
  look: Look;
  warnings: string[];
  /** Something that may have held the token can't be used: that there is none is not known. */
  mayHideToken: boolean;
}

/** Flags win over the environment, the environment over `.env`. An empty variable, as installers set it, is none. */
function sources({ env, folder, flags = {} }: SettingsInput, problems: Problems): Sources {
  const { variables: dotenv, warning } = problems.in(() => readDotenv(folder)) ?? { variables: {} };
  const unfilled = new Set<VariableName>();
  let mayHideToken = problems.any;
  hideTokens(env, dotenv, flags);
  checkNames(env, 'the environment', problems);
  checkNames(dotenv, '.env', problems);
  for (const [name, why] of NEVER_FROM_DOTENV) {
    if (dotenv[name] === undefined) continue;
    const { flag } = VARIABLES.find((one) => one.name === name) as Variable;
    problems.add(`${name} can't be set in .env: ${why}. Set it in the environment, or with ${flag}.`);
    delete dotenv[name];
  }
  const look: Look = (name) => {
    if (unfilled.has(name)) return { origin: 'default' };
    if (flags[name] !== undefined) return { value: flags[name], origin: 'flag' };
    if (env[name]?.trim()) return { value: env[name], origin: 'environment' };
    if (dotenv[name]?.trim()) return { value: dotenv[name], origin: '.env' };
    return { origin: 'default' };
  };
  for (const name of VARIABLE_NAMES) {
    const { value = '' } = look(name);
    if (name === 'TOADO_API_TOKEN' || !isUnfilled(value)) continue;
    problems.add(
      `${called(name)} was not filled in: the client passed a reference to another variable on as it stands. Set it, or remove it.`,
    );
    unfilled.add(name);
    mayHideToken ||= name === 'TOADO_API_TOKEN_FILE';
  }
  return { look, warnings: warning ? [warning] : [], mayHideToken };
}

/** A .env comes with a folder that somebody else may have written. */
const NEVER_FROM_DOTENV: [VariableName, string][] = [
  ['TOADO_API_MAP', 'a folder must not choose how requests are written'],
  ['TOADO_FILES', 'a folder must not choose where files are written'],
];

/** A token in the wrong variable: whatever is wrong with it then, no message repeats it. */
function hideTokens(...places: Record<string, string | undefined>[]): void {
  for (const place of places) {
    for (const [name, value = ''] of Object.entries(place)) {
      if (!name.startsWith('TOADO_') || !value.includes('tok_')) continue;
      // A path may have a file of such a name at its end; an address has no path that anybody reads.
      const before = name === 'TOADO_API_URL' ? '' : `(?:^|[\\s=:,"'])`;
      for (const [, token] of value.matchAll(new RegExp(`${before}(tok_[!-~]+)`, 'g'))) {
        secrets.add(token!);
        if (name === 'TOADO_API_URL') secrets.add(token!.replace(/[^\w-].*$/, ''));
      }
    }
  }
}

function readNarrowing(
  value: (name: VariableName) => string | undefined,
  toolNames: readonly string[],
  { in: read }: Problems,
): Narrowing {
  return {
    readOnly: read(() => readSwitch('TOADO_READ_ONLY', value('TOADO_READ_ONLY'))),
    only: read(() => readTools('TOADO_TOOLS', value('TOADO_TOOLS'), toolNames)),
    exclude: read(() => readTools('TOADO_EXCLUDE', value('TOADO_EXCLUDE'), toolNames)) ?? [],
  };
}

/** The name under which a person knows a setting: its flag where it has one. */
function called(name: VariableName): string {
  const { flag } = VARIABLES.find((one) => one.name === name) as { flag?: string };
  return flag ? `${flag} (${name})` : name;
}

function checkNames(variables: Record<string, string | undefined>, where: string, problems: Problems): void {
  for (const name of Object.keys(variables)) {
    if (!name.startsWith('TOADO_') || (VARIABLE_NAMES as readonly string[]).includes(name)) continue;
    problems.add(
      `${name} (in ${where}) is not a variable of toado-mcp.${didYouMean(name, VARIABLE_NAMES)} Known: ${VARIABLE_NAMES.join(', ')}.`,
    );
  }
}

type Look = (name: VariableName) => { value?: string; origin: Origin };

/** A variable that was probably meant to be the token's. */
function misspeltToken(env: NodeJS.ProcessEnv): string {
  const meant = Object.keys(env).find(
    (name) => !name.startsWith('TOADO_') && distance(name.toUpperCase(), 'TOADO_API_TOKEN') <= 2,
  );
  return meant ? ` There is a variable ${meant}: did you mean that?` : '';
}

function readTokenSource(
  look: Look,
  { env, tokenMayCome }: SettingsInput,
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
    ? tokenFromFile(file.value!, tokenMayCome)
    : tokenFromVariable(
        variable.value!,
        variable.origin === '.env' ? 'TOADO_API_TOKEN (in .env)' : undefined,
      );
}

/** What is on this machine is never sent through a proxy. */
function proxyOf(apiUrl: string, env: NodeJS.ProcessEnv): ProxyUse {
  const address = new URL(apiUrl);
  return isLoopback(address.hostname) ? {} : proxyFor(address, env);
}

/** Only an address of this machine may be spoken to without encryption. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

function readApiUrl(text = DEFAULT_API_URL): string {
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
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function readSwitch(name: VariableName, text = 'false'): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off|)$/i.test(text)) return false;
  throw new SettingsError(`${called(name)} must be true or false.`);
}

function readTools(
  name: VariableName,
  text: string | undefined,
  toolNames: readonly string[],
): string[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(/[\s,]+/).filter(Boolean);
  if (names.length === 0) throw new SettingsError(`${called(name)} names no tool.`);
  for (const one of names) {
    if (toolNames.includes(one)) continue;
    throw new SettingsError(
      `${called(name)}: there is no tool ${JSON.stringify(one)}.${didYouMean(one, toolNames)} \`toado-mcp tools\` lists them.`,
    );
  }
  if (name === 'TOADO_EXCLUDE' && names.includes('whoami'))
    throw new SettingsError(`${called(name)}: whoami is always there and can't be excluded.`);
  return names;
}

function readPin(
  argument: 'project_id' | 'company_id',
  name: VariableName,
  value: (name: VariableName) => string | undefined,
): Settings['pins'] {
  const text = value(name)?.trim();
  if (text === '') throw new SettingsError(`${called(name)} is empty.`);
  return text === undefined ? {} : { [argument]: text };
}

/** It stands among the server's own words, and as a key in clients' files. */
function readName(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!/^[A-Za-z][\w-]{0,39}$/.test(text))
    throw new SettingsError(
      `${called('TOADO_NAME')} takes up to 40 letters, digits, - and _, beginning with a letter (as toado-acme).`,
    );
  return text;
}

function readFiles(text: string | undefined): FilesFolder | undefined {
  if (text === undefined) return undefined;
  return aboutFiles(() => new FilesFolder(text));
}

/** Makes the folder for files, where one is named. @throws SettingsError */
export function openFiles({ files }: Settings): void {
  aboutFiles(() => files?.open());
}

function aboutFiles<Result>(use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof FolderError)) throw error;
    throw new SettingsError(`${called('TOADO_FILES')} ${error.message}`);
  }
}

function readTokens(text = String(DEFAULT_ANSWER_TOKENS)): number {
  const tokens = Number(text);
  if (!Number.isInteger(tokens) || tokens < 500 || tokens > 200_000)
    throw new SettingsError(`${called('TOADO_ANSWER_TOKENS')} must be a whole number from 500 to 200000.`);
  return tokens;
}

function readChoice<Choice extends string>(
  name: VariableName,
  text: string | undefined,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice {
  if (text === undefined) return otherwise;
  const choice = choices.find((one) => one === text.toLowerCase());
  if (!choice) throw new SettingsError(`${called(name)} must be one of ${choices.join(', ')}.`);
  return choice;
}
