/** Reads every setting from flags, the environment and `.env`, and refuses what can't be meant. */
import type { Narrowing } from '../access/access.ts';
import { FilesFolder } from '../files/files-folder.ts';
import { FolderError } from '../files/usable-folder.ts';
import { LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from '../respond/log.ts';
import { DEFAULT_ANSWER_TOKENS } from '../respond/result-options.ts';
import { type ApiMapFile, readApiMapFile } from './api-map-file.ts';
import { chooseToken } from './choose-token.ts';
import { type ProxyUse, proxyFor } from './proxy.ts';
import { Problems, SettingsError } from './settings-error.ts';
import { type Origin, type Sources, type SourcesInput, sources } from './sources.ts';
import { noToken, type TokenSource, tokenOfSandbox } from './token-source.ts';
import {
  DEFAULT_API_URL,
  isLoopback,
  readApiUrl,
  readChoice,
  readName,
  readPin,
  readSwitch,
  readTokens,
  readTools,
} from './values.ts';
import { settingName, TOKEN_VARIABLES, VARIABLE_NAMES, type VariableName } from './variables.ts';

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

export interface SettingsInput extends SourcesInput {
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
    apiMap: read(() => readApiMapFile(value('TOADO_API_MAP'), settingName('TOADO_API_MAP'))),
    token: read(() => {
      if (given) return tokenOfSandbox(given.token);
      return mayHideToken ? noToken('') : chooseToken(look, env, input.tokenMayCome, warnings);
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
    ...readLogging(value, problems),
    proxy: apiUrl ? read(() => proxyOf(apiUrl, env)) : {},
    warnings,
    origins: Object.fromEntries(
      VARIABLE_NAMES.map((name) => [name, look(name).origin]),
    ) as Settings['origins'],
  };
  problems.throwAny();
  return settings;
}

/** How lines on stderr are written. */
export type Logging = Pick<Settings, 'logLevel' | 'logFormat'>;

const DEFAULT_LOGGING: Logging = { logLevel: 'info', logFormat: 'text' };

/** How lines are to be written, as far as that can be read, whatever else is wrong: programs read them, too. */
export function loadLogging(input: SettingsInput): Logging {
  const problems = new Problems();
  const { look } = sources(input, problems);
  const { logLevel, logFormat } = readLogging((name) => look(name).value, problems);
  return {
    logLevel: logLevel ?? DEFAULT_LOGGING.logLevel,
    logFormat: logFormat ?? DEFAULT_LOGGING.logFormat,
  };
}

function readLogging(value: (name: VariableName) => string | undefined, { in: read }: Problems): Logging {
  const { logLevel, logFormat } = DEFAULT_LOGGING;
  return {
    logLevel: read(() => readChoice('TOADO_LOG_LEVEL', value('TOADO_LOG_LEVEL'), LOG_LEVELS, logLevel)),
    logFormat: read(() => readChoice('TOADO_LOG_FORMAT', value('TOADO_LOG_FORMAT'), LOG_FORMATS, logFormat)),
  };
}

/** What a server runs with whose settings can't be used: whoami alone, which says why. Nothing is sent anywhere. */
export function unusableSettings(problem: string, logging = DEFAULT_LOGGING): Settings {
  return {
    apiUrl: DEFAULT_API_URL,
    token: noToken(problem),
    narrowing: { readOnly: true, exclude: [] },
    pins: {},
    answerTokens: DEFAULT_ANSWER_TOKENS,
    structured: false,
    alwaysLoad: false,
    ...logging,
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
    hasToken: isTokenSet(look),
  };
}

/** Whether there is no token, and nothing that can't be read may hold one. */
export function lacksToken(input: SettingsInput): boolean {
  const { look, mayHideToken } = sources(input, new Problems());
  return !mayHideToken && !isTokenSet(look);
}

function isTokenSet(look: Sources['look']): boolean {
  return TOKEN_VARIABLES.some((name) => look(name).value !== undefined);
}

function checkedSources(input: SettingsInput): Sources {
  const problems = new Problems();
  const found = sources(input, problems);
  problems.throwAny();
  return found;
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

/** What is on this machine is never sent through a proxy. */
function proxyOf(apiUrl: string, env: NodeJS.ProcessEnv): ProxyUse {
  const address = new URL(apiUrl);
  return isLoopback(address.hostname) ? {} : proxyFor(address, env);
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
    throw new SettingsError(`${settingName('TOADO_FILES')} ${error.message}`);
  }
}
