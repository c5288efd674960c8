/** Scenarios of a person's own, from the files of a folder. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parse } from 'yaml';
import type * as z from 'zod';
import { ExperimentError } from '../base/error.ts';
import { missingReferences } from './references.ts';
import { type Scenario, scenarioSchema } from './schema.ts';

const KINDS = ['.yaml', '.yml', '.json'];

/** @throws ExperimentError where a file holds none, or names what the sandbox doesn't have. */
export async function readScenarios(folder: string): Promise<Scenario[]> {
  let names: string[];
  try {
    names = readdirSync(folder).filter(
      (name) => KINDS.includes(extname(name).toLowerCase()) && statSync(join(folder, name)).isFile(),
    );
  } catch {
    throw new ExperimentError(`--scenarios: the folder ${folder} can't be read.`);
  }
  if (names.length === 0)
    throw new ExperimentError(`--scenarios: ${folder} holds no scenario (a .yaml or .json file).`);
  const all = names.sort().map((name) => readFile(join(folder, name)));
  const twice = all.find(({ name }, at) => all.findIndex((one) => one.name === name) !== at);
  if (twice)
    throw new ExperimentError(
      `--scenarios: two files of ${folder} hold a scenario ${JSON.stringify(twice.name)}.`,
    );
  const { world } = await import('../../sandbox/seed/tickets/index.ts');
  for (const one of all) {
    const missing = missingReferences(one, world);
    if (missing.length > 0)
      throw new ExperimentError(
        `the scenario ${one.name} of ${folder} names what isn't there. ${missing.slice(0, 3).join(' ')}`,
      );
  }
  return all;
}

function readFile(file: string): Scenario {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0]!.replace(/:$/, '') : error;
    throw new ExperimentError(`${file} can't be read as YAML or JSON: ${why}`);
  }
  if (typeof value === 'object' && value !== null && !('name' in value))
    value = { name: basename(file, extname(file)), ...value };
  return checked(value, file);
}

/** @throws ExperimentError that names the place of what is wrong. */
export function checked(value: unknown, where: string): Scenario {
  const { success, error } = scenarioSchema.safeParse(value);
  if (success) return value as Scenario;
  const problems = error.issues
    .slice(0, 3)
    .map(closest)
    .map(({ path, message }) => {
      const at = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
      return `${at.replace(/^\./, '') || 'the file'}: ${message}`;
    });
  throw new ExperimentError(`${where} is not a scenario. ${problems.join('; ')}.`);
}

/** Of something that could have been this or that: what is wrong with the one that it is closest to. */
function closest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const [nearest] = issue.errors
    .filter((issues) => !issues.some(lacksItsKey))
    .map((issues) => issues.map(closest))
    .sort((a, b) => a.length - b.length)
    .flatMap(([first]) => first ?? []);
  if (nearest) return { ...nearest, path: [...issue.path, ...nearest.path] };
  const isCheck = typeof issue.path.at(-1) === 'number';
  return isCheck
    ? { ...issue, message: 'no check that there is; `experiments schema scenario` lists them' }
    : issue;
}

/** Whether the value isn't of this kind at all, as opposed to one of this kind with something wrong in it. */
function lacksItsKey(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_union') return issue.errors.some((issues) => issues.some(lacksItsKey));
  return issue.path.length > 0 && issue.message.endsWith('received undefined');
}
