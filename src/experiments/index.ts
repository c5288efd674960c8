/** `toado-mcp/experiments`: the same from a test of one's own. */
import type { CommandAgent } from './agent/command.ts';
import type { AgentFunction } from './agent/connected.ts';
import { serverEntry } from './agent/workspace.ts';
import { ExperimentError } from './base/error.ts';
import { type Grade, grade } from './grade/grade.ts';
import type { SandboxRecord } from './record/types.ts';
import { builtInScenarios, chosen } from './run/choose-scenarios.ts';
import { type Run, runOnce } from './run/run-scenario.ts';
import { startScenarioSandbox } from './sandbox/start.ts';
import { promptOf } from './scenario/prompt.ts';
import { checked } from './scenario/read-files.ts';
import type { Scenario } from './scenario/schema.ts';

export type { CommandAgent } from './agent/command.ts';
export type { AgentFunction, AgentInput, AgentTool, ToolAnswer } from './agent/connected.ts';
export { ExperimentError } from './base/error.ts';
export type { Change } from './grade/diff.ts';
export type { CheckResult } from './grade/facts.ts';
export type { Grade } from './grade/grade.ts';
export type { AgentOutcome, SandboxRecord } from './record/types.ts';
export type { Run } from './run/run-scenario.ts';
export type { Scenario } from './scenario/schema.ts';

export interface RunScenarioOptions {
  /** A function on a connected client, a command with placeholders, or its words alone. */
  agent: AgentFunction | CommandAgent | readonly string[];
  /** 300,000 by default. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

const TIMEOUT_MS = 300_000;

/**
 * Runs an agent once on a scenario, in a fresh sandbox of its own, and grades it.
 * @param scenario one of the program's own by its name, or one's own.
 * @throws ExperimentError where it could not be run.
 */
export async function runScenario(scenario: string | Scenario, options: RunScenarioOptions): Promise<Run> {
  const { agent, timeoutMs = TIMEOUT_MS, signal } = options ?? {};
  return runOnce(await scenarioOf(scenario), agentOf(agent), { timeoutMs, signal });
}

/** Whoever writes plain JavaScript is told, too. */
function agentOf(agent: RunScenarioOptions['agent'] | undefined): AgentFunction | CommandAgent {
  if (typeof agent === 'function') return agent;
  const its = Array.isArray(agent) ? { command: agent as string[] } : (agent as CommandAgent | undefined);
  if (Array.isArray(its?.command) && its.command.every((part) => typeof part === 'string')) return its;
  throw new ExperimentError(
    'agent has to be a function, a command line as a list of texts, or { command: [...] }.',
  );
}

export interface TestSandbox {
  /** What `TOADO_API_URL` and `TOADO_API_TOKEN` take. */
  apiUrl: string;
  token: string;
  /** An MCP configuration in the common form; what goes through it is recorded. */
  mcpConfig: { mcpServers: { toado: { command: string; args: string[]; env: Record<string, string> } } };
  /** What the agent is told. */
  prompt: string;
  /** What happened so far. */
  record(): Promise<SandboxRecord>;
  /** Grades what happened so far. @param answer what the agent answered to the person. */
  grade(answer?: string): Promise<Grade>;
  close(): Promise<void>;
}

/** A scenario's sandbox, to be used as one likes and graded by hand. */
export async function startSandbox(scenario: string | Scenario): Promise<TestSandbox> {
  const its = await scenarioOf(scenario);
  const sandbox = await startScenarioSandbox(its);
  return {
    apiUrl: sandbox.access.apiUrl,
    token: sandbox.access.token,
    mcpConfig: { mcpServers: { toado: serverEntry(sandbox.access) } },
    prompt: promptOf(its),
    record: sandbox.finish,
    grade: async (answer = '') => grade(its, await sandbox.finish(), { answer, timedOut: false }),
    close: sandbox.close,
  };
}

/** The scenarios that come with the program. */
export function listScenarios(): Promise<Scenario[]> {
  return builtInScenarios();
}

async function scenarioOf(scenario: string | Scenario): Promise<Scenario> {
  if (typeof scenario !== 'string') return checked(scenario, scenario?.name ?? 'what was given');
  return chosen(await builtInScenarios(), [scenario])[0]!;
}
