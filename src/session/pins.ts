/** Whether what `--project` and `--company` fix is there at all: otherwise every call would fail for it. */
import { Failure } from '../base/failure.ts';
import type { ReadApi } from '../toado-api/api.ts';
import { quoted } from '../tool-kit/arguments.ts';
import { resolveNames } from '../tool-kit/names-to-ids.ts';

export interface Pins {
  project_id?: string;
  company_id?: string;
}

/** @returns what is wrong; undefined where nothing is, or where it can't be known. */
export async function pinProblem(
  pins: Pins,
  api: ReadApi,
  isOffered: (tool: string) => boolean,
): Promise<Failure | undefined> {
  if (!pins.project_id && !pins.company_id) return undefined;
  try {
    const { project_id, company_id } = await resolveNames({ ...pins }, api, { isOffered });
    if (company_id && !(await api.listCompanies({})).some(({ id }) => id === company_id))
      return notThere('--company', company_id, 'company');
    if (project_id && !(await api.listProjects({ company_id })).some(({ id }) => id === project_id))
      return notThere('--project', project_id, 'project');
    return undefined;
  } catch (error) {
    // Without the scope to look, or without an answer, each call finds out by itself.
    if (!(error instanceof Failure) || error.code !== 'validation_error') return undefined;
    const [flag, given] = /^company_id/.test(error.sentence)
      ? ['--company', pins.company_id!]
      : ['--project', pins.project_id!];
    return notThere(flag, given, flag.slice(2), error.details.lists);
  }
}

function notThere(flag: string, given: string, what: string, lists?: Failure['details']['lists']): Failure {
  return new Failure(
    'not_offered',
    `This server was started with ${flag} ${quoted(given)}, and this token sees no ${what} of that id or name.`,
    `The person who started it corrects ${flag} (TOADO_${what.toUpperCase()}) or widens the token, and starts it anew.`,
    { outcome: 'not_sent', ...(lists ? { lists } : {}) },
  );
}
