import { stringify } from 'yaml';
import { columns, print, printJson } from '../../base/output.ts';
import { chosen, loadScenarios } from '../run/choose-scenarios.ts';

export async function list({ scenarios, json }: { scenarios?: string; json?: boolean }): Promise<void> {
  const all = await loadScenarios(scenarios);
  if (json) return printJson(all.map(({ name, title, about }) => ({ name, title, about })));
  await print(columns(all.map(({ name, title }) => [name, title])));
}

export async function show(name: string, { scenarios }: { scenarios?: string }): Promise<void> {
  const [scenario] = chosen(await loadScenarios(scenarios), [name]);
  await print(stringify(scenario, { lineWidth: 110 }));
}
