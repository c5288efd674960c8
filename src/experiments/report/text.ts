/** Results on a terminal. */
import { columns, styled } from '../../base/output.ts';
import { visibleInLine } from '../../base/visible.ts';
import type { Results } from '../run/results.ts';
import { type ScenarioSummary, summarize, total } from './summary.ts';

export function textReport(results: Results): string {
  const rows = summarize(results);
  if (rows.length === 0 && results.missing.length === 0)
    return visibleInLine(`${results.agent}, ${results.program}: no run falls into this part.`);
  const all = total(rows, results.runs);
  const table = columns([
    ['SCENARIO', 'PASSED', '95 %', `pass^k`, 'pass@k', 'CALLS', 'TOKENS', 'SECONDS', 'WHY NOT'],
    ...rows.map(cells),
    ...(rows.length > 1 ? [cells({ ...all, why: null })] : []),
  ]);
  const lines = table.split('\n').map((line, at) => {
    const row = rows[at - 1];
    if (at === 0) return styled('dim', line);
    if (!row) return styled('bold', line);
    return row.passed === row.runs ? line : styled(row.passed === 0 ? 'red' : 'yellow', line);
  });
  const missing =
    results.missing.length > 0 ? [visibleInLine(`Not done: ${results.missing.join(', ')}.`)] : [];
  const errors = errorLines(results);
  return [visibleInLine(`${results.agent}, ${results.program}`), '', ...lines, '', ...errors, ...missing]
    .join('\n')
    .trimEnd();
}

/** Each reason once, with the runs that it ended. */
function errorLines({ runs }: Results): string[] {
  const byError = new Map<string, string[]>();
  for (const { scenario, attempt, error } of runs)
    if (error) byError.set(error, [...(byError.get(error) ?? []), `${scenario} ${attempt}`]);
  return [...byError].map(([error, which]) =>
    visibleInLine(`Could not be run: ${which.join(', ')}: ${error}`),
  );
}

function cells(row: ScenarioSummary): string[] {
  const { scenario, passed, runs, errors, interval, k, why } = row;
  const of = `${passed} of ${runs - errors}${errors > 0 ? `, ${errors} not run` : ''}`;
  return [
    visibleInLine(scenario),
    of,
    interval ? `${percent(interval.low)}–${percent(interval.high)}` : '',
    ...(runs === errors
      ? ['', '', '', '', '']
      : [
          `${percent(row.passHatK)} (${k})`,
          `${percent(row.passAtK)} (${k})`,
          row.calls.toFixed(1),
          Math.round(row.tokens).toLocaleString('en'),
          row.seconds.toFixed(1),
        ]),
    visibleInLine((why ?? '').slice(0, 70)),
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
