/**
 * Every setting there is: its variable, its flag and what it means. `--help`, `doctor`, the docs and the check for
 * misspelt variables read this table.
 */
export const GROUPS = ['Connection', 'Narrowing', 'Answers', 'Logs'] as const;

export interface Variable {
  name: `TOADO_${string}`;
  /** Absent for secrets: tokens are never taken from the command line. */
  flag?: string;
  /** What stands for the value in `--help`; absent for switches. */
  value?: string;
  meaning: string;
  group: (typeof GROUPS)[number];
}

export const VARIABLES = [
  { name: 'TOADO_API_TOKEN', meaning: 'the personal API token (tok_…)', group: 'Connection' },
  {
    name: 'TOADO_API_TOKEN_FILE',
    meaning: 'a file that holds the token instead; followed when it changes',
    group: 'Connection',
  },
  {
    name: 'TOADO_API_URL',
    meaning: 'base address of the REST API; https, or http on this machine',
    group: 'Connection',
  },
  {
    name: 'TOADO_API_MAP',
    flag: '--api-map',
    value: 'file',
    meaning: 'corrections of routes and field names, as JSON; never from a .env',
    group: 'Connection',
  },
  {
    name: 'TOADO_NAME',
    flag: '--name',
    value: 'name',
    meaning: 'what a model knows this server as, where several run side by side',
    group: 'Connection',
  },
  {
    name: 'TOADO_READ_ONLY',
    flag: '--read-only',
    meaning: 'offer only the tools that change nothing',
    group: 'Narrowing',
  },
  {
    name: 'TOADO_TOOLS',
    flag: '--tools',
    value: 'a,b',
    meaning: 'offer only these tools',
    group: 'Narrowing',
  },
  {
    name: 'TOADO_EXCLUDE',
    flag: '--exclude',
    value: 'a,b',
    meaning: 'do not offer these tools',
    group: 'Narrowing',
  },
  {
    name: 'TOADO_PROJECT',
    flag: '--project',
    value: 'id|name',
    meaning: 'fix project_id in every tool',
    group: 'Narrowing',
  },
  {
    name: 'TOADO_COMPANY',
    flag: '--company',
    value: 'id|name',
    meaning: 'fix company_id in every tool',
    group: 'Narrowing',
  },
  {
    name: 'TOADO_ANSWER_TOKENS',
    flag: '--answer-tokens',
    value: 'n',
    meaning: 'largest answer, in tokens (default 8000)',
    group: 'Answers',
  },
  {
    name: 'TOADO_ALWAYS_LOAD',
    flag: '--always-load',
    meaning: 'ask hosts that load tools on demand to load four at once',
    group: 'Answers',
  },
  {
    name: 'TOADO_STRUCTURED',
    flag: '--structured',
    meaning: 'for programs: structuredContent and output schemas, too',
    group: 'Answers',
  },
  {
    name: 'TOADO_FILES',
    flag: '--files',
    value: 'folder',
    meaning:
      'let recordings and pictures be written there as files; with :session at its end they go with the session; never from a .env',
    group: 'Answers',
  },
  {
    name: 'TOADO_LOG_LEVEL',
    flag: '--log-level',
    value: 'level',
    meaning: 'error, warn, info (default) or debug; on stderr',
    group: 'Logs',
  },
  {
    name: 'TOADO_LOG_FORMAT',
    flag: '--log-format',
    value: 'format',
    meaning: 'text (default) or json',
    group: 'Logs',
  },
] as const satisfies readonly Variable[];

export type VariableName = (typeof VARIABLES)[number]['name'];
/** One of them gives the token: two would contradict each other. */
export const TOKEN_VARIABLES = [
  'TOADO_API_TOKEN',
  'TOADO_API_TOKEN_FILE',
] as const satisfies readonly VariableName[];

export const VARIABLE_NAMES: readonly VariableName[] = VARIABLES.map(({ name }) => name);

/** The name under which a person knows a setting: its flag where it has one. */
export function settingName(name: VariableName): string {
  const { flag } = VARIABLES.find((one) => one.name === name) as { flag?: string };
  return flag ? `${flag} (${name})` : name;
}
