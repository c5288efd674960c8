/** The workflows have never run on GitHub: what can be said of them from here. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { shared } from '../support/ending.ts';
import { temporaryFolder } from '../support/temporary.ts';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<
    string,
    { 'timeout-minutes'?: number; strategy?: { matrix: Record<string, unknown[]> }; steps: Step[] }
  >;
}

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const projects = [...read('vitest.config.ts').matchAll(/\bproject\(\s*'(\w+)'/g)].map(([, name]) => name);

/** What needs `dist/`, and what makes it. */
const NEEDS_BUILD = /\bvitest run\b|\bnpm pack\b|\bdist\//;
const BUILDS = /\bnpm (test|run (build|test:full|packed|mcpb))\b/;

/** GitHub's own parser, as one file: it imports JSON as no Node takes it. */
const parser = shared(async () => {
  const outfile = join(temporaryFolder(), 'workflow-parser.cjs');
  const entryPoints = ['@actions/workflow-parser'];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', logLevel: 'error' });
  return createRequire(outfile)(outfile) as typeof import('@actions/workflow-parser');
});

describe.each(readdirSync(new URL('.github/workflows/', root)))('%s', (file) => {
  const text = read(`.github/workflows/${file}`);
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);

  test('GitHub’s own parser takes it', async () => {
    const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = parser();
    const { context, value } = parseWorkflow({ name: file, content: text }, new NoOperationTraceWriter());
    const template = value && (await convertWorkflowTemplate(context, value));
    expect(context.errors.getErrors()).toEqual([]);
    expect(template?.jobs.map(({ id }) => String(id))).toEqual(Object.keys(workflow.jobs));
  });

  test('actions are pinned to a commit, with the version that it is', () => {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action);
    for (const action of uses) expect(action).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(uses.length).toBeGreaterThan(0);
  });

  test('reads by default, ends by itself, and leaves no credentials behind', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [name, job] of jobs) {
      expect(job['timeout-minutes'], name).toBeGreaterThan(0);
      for (const { uses, with: options } of job.steps)
        if (uses?.startsWith('actions/checkout@'))
          expect(options, name).toEqual({ 'persist-credentials': false });
    }
  });

  test.each(jobs)('%s: its commands exist, and what they start was built before', (_, job) => {
    let isBuilt = false;
    for (const { run = '' } of job.steps) {
      if (NEEDS_BUILD.test(run)) expect(isBuilt || BUILDS.test(run), run).toBe(true);
      isBuilt ||= BUILDS.test(run);
      for (const [, script] of run.matchAll(/\bnpm run ([\w:-]+)/g))
        expect(scripts).toHaveProperty([script!]);
      const named = /--project (\w+)/.exec(run)?.[1];
      const inMatrix = run.includes('matrix.project') ? job.strategy!.matrix.project! : [];
      for (const project of [...(named ? [named] : []), ...inMatrix]) expect(projects).toContain(project);
    }
  });
});

test('each action is pinned to one commit', () => {
  const all = readdirSync(new URL('.github/workflows/', root)).map((file) =>
    read(`.github/workflows/${file}`),
  );
  const pins = new Map<string, string>();
  for (const [, action, commit] of all.join('\n').matchAll(/uses: ([\w.-]+\/[\w.-]+)[\w./-]*@(\S+)/g)) {
    expect(pins.get(action!) ?? commit).toBe(commit);
    pins.set(action!, commit!);
  }
  expect(pins.size).toBeGreaterThan(3);
});
