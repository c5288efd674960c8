/** What a folder of results holds: results.json, with a schema of its own, is all that the reports are made from. */
import * as z from 'zod';

/** The folder in it that holds the whole record of each run. */
export const RECORDS = 'runs';

const time = z.int().describe('milliseconds since the run began');

const event = z.union([
  z.strictObject({
    kind: z.literal('call'),
    at: time,
    ms: z.int().nullable(),
    tool: z.string(),
    arguments: z.string(),
    failed: z.boolean(),
    text: z.string(),
    tokens: z.int(),
  }),
  z.strictObject({ kind: z.literal('write'), at: time, action: z.string(), ticket: z.string().nullable() }),
  z.strictObject({ kind: z.literal('fault'), at: time, what: z.string(), request: z.string() }),
  z.strictObject({ kind: z.literal('answer'), at: time, text: z.string() }),
]);

const run = z.strictObject({
  scenario: z.string(),
  attempt: z.int().positive(),
  status: z.enum(['passed', 'failed', 'error']).describe('error: it could not be run'),
  error: z.string().nullable(),
  why: z.string().nullable().describe('of a failed run: the first check that did not hold'),
  score: z.number().describe('share of the checks that are no musts, 0 to 1'),
  checks: z.array(
    z.strictObject({
      label: z.string(),
      kind: z.string(),
      must: z.boolean(),
      held: z.boolean(),
      saw: z.string(),
    }),
  ),
  calls: z.int(),
  failed_calls: z.int(),
  tokens: z.int().describe('of the tools’ list, the calls and their answers, estimated on the high side'),
  seconds: z.number(),
  started_at: z.string(),
  exit_code: z.int().nullable(),
  timed_out: z.boolean(),
  client: z.string().nullable().describe('what the MCP client calls itself'),
  answer: z.string(),
  events: z.array(event),
  changes: z.array(z.string()),
  boards: z
    .array(
      z.strictObject({
        project: z.string(),
        columns: z.array(
          z.strictObject({ name: z.string(), before: z.array(z.string()), after: z.array(z.string()) }),
        ),
      }),
    )
    .describe('the projects in which something was changed'),
  titles: z.record(z.string(), z.string()).describe('of the tickets on the boards'),
  notes: z.array(z.string()),
});

export const resultsSchema = z.strictObject({
  format: z.literal(1),
  program: z.string().describe('toado-mcp and its version'),
  agent: z.string(),
  started_at: z.string(),
  plan: z.strictObject({
    scenarios: z.array(z.string()),
    times: z.int().positive(),
    shard: z.string().nullable().describe('2/8: this folder holds the second of eight parts'),
  }),
  scenarios: z.array(
    z.strictObject({ name: z.string(), title: z.string(), about: z.string(), task: z.string() }),
  ),
  runs: z.array(run),
  missing: z.array(z.string()).describe('planned, and not done'),
});

export type Results = z.output<typeof resultsSchema>;
export type RunResult = z.output<typeof run>;
export type RunEvent = z.output<typeof event>;

/** 2: a run could not be run; 1: too few passed. */
export function exitCodeOf({ runs, missing }: Results, minPass = 1): number {
  if (runs.some(({ status }) => status === 'error') || missing.length > 0) return 2;
  const passed = runs.filter(({ status }) => status === 'passed').length;
  // More parts than runs: some of them have nothing to do.
  return runs.length === 0 || passed / runs.length >= minPass ? 0 : 1;
}
