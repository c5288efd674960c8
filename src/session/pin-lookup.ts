/** Whether what `--project` and `--company` fix is there at all, and which projects it leaves. */
import { Failure } from '../base/failure.ts';
import { type Named, named } from '../toado-api/client/known-names.ts';
import type { ReadApi } from '../toado-api/routes/calls.ts';
import { quoted } from '../tool-kit/arguments.ts';
import { folded, projectsOf, resolveNames } from '../tool-kit/names-to-ids.ts';
import type { Pins } from './pins.ts';

const KINDS = [
  { flag: '--company', argument: 'company_id', what: 'company' },
  { flag: '--project', argument: 'project_id', what: 'project' },
] as const;

export type PinLookup = (typeof KINDS)[number] & { given: string } & (
    | { found: Named; failure?: undefined }
    /** `isMissing`: this token sees no such thing; otherwise that can't be known. */
    | { found?: undefined; failure: Failure; isMissing: boolean }
  );

/** Looks each of them up, as far as this token may. */
export async function lookUpPins(
  pins: Pins,
  api: ReadApi,
  isOffered: (tool: string) => boolean,
): Promise<PinLookup[]> {
  const lookups: PinLookup[] = [];
  let company_id: string | undefined;
  for (const kind of KINDS) {
    const given = pins[kind.argument];
    if (given === undefined) continue;
    const pin = { ...kind, given };
    try {
      // A project's name means one of the company's.
      const wanted: Pins = kind.argument === 'project_id' && company_id ? { company_id } : {};
      const resolved: Pins = await resolveNames({ ...wanted, [kind.argument]: given }, api, { isOffered });
      const rows =
        kind.argument === 'company_id' ? await api.listCompanies({}) : await api.listProjects(wanted);
      const found = named(rows).find((one) => one.id === resolved[kind.argument]);
      if (kind.argument === 'company_id') company_id = found?.id;
      lookups.push(found ? { ...pin, found } : { ...pin, failure: notThere(pin), isMissing: true });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const isMissing = error.code === 'validation_error';
      const failure = isMissing ? notThere(pin, error.details.lists) : error;
      lookups.push({ ...pin, failure, isMissing });
    }
  }
  return lookups;
}

/** What is wrong with them, otherwise every call would fail for it; undefined where nothing is, or it can't be known. */
export async function pinProblem(
  pins: Pins,
  api: ReadApi,
  isOffered: (tool: string) => boolean,
): Promise<Failure | undefined> {
  const lookups = await lookUpPins(pins, api, isOffered);
  return lookups.find((one) => one.failure && one.isMissing)?.failure;
}

function notThere(
  { flag, what, given }: Omit<PinLookup, 'found' | 'failure'>,
  lists?: Failure['details']['lists'],
) {
  return new Failure(
    'not_offered',
    `This server was started with ${flag} ${quoted(given)}, and this token sees no ${what} of that id or name.`,
    `The person who started it corrects ${flag} (TOADO_${what.toUpperCase()}) or widens the token, and starts it anew.`,
    { outcome: 'not_sent', ...(lists ? { lists } : {}) },
  );
}

/** The projects that they leave of what the token sees: for resources and completions. */
export async function projectsInReach(pins: Pins, api: ReadApi): Promise<Named[]> {
  const { project_id: project, company_id: company } = pins;
  const company_id = company && (await resolveNames({ company_id: company }, api)).company_id;
  const all = named(await projectsOf(company_id, api));
  return project ? all.filter((one) => isCalled(one, project)) : all;
}

/** One of those, by its id or name. */
export async function projectInReach(given: string, pins: Pins, api: ReadApi): Promise<Named | undefined> {
  const inReach = await projectsInReach(pins, api);
  return inReach.find(({ id }) => id === given) ?? inReach.find((one) => isCalled(one, given));
}

function isCalled({ id, name }: Named, given: string): boolean {
  return id === given || folded(name) === folded(given);
}
