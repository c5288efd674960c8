/** Results in numbers, one row a scenario: what every report shows. */
import type { Results, RunResult } from '../run/results.ts';
import { type Interval, mean, passAtK, passHatK, wilson } from './statistics.ts';

/** An interval of fewer runs than this says nothing that one doesn't see. */
export const INTERVAL_FROM = 5;

export interface ScenarioSummary {
  scenario: string;
  runs: number;
  passed: number;
  errors: number;
  interval: Interval | null;
  /** The largest k that the number of runs allows: all of k pass, and at least one of k. */
  k: number;
  passHatK: number;
  passAtK: number;
  /** Means over the runs that could be run. */
  calls: number;
  tokens: number;
  seconds: number;
  score: number;
  /** The commonest reason for failing. */
  why: string | null;
}

export function summarize({ scenarios, runs }: Pick<Results, 'scenarios' | 'runs'>): ScenarioSummary[] {
  return scenarios.flatMap(({ name }) => {
    const its = runs.filter(({ scenario }) => scenario === name);
    return its.length === 0 ? [] : summaryOf(name, its);
  });
}

/** All scenarios together; pass^k and pass@k are the means over the scenarios. */
export function total(rows: readonly ScenarioSummary[], runs: readonly RunResult[]): ScenarioSummary {
  const whole = summaryOf('all', runs);
  const k = rows.length === 0 ? 1 : Math.min(...rows.map((row) => row.k));
  const shares = rows.map(({ runs, errors, passed }) => sharesOf(runs - errors, passed, k));
  return {
    ...whole,
    k,
    passHatK: mean(shares.map((one) => one.passHatK)),
    passAtK: mean(shares.map((one) => one.passAtK)),
  };
}

function summaryOf(scenario: string, runs: readonly RunResult[]): ScenarioSummary {
  const ran = runs.filter(({ status }) => status !== 'error');
  const passed = ran.filter(({ status }) => status === 'passed').length;
  const k = Math.max(1, ran.length);
  return {
    scenario,
    runs: runs.length,
    passed,
    errors: runs.length - ran.length,
    interval: ran.length >= INTERVAL_FROM ? wilson(passed, ran.length) : null,
    k,
    ...sharesOf(ran.length, passed, k),
    calls: mean(ran.map(({ calls }) => calls)),
    tokens: mean(ran.map(({ tokens }) => tokens)),
    seconds: mean(ran.map(({ seconds }) => seconds)),
    score: mean(ran.map(({ score }) => score)),
    why: commonest(runs.flatMap(({ why, error }) => why ?? error ?? [])),
  };
}

function sharesOf(ran: number, passed: number, k: number): Pick<ScenarioSummary, 'passHatK' | 'passAtK'> {
  if (ran === 0) return { passHatK: 0, passAtK: 0 };
  return { passHatK: passHatK(ran, passed, k), passAtK: passAtK(ran, passed, k) };
}

function commonest(reasons: readonly string[]): string | null {
  const counted = new Map<string, number>();
  for (const reason of reasons) counted.set(reason, (counted.get(reason) ?? 0) + 1);
  const [first] = [...counted].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? null;
}
