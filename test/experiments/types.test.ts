/** The types that ship are the sources', field by field: this file doesn't compile otherwise. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type * as declared from '../../src/experiments/experiments.d.ts';
import type * as actual from '../../src/experiments/index.ts';

/** With every name resolved, so that an interface and what zod infers can be the same. */
type Resolved<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends AbortSignal
    ? T
    : T extends object
      ? { [Key in keyof T]: Resolved<T[Key]> }
      : T;
type Same<A, B> =
  (<T>() => T extends Resolved<A> ? 1 : 2) extends <T>() => T extends Resolved<B> ? 1 : 2 ? true : false;
type Interchangeable<A, B> = A extends B ? (B extends A ? true : false) : false;

interface Public {
  AgentFunction: Interchangeable<declared.AgentFunction, actual.AgentFunction>;
  AgentInput: Interchangeable<declared.AgentInput, actual.AgentInput>;
  AgentOutcome: Same<declared.AgentOutcome, actual.AgentOutcome>;
  AgentTool: Same<declared.AgentTool, actual.AgentTool>;
  Change: Same<declared.Change, actual.Change>;
  CheckResult: Same<declared.CheckResult, actual.CheckResult>;
  /** `prepare` is for the presets alone. */
  CommandAgent: Same<declared.CommandAgent, Omit<actual.CommandAgent, 'prepare'>>;
  Grade: Same<declared.Grade, actual.Grade>;
  Run: Same<declared.Run, actual.Run>;
  RunScenarioOptions: Interchangeable<declared.RunScenarioOptions, actual.RunScenarioOptions>;
  SandboxRecord: Same<declared.SandboxRecord, actual.SandboxRecord>;
  Scenario: Same<declared.Scenario, actual.Scenario>;
  TestSandbox: Interchangeable<declared.TestSandbox, actual.TestSandbox>;
  ToolAnswer: Same<declared.ToolAnswer, actual.ToolAnswer>;
  values: Same<keyof typeof declared, keyof typeof actual>;
  runScenario: Interchangeable<typeof declared.runScenario, typeof actual.runScenario>;
  startSandbox: Interchangeable<typeof declared.startSandbox, typeof actual.startSandbox>;
  listScenarios: Interchangeable<typeof declared.listScenarios, typeof actual.listScenarios>;
  ExperimentError: Interchangeable<declared.ExperimentError, actual.ExperimentError>;
}
type Wrong = { [Name in keyof Public as Public[Name] extends true ? never : Name]: Public[Name] };
const wrong: Record<keyof Wrong, never> = {};

test('each is compared', () => {
  expect(wrong).toEqual({});
  const exported = (file: string) => {
    const text = readFileSync(new URL(`../../src/experiments/${file}`, import.meta.url), 'utf8');
    const direct = [...text.matchAll(/^export (?:async )?(?:interface|type|function|class) (\w+)/gm)];
    const through = [...text.matchAll(/^export (?:type )?\{([^}]+)\}/gm)];
    return [
      ...direct.map(([, name]) => name!),
      ...through.flatMap(([, names]) => names!.match(/\w+/g) ?? []),
    ].sort();
  };
  const names = exported('experiments.d.ts');
  expect(names).toEqual(exported('index.ts'));
  const self = readFileSync(new URL(import.meta.url), 'utf8');
  for (const name of names) expect(self, name).toContain(`  ${name}: `);
});
