/**
 * The types of `toado-mcp/experiments`, by themselves. By hand, since what TypeScript makes of the sources names types of
 * zod, which nobody has who installs the program (docs/architecture.md). test/experiments/types.test.ts doesn't compile
 * where they aren't the sources', field by field.
 */

/** A regular expression; capitals and small letters count alike. */
type Pattern = string;
type Count = number | { min?: number | undefined; max?: number | undefined };
type Author = string | { user: string; token?: string | undefined };
type Role = 'owner' | 'admin' | 'member' | 'viewer';

interface SeedComment {
  by: Author;
  hours_ago: number;
  body: string;
}

interface SeedCapture {
  url: string;
  page_title?: string | undefined;
  health?: { section: string; state: 'partial' | 'empty'; reason: string }[] | undefined;
  console?: { level: 'log' | 'info' | 'warn' | 'error' | 'debug'; text: string }[] | undefined;
  network?:
    | {
        method?: string | undefined;
        url: string;
        status: number;
        request_body?: string | undefined;
        response_body?: string | undefined;
      }[]
    | undefined;
  errors?: { message: string; stack?: string | undefined }[] | undefined;
}

interface SeedTicket {
  id: string;
  project: string;
  /** By its name; the project's first if absent. */
  column?: string | undefined;
  title: string;
  description?: string | undefined;
  by: Author;
  hours_ago?: number | undefined;
  assignees?: string[] | undefined;
  branch?: string | undefined;
  resolved?: boolean | undefined;
  draft?: boolean | undefined;
  archived?: boolean | undefined;
  comments?: SeedComment[] | undefined;
  capture?: SeedCapture | undefined;
}

interface State {
  users?: { id: string; name: string; email: string; roles: Record<string, Role> }[] | undefined;
  projects?:
    | { id: string; company: string; name: string; columns: string[]; members?: string[] | undefined }[]
    | undefined;
  tickets?: SeedTicket[] | undefined;
  comments?: { by: Author; hours_ago: number; body: string; ticket: string }[] | undefined;
  limits?: Record<string, { reads: number; writes: number }> | undefined;
}

interface Fault {
  on: string;
  from?: number | undefined;
  times?: number | undefined;
  delay_ms?: number | undefined;
  rate_limited?: number | undefined;
  status?: number | undefined;
  lose_answer?: boolean | undefined;
  revoke_token?: boolean | undefined;
}

type SingleCheck =
  | {
      ticket: string;
      is: {
        column?: string | undefined;
        resolved?: boolean | undefined;
        archived?: boolean | undefined;
        title?: Pattern | undefined;
        description?: Pattern | undefined;
        branch?: Pattern | null | undefined;
        assignees?: string[] | undefined;
      };
      label?: string | undefined;
    }
  | { moved: string; through: string[]; label?: string | undefined }
  | {
      comment_on: string;
      times?: Count | undefined;
      says?: Pattern[] | undefined;
      never_says?: Pattern[] | undefined;
      label?: string | undefined;
    }
  | {
      created_in: string;
      times?: Count | undefined;
      column?: string | undefined;
      title?: Pattern | undefined;
      description?: Pattern | undefined;
      label?: string | undefined;
    }
  | {
      called: string[];
      with?: Record<string, Pattern> | undefined;
      times?: Count | undefined;
      label?: string | undefined;
    }
  | { read_before_writing: string; label?: string | undefined }
  | { refused_calls: Count; label?: string | undefined }
  | { repeated_writes: Count; label?: string | undefined }
  | { tokens: { max: number }; label?: string | undefined }
  | { calls: { max: number }; label?: string | undefined }
  | { result: 'done' | 'could not'; reason?: Pattern | undefined; label?: string | undefined }
  | { answer_says: Pattern[]; label?: string | undefined }
  | { never_written: Pattern[]; label?: string | undefined };

type Check = SingleCheck | { at_least: number; of: SingleCheck[]; label?: string | undefined };

interface ScriptedCall {
  tool: string;
  arguments?: Record<string, unknown> | undefined;
}

