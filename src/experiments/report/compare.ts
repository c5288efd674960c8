/** Two results side by side, and which differences are more than chance. */
import { columns } from '../../base/output.ts';
import { visibleInLine } from '../../base/visible.ts';
import type { Results, RunResult } from '../run/results.ts';
import { fisherExact, holm, mean, permutationTest, type Stratum, wilson } from './statistics.ts';
import { INTERVAL_FROM } from './summary.ts';

/** Below this, a difference as large comes by chance less often than once in twenty. */
const ALPHA = 0.05;

export interface ScenarioComparison {
  scenario: string;
  before: { passed: number; runs: number };
  after: { passed: number; runs: number };
  /** Fisher's exact test, corrected by Holm over the scenarios. */
  p: number;
  verdict: 'better' | 'worse' | 'no difference beyond chance';
}

export interface MeasureComparison {
  measure: 'success' | 'calls' | 'tokens';
  before: number;
  after: number;
  /** Permutation test within the scenarios. */
  p: number;
  verdict: ScenarioComparison['verdict'];
}

export interface Comparison {
  before: string;
  after: string;
  /** What else than the agent differs between the two. */
  notes: string[];
  tests: string;
  overall: MeasureComparison[];
  scenarios: ScenarioComparison[];
  /** In one of the two only. */
  only: { before: string[]; after: string[] };
}

const TESTS =
  'Scenarios: Fisher’s exact test, two-sided, corrected by Holm. Overall: permutation test within scenarios, 10,000 deals. A difference counts from p < 0.05.';

export function compareResults(before: Results, after: Results): Comparison {
  const ran = ({ runs }: Results) => runs.filter(({ status }) => status !== 'error');
  const [old, now] = [ran(before), ran(after)];
  const names = (runs: readonly RunResult[]) => [...new Set(runs.map(({ scenario }) => scenario))];
  const both = names(old).filter((name) => names(now).includes(name));
  const of = (runs: readonly RunResult[], name: string) => runs.filter(({ scenario }) => scenario === name);
  const rows = both.map((scenario) => {
    const [a, b] = [passes(of(old, scenario)), passes(of(now, scenario))];
    return { scenario, before: a, after: b, raw: fisherExact(a.passed, a.runs, b.passed, b.runs) };
  });
  const corrected = holm(rows.map(({ raw }) => raw));
  const strata = (value: (run: RunResult) => number): Stratum[] =>
    both.map((name) => ({ before: of(old, name).map(value), after: of(now, name).map(value) }));
  return {
    before: before.agent,
    after: after.agent,
    notes: differences(before, after),
    tests: TESTS,
    overall: [
      measured(
        'success',
        strata(({ status }) => (status === 'passed' ? 1 : 0)),
        1,
      ),
      measured(
        'calls',
        strata(({ calls }) => calls),
        -1,
      ),
      measured(
        'tokens',
        strata(({ tokens }) => tokens),
        -1,
      ),
    ],
    scenarios: rows.map(({ raw: _, ...row }, at) => {
      const difference = row.after.passed / row.after.runs - row.before.passed / row.before.runs;
      return { ...row, p: corrected[at]!, verdict: verdict(difference, corrected[at]!) };
    }),
    only: {
      before: names(old).filter((name) => !both.includes(name)),
      after: names(now).filter((name) => !both.includes(name)),
    },
  };
}

function differences(before: Results, after: Results): string[] {
  const tasks = new Map(before.scenarios.map((one) => [one.name, one.task]));
  const changed = after.scenarios.filter(({ name, task }) => (tasks.get(name) ?? task) !== task);
  return [
    ...(before.program === after.program
      ? []
      : [`Not the same program: ${before.program}, ${after.program}.`]),
    ...(changed.length === 0
      ? []
      : [`Not the same task in both: ${changed.map(({ name }) => name).join(', ')}.`]),
  ];
}

function passes(runs: readonly RunResult[]): { passed: number; runs: number } {
  return { passed: runs.filter(({ status }) => status === 'passed').length, runs: runs.length };
}

/** @param good which way is better: more (1) or less (-1). */
function measured(measure: MeasureComparison['measure'], strata: Stratum[], good: 1 | -1): MeasureComparison {
  const before = mean(strata.map((stratum) => mean(stratum.before)));
  const after = mean(strata.map((stratum) => mean(stratum.after)));
  const p = permutationTest(strata);
  return { measure, before, after, p, verdict: verdict((after - before) * good, p) };
}

function verdict(difference: number, p: number): ScenarioComparison['verdict'] {
  if (p >= ALPHA || difference === 0) return 'no difference beyond chance';
  return difference > 0 ? 'better' : 'worse';
}

export function comparisonText({
  before,
  after,
  notes,
  tests,
  overall,
  scenarios,
  only,
}: Comparison): string {
  const shown = {
    success: (value: number) => `${Math.round(value * 100)} %`,
    calls: oneDigit,
    tokens: whole,
  };
  const lines = [
    visibleInLine(`before: ${before}`),
    visibleInLine(`after:  ${after}`),
    ...notes,
    '',
    columns([
      ['ALL', 'BEFORE', 'AFTER', 'P', 'VERDICT'],
      ...overall.map((row) => [
        row.measure,
        shown[row.measure](row.before),
        shown[row.measure](row.after),
        pValue(row.p),
        row.verdict,
      ]),
    ]),
    '',
    columns([
      ['SCENARIO', 'BEFORE', 'AFTER', 'P', 'VERDICT'],
      ...scenarios.map((row) => [
        visibleInLine(row.scenario),
        share(row.before),
        share(row.after),
        pValue(row.p),
        row.verdict,
      ]),
    ]),
    '',
    tests,
  ];
  for (const [side, names] of Object.entries(only))
    if (names.length > 0) lines.push(visibleInLine(`Only ${side}: ${names.join(', ')}.`));
  return lines.join('\n');
}

function share({ passed, runs }: { passed: number; runs: number }): string {
  const { low, high } = wilson(passed, runs);
  const interval = runs >= INTERVAL_FROM ? ` (${Math.round(low * 100)}–${Math.round(high * 100)} %)` : '';
  return `${passed} of ${runs}${interval}`;
}

function pValue(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

function oneDigit(value: number): string {
  return value.toFixed(1);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
