/** The projects that `--project` and `--company` leave of what the token sees: for resources and completions. */
import type { Session } from '../session/session.ts';
import type { ReadApi } from '../toado-api/api.ts';
import { type Named, named } from '../toado-api/known-names.ts';
import { folded, projectsOf, resolveNames } from '../tool-kit/names-to-ids.ts';

export function hasPin({ settings: { pins } }: Session): boolean {
  return pins.project_id !== undefined || pins.company_id !== undefined;
}

export async function projectsInReach({ settings: { pins } }: Session, api: ReadApi): Promise<Named[]> {
  const { project_id: project, company_id: company } = pins;
  const company_id = company && (await resolveNames({ company_id: company }, api)).company_id;
  const all = named(await projectsOf(company_id, api));
  return project ? all.filter(({ id, name }) => id === project || folded(name) === folded(project)) : all;
}
