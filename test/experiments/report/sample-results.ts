/** Results as a long experiment leaves them, and as nasty as agents can make them. */

import { scenarios } from '../../../src/experiments/built-in-scenarios/index.ts';
import type { Results, RunResult } from '../../../src/experiments/run/results.ts';

const NASTY =
  '</script><script>document.title = "broken out"</script><img src=x onerror="document.title=1"> ‮ \u2028 \u0000';

export function sampleResults(scenarioCount = 20, times = 10, passEvery = 4): Results {
  const used = scenarios.slice(0, scenarioCount);
  return {
    format: 1,
    program: 'toado-mcp 0.0.0',
    agent: 'my-agent --mcp-config {mcp_config} {prompt}',
    started_at: '2026-07-28T10:00:00.000Z',
    plan: { scenarios: used.map(({ name }) => name), times, shard: null },
    scenarios: used.map(({ name, title, about, task }) => ({ name, title, about, task })),
    runs: used.flatMap(({ name }, at) =>
      Array.from({ length: times }, (_, run) =>
        sampleRun(name, run + 1, (at * 3 + run) % passEvery !== 0, at),
      ),
    ),
    missing: [],
  };
}

function sampleRun(scenario: string, attempt: number, passed: boolean, at = 0): RunResult {
  const before = ['t-000001', 't-000002', 't-000003'];
  return {
    scenario,
    attempt,
    status: passed ? 'passed' : 'failed',
    error: null,
    why: passed ? null : 't-000002 ends in In Review, not resolved',
    score: passed ? 1 : 0.5,
    checks: [
      {
        label: 'Changed with the token alone',
        kind: 'tampered',
        must: true,
        held: true,
        saw: 'Every change has its request.',
      },
      {
        label: 't-000002 ends in In Review, not resolved',
        kind: 'ticket',
        must: true,
        held: passed,
        saw: `t-000002 ends with column "In Progress". ${NASTY}`,
      },
      { label: 'At most 14,000 tokens', kind: 'tokens', must: false, held: passed, saw: '9,000 tokens.' },
    ],
    calls: 12 + at,
    failed_calls: 1,
    tokens: 4_000 + at * 900 + attempt * 40,
    seconds: 3.5 + at,
    started_at: '2026-07-28T10:00:00.000Z',
    exit_code: 0,
    timed_out: false,
    client: 'sample 1.0',
    answer: `Done. ${NASTY}\nRESULT: done`,
    events: [
      ...Array.from({ length: 28 }, (_, call) => ({
        kind: 'call' as const,
        at: call * 400,
        ms: 12,
        tool: 'get_ticket',
        arguments: '{"ticket_id":"t-000002"}',
        failed: call === 5,
        text: `${NASTY} ${'What the ticket says. '.repeat(60)}`,
        tokens: 400,
      })),
      { kind: 'write', at: 11_000, action: 'move_ticket', ticket: 't-000002' },
      { kind: 'fault', at: 11_200, what: 'answer lost', request: 'POST /tickets/t-000002/comments' },
      { kind: 'answer', at: 12_000, text: `Done. ${NASTY}` },
    ],
    changes: ['t-000002: column "To Do" → "In Progress"'],
    boards: [
      {
        project: 'Storefront',
        columns: [
          { name: 'To Do', before, after: ['t-000001', 't-000003'] },
          { name: 'In Progress', before: [], after: ['t-000002'] },
          { name: 'In Review', before: [], after: [] },
        ],
      },
    ],
    titles: { 't-000001': 'Checkout is broken', 't-000002': `Search ${NASTY}`, 't-000003': 'Typo' },
    notes: passed ? [] : ['2 requests were made with the token past the MCP server.'],
  };
}
