/** What a name is looked for in. */
import { Failure } from '../../base/failure.ts';
import { asPartOf, mayLackRows } from '../../toado-api/answers/extra-fields.ts';
import { type Named, named } from '../../toado-api/client/known-names.ts';
import { markCut } from '../../toado-api/json/incomplete-lists.ts';
import type { ReadApi } from '../../toado-api/routes/calls.ts';

/** Those of a list that can be pointed to, with what is known of the list. */
export function namedOf(list: Parameters<typeof named>[0]): Named[] {
  const its = asPartOf(named(list), list);
  // One that has no id may be the one that is meant.
  return list.some(({ id, name }) => !id && name) ? markCut(its) : its;
}

/** A company's projects, or all: also where Toado doesn't take the company into account. Some may not say whose they are. */
export async function projectsOf(
  company_id: string | undefined,
  api: ReadApi,
): Promise<Awaited<ReturnType<ReadApi['listProjects']>>> {
  const all = await api.listProjects({ company_id });
  if (!company_id || all.every((one) => (one.company_id ?? company_id) === company_id)) return all;
  const its = all.filter((one) => (one.company_id ?? company_id) === company_id);
  return asPartOf(its, all);
}

/** The same, where none may be another company's. @throws Failure where that can't be known */
export async function certainProjectsOf(
  company_id: string | undefined,
  api: ReadApi,
): Promise<Awaited<ReturnType<typeof projectsOf>>> {
  const its = await projectsOf(company_id, api);
  if (!company_id || its.every((one) => one.company_id)) return its;
  const companies = await api.listCompanies({}).then(namedOf, () => undefined);
  if (companies && !mayLackRows(companies) && companies.every(({ id }) => id === company_id)) return its;
  // Where it leaves something out, it takes the company into account.
  const shown = new Set(its.map(({ id }) => id));
  const all = await api.listProjects({});
  if (all.some(({ id }) => !shown.has(id))) return its;
  const other = companies?.find(({ id }) => id !== company_id)?.id;
  if (other !== undefined && (await isHeededFor(other, its, api))) return its;
  throw new Failure(
    'validation_error',
    'Toado does not say which company these projects are in, so one of that name may be another company’s.',
    'Give the project’s id (whoever fixes one: with --project, and without --company).',
    { outcome: 'not_sent' },
  );
}

/** Whether the list of another company's projects leaves these out. */
async function isHeededFor(
  company_id: string,
  shown: { id?: string | null }[],
  api: ReadApi,
): Promise<boolean> {
  const others = await api.listProjects({ company_id }).catch((error) => {
    if (!(error instanceof Failure)) throw error;
  });
  if (!others || mayLackRows(others)) return false;
  const ids = new Set(others.map(({ id }) => id));
  return shown.some(({ id }) => !ids.has(id));
}

/** The rows of a project's list, without those that say they are another project's beside ones that are this one's. */
export function rowsOfProject<Row extends object>(rows: Row[], project_id: string): Row[] {
  const its = (row: object) => (row as { project_id?: unknown }).project_id;
  // Another form of this project's id may be what all of them say.
  if (!rows.some((row) => String(its(row)) === project_id)) return rows;
  return asPartOf(
    rows.filter((row) => String(its(row) ?? project_id) === project_id),
    rows,
  );
}
