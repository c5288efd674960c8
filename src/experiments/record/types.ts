/** What is kept of a run, as it happened. Times are milliseconds since 1970. */
import type { Snapshot } from './snapshot.ts';

/** One JSON-RPC message between the agent and the MCP server. */
export interface RecordedMessage {
  at: number;
  from: 'agent' | 'server';
  /** Which of the agent's connections, counted from 1. */
  session: number;
  message: Record<string, unknown>;
}

export interface RecordedWrite {
  action: string;
  ticket: string | null;
  detail: Record<string, unknown>;
}

/** One request to the sandbox. */
export interface RecordedRequest {
  at: number;
  ms: number;
  method: string;
  /** Below `/api/v1`. */
  path: string;
  status: number;
  via: 'mcp' | 'api';
  fault?: string;
  writes: RecordedWrite[];
}

/** What the sandbox's process hands over at the end. */
export interface SandboxRecord {
  before: Snapshot;
  after: Snapshot;
  requests: RecordedRequest[];
  messages: RecordedMessage[];
  /** What was changed past the API, in sentences. */
  tampered: string[];
}

/** How the agent's own process went. */
export interface AgentOutcome {
  /** What it printed last: its answer to the person. */
  answer: string;
  stdout: string;
  stderr: string;
  exitCode: number | null;
  signal: string | null;
  timedOut: boolean;
  startedAt: number;
  ms: number;
}
