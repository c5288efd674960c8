/** Whether what `--project` and `--company` fix is there at all, and which projects it leaves. */
import { Failure } from '../base/failure.ts';
import { mayLackRows } from '../toado-api/answers/extra-fields.ts';
import type { Named } from '../toado-api/client/known-names.ts';
import type { ReadApi } from '../toado-api/routes/calls.ts';
import { certainProjectsOf, namedOf, projectsOf } from '../tool-kit/arguments/named-lists.ts';
import {
  checkOnly,
  idGiven,
  meantBy,
  NoMatch,
  severalFit,
  theOne,
} from '../tool-kit/arguments/names-to-ids.ts';
import { quoted } from '../tool-kit/arguments/read-arguments.ts';
import type { Pins } from './pins.ts';

const KINDS = [
  { flag: '--company', argument: 'company_id', what: 'company' },
  { flag: '--project', argument: 'project_id', what: 'project' },
] as const;

export type PinLookup = (typeof KINDS)[number] & { given: string } & (
    | { found: Named; failure?: undefined }
    /** Whether this token sees no such thing, or several of that name; otherwise that can't be known. */
    | { found?: undefined; failure: Failure; why: 'missing' | 'ambiguous' | 'unknown' }
  );

/** Those that were given as ids, which need no looking up. */
export function idsGiven(pins: Pins): Pins {
  return idsOf(KINDS, ({ argument }) => {
    const given = pins[argument];
    return given === undefined ? undefined : idGiven(argument, given);
  });
}

/**
 * Looks each of them up, as far as this token may.
 * @param known their ids, as they were found before: then the id alone counts, since the name may be another's by now.
 */
export async function lookUpPins(
  pins: Pins,
  api: ReadApi,
  isOffered: (tool: string) => boolean,
  known: Pins = {},
): Promise<PinLookup[]> {
  const lookups: PinLookup[] = [];
  let company_id: string | undefined;
  for (const kind of KINDS) {
    const given = pins[kind.argument];
    if (given === undefined) continue;
    const pin = { ...kind, given };
    const isCompany = kind.argument === 'company_id';
    // A project's name means one of the company's: without that, nothing is known of it.
    if (!isCompany && pins.company_id !== undefined && company_id === undefined) continue;
    try {
      const among = namedOf(
        isCompany ? await api.listCompanies({}) : await certainProjectsOf(company_id, api),
      );
      const its = known[kind.argument];
      const found =
        its === undefined
          ? theOne(kind.argument, given, among, { isOffered })
          : among.find(({ id }) => id === its);
      if (isCompany) company_id = found?.id;
      const mayLack = mayLackRows(among);
      const why = mayLack ? 'unknown' : 'missing';
      lookups.push(
        found ? { ...pin, found } : { ...pin, failure: notThere(kind, pins, { mayLack, its }), why },
      );
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error instanceof NoMatch) {
        const why = error.mayLack ? 'unknown' : error.fits > 0 ? 'ambiguous' : 'missing';
        lookups.push({ ...pin, failure: pinFailure(error, pins), why });
      } else lookups.push({ ...pin, failure: error, why: 'unknown' });
    }
  }
  return lookups;
}

/** What is wrong with them, otherwise every call would fail for it; undefined where nothing is, or it can't be known. */
export function pinProblem(lookups: readonly PinLookup[]): Failure | undefined {
  return lookups.find((one) => one.failure && one.why !== 'unknown')?.failure;
}

/** Those that were found, by their ids. */
export function pinIds(lookups: readonly PinLookup[]): Pins {
  return idsOf(lookups, ({ found }) => found?.id);
}

function idsOf<One extends Kind>(each: readonly One[], idOf: (one: One) => string | undefined): Pins {
  return Object.fromEntries(
    each.flatMap((one) => {
      const id = idOf(one);
      return id === undefined ? [] : [[one.argument, id] as const];
    }),
  );
}

/** What a name's problem means where the name is a fixed one: the caller can't give another. */
function pinFailure(error: NoMatch, pins: Pins): Failure {
  const kind = KINDS.find(({ argument }) => argument === error.argument)!;
  const { fits, mayLack, details } = error;
  return fits > 0
    ? ambiguous(kind, pins, { fits, mayLack, lists: details.lists })
    : notThere(kind, pins, { mayLack, lists: details.lists });
}

type Kind = (typeof KINDS)[number];
type Lists = Failure['details']['lists'];

function ambiguous(
  { flag, argument, what }: Kind,
  pins: Pins,
  { fits, mayLack, lists }: { fits: number; mayLack: boolean; lists: Lists },
): Failure {
  const which =
    fits > 1
      ? `${fits} that this token sees`
      : mayLack
        ? 'one of those that could be read, of which Toado has more'
        : 'the name of one, and looks like the id of another';
  return new Failure(
    'not_offered',
    `This server was started with ${flag} ${quoted(pins[argument]!)}, and that fits ${which}, so which ${what} is meant can't be told.`,
    `The person who started it gives the ${what}'s id with ${flag} (TOADO_${what.toUpperCase()}), and starts it anew.`,
    { outcome: 'not_sent', ...(lists ? { lists: { ...lists, title: 'What it fits:' } } : {}) },
  );
}

function notThere(
  { flag, argument, what }: Kind,
  pins: Pins,
  { mayLack, lists, its }: { mayLack: boolean; lists?: Lists; its?: string | undefined },
): Failure {
  const which =
    its === undefined || its === pins[argument]
      ? 'of that id or name'
      : `of the id that this meant at first (${quoted(its)})`;
  const among = mayLack ? ', among those that could be read: Toado may have more' : '';
  const where = argument === 'project_id' && pins.company_id !== undefined ? ' in that company' : '';
  return new Failure(
    'not_offered',
    `This server was started with ${flag} ${quoted(pins[argument]!)}, and this token sees no ${what} ${which}${where}${among}.`,
    `The person who started it corrects ${flag} (TOADO_${what.toUpperCase()}) or widens the token, and starts it anew.`,
    { outcome: 'not_sent', ...(lists ? { lists } : {}) },
  );
}

/** The projects that they leave of what the token sees: for resources and completions. @param ids of what is fixed. */
export async function projectsInReach({ company_id, project_id }: Pins, api: ReadApi): Promise<Named[]> {
  if (project_id === undefined) return namedOf(await certainProjectsOf(company_id, api));
  return namedOf(await projectsOf(company_id, api)).filter(({ id }) => id === project_id);
}

/** One of those, by its id or name. @throws NoMatch where several are meant. */
export async function projectInReach(
  given: string,
  ids: Pins,
  api: ReadApi,
  isOffered: (tool: string) => boolean,
): Promise<Named | undefined> {
  const inReach = await projectsInReach(ids, api);
  const byId = inReach.find(({ id }) => id === given);
  if (byId) return byId;
  const meant = meantBy('project_id', given, inReach);
  if (meant.length > 1) throw severalFit('project_id', given, meant, { isOffered });
  const [one] = meant;
  if (one) checkOnly('project_id', given, one, inReach, { isOffered });
  return one;
}