/** A scenario, as its file holds it; `toado-mcp experiments schema scenario` describes every field. */
export interface Scenario {
  name: string;
  title: string;
  about: string;
  task: string;
  token: {
    label?: string | undefined;
    user?: string | undefined;
    scopes: ('read' | 'comments' | 'tickets:write' | 'tickets:assign')[];
    companies?: string[] | undefined;
    projects?: string[] | undefined;
  };
  state?: State | undefined;
  idempotency_keys?: boolean | undefined;
  faults?: Fault[] | undefined;
  must: Check[];
  score?: Check[] | undefined;
  may_change?:
    | {
        ticket: string;
        fields: (
          | 'column'
          | 'position'
          | 'resolved'
          | 'archived'
          | 'title'
          | 'description'
          | 'branch'
          | 'assignees'
          | 'comment'
        )[];
      }[]
    | undefined;
  solution?: { calls: ScriptedCall[]; answer: string } | undefined;
  wrong?: { calls: ScriptedCall[]; answer: string; name: string; fails: string }[] | undefined;
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

/** A command line with `{prompt}`, `{prompt_file}`, `{mcp_config}`, `{workdir}`. */
export interface CommandAgent {
  command: readonly string[];
  env?: Record<string, string>;
}

export interface CheckResult {
  label: string;
  kind: string;
  must: boolean;
  held: boolean;
  /** In one sentence. */
  saw: string;
}

interface Authorship {
  user: string;
  /** The token's id. */
  token: string | null;
  via: string;
  at: string;
}

interface SnapshotTicket {
  id: string;
  project: string;
  column: string;
  rank: string;
  title: string;
  description: string;
  archived: boolean;
  resolved: boolean;
  draft: boolean;
  branch: string | null;
  source_url: string | null;
  assignees: string[];
  created: Authorship;
}

interface SnapshotComment extends Authorship {
  id: string;
  ticket: string;
  body: string;
}

interface Snapshot {
  projects: { id: string; name: string; company: string; columns: string[] }[];
  users: { id: string; name: string }[];
  tickets: SnapshotTicket[];
  comments: SnapshotComment[];
}

export type Change =
  | {
      kind: 'field';
      ticket: string;
      field:
        | 'column'
        | 'position'
        | 'resolved'
        | 'archived'
        | 'draft'
        | 'title'
        | 'description'
        | 'branch'
        | 'assignees'
        | 'project'
        | 'source_url';
      before: string;
      after: string;
    }
  | { kind: 'comment'; ticket: string; comment: SnapshotComment }
  | { kind: 'created'; ticket: string; made: SnapshotTicket }
  | { kind: 'gone'; ticket: string; what: string };

interface Call {
  /** Milliseconds since 1970. */
  at: number;
  ms: number | null;
  tool: string;
  arguments: Record<string, unknown>;
  /** Failed, refused, or never answered. */
  failed: boolean;
  text: string;
  tokens: number;
  images: number;
}

export interface Grade {
  passed: boolean;
  /** Of what isn't a must, the share that held. */
  score: number;
  /** Why it did not pass, in the words of the first check that failed. */
  why: string | null;
  checks: CheckResult[];
  changes: Change[];
  session: {
    connected: boolean;
    client: string | null;
    tools: string[];
    listTokens: number;
    calls: Call[];
    tokens: number;
  };
  notes: string[];
}

export interface SandboxRecord {
  before: Snapshot;
  after: Snapshot;
  requests: {
    at: number;
    ms: number;
    method: string;
    /** Below `/api/v1`. */
    path: string;
    status: number;
    via: 'mcp' | 'api';
    fault?: string;
    writes: { action: string; ticket: string | null; detail: Record<string, unknown> }[];
  }[];
  messages: { at: number; from: 'agent' | 'server'; session: number; message: Record<string, unknown> }[];
  /** What was changed past the API, in sentences. */
  tampered: string[];
}

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

export interface Run {
  scenario: Scenario;
  prompt: string;
  record: SandboxRecord;
  agent: AgentOutcome;
  grade: Grade;
}

export interface RunScenarioOptions {
  /** A function on a connected client, a command with placeholders, or its words alone. */
  agent: AgentFunction | CommandAgent | readonly string[];
  /** 300,000 by default. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/**
 * Runs an agent once on a scenario (by name, or one's own), in a fresh sandbox, and grades it.
 * @throws ExperimentError where it could not be run.
 */
export function runScenario(scenario: string | Scenario, options: RunScenarioOptions): Promise<Run>;

export interface TestSandbox {
  /** What `TOADO_API_URL` and `TOADO_API_TOKEN` take. */
  apiUrl: string;
  token: string;
  mcpConfig: { mcpServers: { toado: { command: string; args: string[]; env: Record<string, string> } } };
  /** What the agent is told. */
  prompt: string;
  /** What happened so far. */
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
export class ExperimentError extends Error {
  override readonly name: string;
}
