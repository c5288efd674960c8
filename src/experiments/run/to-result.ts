/** A run as results.json keeps it: what a report shows, long texts cut. */
import { beginning } from '../../respond/shorten.ts';
import { ExperimentError, type SandboxKilledError } from '../base/error.ts';
import { describeChange } from '../grade/diff.ts';
import type { Snapshot } from '../record/snapshot.ts';
import type { RunEvent, RunResult } from './results.ts';
import { howItEnded, type Run } from './run-scenario.ts';

const TEXT_MAX = 1_500;
const ANSWER_MAX = 6_000;

export function toResult({ grade, record, agent, scenario }: Run, attempt: number): RunResult {
  const changed = new Set(grade.changes.map(({ ticket }) => ticket));
  const { boards, titles } = boardsOf(record.before, record.after, changed);
  return {
    scenario: scenario.name,
    attempt,
    status: grade.passed ? 'passed' : 'failed',
    error: null,
    why: grade.why,
    score: round(grade.score),
    checks: grade.checks.map(({ label, kind, must, held, saw }) => ({ label, kind, must, held, saw })),
    calls: grade.session.calls.length,
    failed_calls: grade.session.calls.filter(({ failed }) => failed).length,
    tokens: grade.session.tokens,
    seconds: round(agent.ms / 1000),
    started_at: new Date(agent.startedAt).toISOString(),
    exit_code: agent.exitCode,
    timed_out: agent.timedOut,
    client: grade.session.client,
    // Its last line says how it went.
    answer: agent.answer.slice(-ANSWER_MAX),
    events: eventsOf({ grade, record, agent }),
    changes: grade.changes.filter((change) => !isPosition(change)).map(describeChange),
    boards,
    titles,
    notes: [
      ...grade.notes,
      ...(agent.exitCode !== 0 && !agent.timedOut ? [sentence(howItEnded(agent))] : []),
    ],
  };
}

export function toError(scenario: string, attempt: number, error: ExperimentError): RunResult {
  return {
    scenario,
    attempt,
    status: 'error',
    error: error.message,
    why: null,
    score: 0,
    checks: [],
    calls: 0,
    failed_calls: 0,
    tokens: 0,
    seconds: 0,
    started_at: new Date().toISOString(),
    exit_code: null,
    timed_out: false,
    client: null,
    answer: '',
    events: [],
    changes: [],
    boards: [],
    titles: {},
    notes: [],
  };
}

/** An agent whose run can't be graded because the sandbox was taken from it has failed: who else would end it? */
export function toKilled(scenario: string, attempt: number, { message }: SandboxKilledError): RunResult {
  const check = {
    label: 'Changed with the token alone',
    kind: 'tampered',
    must: true,
    held: false,
    saw: sentence(message),
  };
  return {
    ...toError(scenario, attempt, new ExperimentError(message)),
    status: 'failed',
    error: null,
    why: 'tampered with the sandbox',
    checks: [check],
  };
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}

function isPosition(change: Run['grade']['changes'][number]): boolean {
  return change.kind === 'field' && change.field === 'position';
}

function eventsOf({ grade, record, agent }: Pick<Run, 'grade' | 'record' | 'agent'>): RunEvent[] {
  const since = (at: number) => Math.max(0, Math.round(at - agent.startedAt));
  const events: RunEvent[] = [
    ...grade.session.calls.map((call) => ({
      kind: 'call' as const,
      at: since(call.at),
      ms: call.ms,
      tool: call.tool,
      arguments: cut(JSON.stringify(call.arguments), TEXT_MAX),
      failed: call.failed,
      text: cut(call.text, TEXT_MAX),
      tokens: call.tokens,
    })),
    ...record.requests.flatMap((request) => [
      ...(request.fault
        ? [
            {
              kind: 'fault' as const,
              at: since(request.at),
              what: request.fault,
              request: `${request.method} ${request.path}`,
            },
          ]
        : []),
      ...request.writes.map(({ action, ticket }) => ({
        kind: 'write' as const,
        at: since(request.at + request.ms),
        action,
        ticket,
      })),
    ]),
  ];
  events.sort((a, b) => a.at - b.at);
  if (agent.answer) events.push({ kind: 'answer', at: agent.ms, text: agent.answer.slice(-TEXT_MAX) });
  return events;
}

function boardsOf(
  before: Snapshot,
  after: Snapshot,
  changed: ReadonlySet<string>,
): Pick<RunResult, 'boards' | 'titles'> {
  const titles: Record<string, string> = {};
  const projects = new Set(after.tickets.filter(({ id }) => changed.has(id)).map(({ project }) => project));
  const boards = after.projects
    .filter(({ id }) => projects.has(id))
    .map(({ id, name, columns }) => ({
      project: name,
      columns: columns.map((column) => ({
        name: column,
        before: cards(before, id, column),
        after: cards(after, id, column),
      })),
    }));
  for (const { id, title, project } of after.tickets)
    if (projects.has(project) || changed.has(id)) titles[id] = cut(title, 90);
  return { boards, titles };
}

function cards({ tickets }: Snapshot, project: string, column: string): string[] {
  return tickets
    .filter((one) => one.project === project && one.column === column && !one.archived && !one.draft)
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ id }) => id);
}

function cut(text: string, most: number): string {
  return text.length > most ? `${beginning(text, most)} (${text.length - most} characters more)` : text;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
