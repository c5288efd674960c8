/**
 * `npm run experiments:demo [folder]`: every scenario with two scripted agents, a careful one and a careless one. It
 * leaves their reports, and fails where the careful one does not pass everything or the careless one passes anything.
 */
import { mkdtempSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AgentFunction, scripted } from '../src/experiments/agent/connected.ts';
import { scenarios } from '../src/experiments/built-in-scenarios/index.ts';
import { compareResults, comparisonText } from '../src/experiments/report/compare.ts';
import { textReport } from '../src/experiments/report/text.ts';
import { writeResults } from '../src/experiments/report/write.ts';
import { runAll } from '../src/experiments/run/run-all.ts';
import { promptOf } from '../src/experiments/scenario/prompt.ts';
import type { Scenario, Script } from '../src/experiments/scenario/schema.ts';

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'toado-experiments-'));

/** An agent that has learned by heart what to do. */
function knowing(scriptOf: (scenario: Scenario) => Script): AgentFunction {
  const byPrompt = new Map(scenarios.map((scenario) => [promptOf(scenario), scriptOf(scenario)]));
  return (input) => scripted(byPrompt.get(input.prompt)!)(input);
}

async function run(agentName: string, agent: AgentFunction) {
  const out = join(folder, agentName);
  const results = await runAll({
    scenarios,
    agent,
    agentName: `a ${agentName} scripted agent`,
    times: 1,
    parallel: Math.max(2, availableParallelism()),
    timeoutMs: 60_000,
    shard: null,
    out,
  });
  writeResults(out, results);
  console.log(`${textReport(results)}\n`);
  return results;
}

const began = performance.now();
const careful = await run(
  'careful',
  knowing(({ solution }) => solution!),
);
const careless = await run(
  'careless',
  knowing(({ wrong }) => wrong![0]!),
);
console.log(comparisonText(compareResults(careless, careful)));
const wrong = [
  ...careful.runs.filter(({ status }) => status !== 'passed'),
  ...careless.runs.filter(({ status }) => status !== 'failed'),
];
for (const { scenario, status, why, error } of wrong)
  console.log(`Not as it should be: ${scenario} ${status} ${why ?? error ?? ''}`);
console.log(`\n${Math.round((performance.now() - began) / 1000)} s. The reports:`);
for (const name of ['careful', 'careless']) console.log(`  ${join(folder, name, 'report.html')}`);
process.exit(wrong.length === 0 ? 0 : 1);
