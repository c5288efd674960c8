/** Results for CI, as JUnit's XML: a suite a scenario, a case a run. */
import type { Results, RunResult } from '../run/results.ts';

export function junit({ agent, scenarios, runs, missing, started_at }: Results): string {
  const suites = scenarios.flatMap(({ name }) => {
    const its = runs.filter(({ scenario }) => scenario === name);
    const notDone = missing.filter((run) => run.replace(/-\d+$/, '') === name);
    if (its.length + notDone.length === 0) return [];
    return [
      `  <testsuite name="${escaped(name)}" ${counts(its, notDone.length)} timestamp="${started_at}">`,
      ...its.map((run) => testcase(run)),
      ...notDone.map((run) => skipped(name, run)),
      '  </testsuite>',
    ];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(`toado-mcp experiments: ${agent}`)}" ${counts(runs, missing.length)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(runs: readonly RunResult[], skipped: number): string {
  const of = (status: RunResult['status']) => runs.filter((run) => run.status === status).length;
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  return `tests="${runs.length + skipped}" failures="${of('failed')}" errors="${of('error')}" skipped="${skipped}" time="${seconds.toFixed(3)}"`;
}

/** Planned, and not done. */
function skipped(scenario: string, run: string): string {
  const name = `${scenario} ${run.slice(scenario.length + 1)}`;
  return `    <testcase classname="toado.${escaped(scenario)}" name="${escaped(name)}" time="0.000"><skipped message="not done"/></testcase>`;
}

function testcase({ scenario, attempt, status, why, error, checks, seconds, answer }: RunResult): string {
  const open = `    <testcase classname="toado.${escaped(scenario)}" name="${escaped(scenario)} ${attempt}" time="${seconds.toFixed(3)}"`;
  if (status === 'passed') return `${open}/>`;
  if (status === 'error')
    return `${open}>\n      <error message="${escaped(error ?? '')}"/>\n    </testcase>`;
  const failed = checks.filter(({ must, held }) => must && !held).map(({ label, saw }) => `${label}: ${saw}`);
  return [
    `${open}>`,
    `      <failure message="${escaped(why ?? '')}">${escaped(failed.join('\n'))}</failure>`,
    `      <system-out>${escaped(answer)}</system-out>`,
    '    </testcase>',
  ].join('\n');
}

/** Control characters have no place in XML, escaped or not. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
