/** Scenarios: those that come with the program, and a person's own from a folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parse } from 'yaml';
import { didYouMean } from '../../base/nearest.ts';
import { ExperimentError } from '../error.ts';
import { type Scenario, scenarioSchema } from './schema.ts';

const KINDS = ['.yaml', '.yml', '.json'];

export async function builtInScenarios(): Promise<Scenario[]> {
  return (await import('../scenarios/index.ts')).scenarios;
}

/** Every scenario there is, those of the folder last; one of its may stand in for a built-in one of that name. */
export async function loadScenarios(folder?: string): Promise<Scenario[]> {
  const byName = new Map((await builtInScenarios()).map((one) => [one.name, one]));
  if (folder !== undefined) for (const one of readFolder(folder)) byName.set(one.name, one);
  return [...byName.values()];
}

function readFolder(folder: string): Scenario[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => KINDS.includes(extname(name)));
  } catch {
    throw new ExperimentError(`--scenarios: the folder ${folder} can't be read.`);
  }
  if (names.length === 0)
    throw new ExperimentError(`--scenarios: ${folder} holds no scenario (a .yaml or .json file).`);
  return names.sort().map((name) => readFile(join(folder, name)));
}

function readFile(file: string): Scenario {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : error;
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
  const problems = error.issues.slice(0, 3).map(({ path, message }) => {
    const at = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
    return `${at.replace(/^\./, '') || 'the file'}: ${message}`;
  });
  throw new ExperimentError(`${where} is not a scenario. ${problems.join('; ')}.`);
}

/** `all`, or names; in the order in which they are listed. */
export function chosen(all: readonly Scenario[], names: readonly string[]): Scenario[] {
  const known = all.map(({ name }) => name);
  for (const name of names) {
    if (name === 'all' || known.includes(name)) continue;
    throw new ExperimentError(
      `there is no scenario ${JSON.stringify(name)}.${didYouMean(name, known)} \`toado-mcp experiments list\` names them all.`,
    );
  }
  if (names.length === 0) throw new ExperimentError('name at least one scenario, or `all`.');
  return names.includes('all') ? [...all] : all.filter(({ name }) => names.includes(name));
}
