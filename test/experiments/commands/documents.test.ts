/** What docs/experiments.md tells one to type or to deploy is what the program takes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { experimentsCommand } from '../../../src/experiments/commands/command-line.ts';

const text = readFileSync(new URL('../../../docs/experiments.md', import.meta.url), 'utf8');
const blocks = (kind: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block]) => block!);

/** Every string inside of a value. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

const deployed = blocks('yaml').flatMap((block) => parseAllDocuments(block));
const typed = blocks('sh').flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'));
const commandLines = [...typed, ...deployed.flatMap((one) => strings(one.toJS()))].flatMap(
  (line) => /(?:toado-mcp|main\.js) experiments (.*)/.exec(line)?.[1] ?? [],
);

test('all YAML can be read', () => {
  expect(deployed.length).toBeGreaterThanOrEqual(5);
  expect(deployed.flatMap(({ errors }) => errors)).toEqual([]);
});

test('every command line is one of the program’s', async () => {
  expect(commandLines.length).toBeGreaterThanOrEqual(8);
  for (const line of commandLines) {
    const words = line
      .split(' -- ')[0]!
      .replaceAll(/\$\(\(.*?\)\)/g, '1')
      .trim()
      .split(/\s+/);
    const command = experimentsCommand([]);
    const said: string[] = [];
    for (const one of [command, ...command.commands])
      one.exitOverride().configureOutput({ writeErr: (what) => void said.push(what) });
    for (const one of command.commands) one.action(() => {});
    const wrong = await command
      .parseAsync(
        words.map((word) => word.replace(/\$\{\{.*/, '1/8')),
        { from: 'user' },
      )
      .then(
        () => [],
        () => said,
      );
    expect(wrong, line).toEqual([]);
  }
});

test('as many parts are run as are named', () => {
  const [job] = deployed
    .map((one) => one.toJS())
    .filter(({ kind, metadata }) => kind === 'Job' && metadata.name === 'toado-experiment');
  expect(job.spec.completions).toBe(8);
  expect(strings(job).join()).toContain('--shard $((JOB_COMPLETION_INDEX + 1))/8');
  const workflow = deployed.map((one) => one.toJS()).find(({ jobs }) => jobs)!;
  expect(workflow.jobs.experiment.strategy.matrix.part).toHaveLength(8);
});
