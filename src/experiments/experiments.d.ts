/**
 * The types of `toado-mcp/experiments`, by themselves; test/experiments/api.e2e.test.ts holds them against the sources.
 * By hand, since what TypeScript makes of the sources names types of zod, which nobody has who installs the program, and
 * the bundlers of such files want a newer Node than this project is built with.
 */

/** A scenario, as its file holds it: `toado-mcp experiments schema scenario` describes every field. */
export interface Scenario {
  name: string;
  title: string;
  about: string;
  task: string;
  token: {
    scopes: ('read' | 'comments' | 'tickets:write' | 'tickets:assign')[];
    label?: string;
    user?: string;
    companies?: string[];
    projects?: string[];
  };
  // biome-ignore lint/suspicious/noExplicitAny: what a file may hold here is for its schema to say
  must: any[];
  // biome-ignore lint/suspicious/noExplicitAny: the same
  [more: string]: any;
}

export interface AgentTool {
  name: string;
  description?: string | undefined;
  inputSchema: Record<string, unknown>;
}

export interface ToolAnswer {
  text: string;
  isError: boolean;
  content: readonly Record<string, unknown>[];
}

export interface AgentInput {
  prompt: string;
  tools: readonly AgentTool[];
  instructions: string;
  call(tool: string, args?: Record<string, unknown>): Promise<ToolAnswer>;
  signal: AbortSignal;
}

/** An agent on a connected client. Returns its answer to the person. */
export type AgentFunction = (input: AgentInput) => Promise<string>;

export interface CheckResult {
  label: string;
  kind: string;
  must: boolean;
  held: boolean;
  /** In one sentence. */
  saw: string;
}

export interface Call {
  /** Milliseconds since 1970. */
  at: number;
  ms: number | null;
  tool: string;
  arguments: Record<string, unknown>;
  failed: boolean;
  text: string;
  tokens: number;
}

export interface Grade {
  passed: boolean;
  /** Of what isn't a must, the share that held. */
  score: number;
  why: string | null;
  checks: CheckResult[];
  session: { connected: boolean; tools: string[]; calls: Call[]; tokens: number };
  notes: string[];
}

export interface SandboxRecord {
  requests: { at: number; ms: number; method: string; path: string; status: number; fault?: string }[];
  messages: { at: number; from: 'agent' | 'server'; message: Record<string, unknown> }[];
  tampered: string[];
}

export interface Run {
  prompt: string;
  grade: Grade;
  record: SandboxRecord;
  agent: {
    answer: string;
    stdout: string;
    stderr: string;
    exitCode: number | null;
    timedOut: boolean;
    ms: number;
  };
}

export interface RunScenarioOptions {
  /** A function on a connected client, or a command line with `{prompt}`, `{prompt_file}`, `{mcp_config}`, `{workdir}`. */
  agent: AgentFunction | readonly string[];
  /** 300,000 by default. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** Runs an agent once on a scenario (by name, or one's own), in a fresh sandbox, and grades it. */
export function runScenario(scenario: string | Scenario, options: RunScenarioOptions): Promise<Run>;

export interface TestSandbox {
  /** What `TOADO_API_URL` and `TOADO_API_TOKEN` take. */
  apiUrl: string;
  token: string;
  mcpConfig: { mcpServers: { toado: { command: string; args: string[]; env: Record<string, string> } } };
  prompt: string;
  record(): Promise<SandboxRecord>;
  /** Grades what happened so far. */
  grade(answer?: string): Promise<Grade>;
  close(): Promise<void>;
}

/** A scenario's sandbox, to be used as one likes. */
export function startSandbox(scenario: string | Scenario): Promise<TestSandbox>;

/** The scenarios that come with the program. */
export function listScenarios(): Promise<Scenario[]>;

/** Something that a person can mend, in a sentence. */
export class ExperimentError extends Error {}
