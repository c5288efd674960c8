/**
 * Looks up the id where a name was given for a company, project, column or person. An id goes through without a
 * request; a name that fits nothing, or several things, comes back with what is there.
 */
import { Failure } from '../base/failure.ts';
import { closestOf } from '../base/nearest.ts';
import { visible } from '../base/visible.ts';
import type { ReadApi } from '../toado-api/api.ts';
import { type Named, named } from '../toado-api/known-names.ts';
import { type Arguments, quoted } from './arguments.ts';

const ID = {
  company_id: /^co_\w[\w-]*$/,
  project_id: /^proj_\w[\w-]*$/,
  column_id: /^col_\w[\w-]*$/,
  target_column_id: /^col_\w[\w-]*$/,
  user_id: /^usr_\w[\w-]*$/,
} as const;
type Reference = keyof typeof ID;

/** In this order: a column is looked for in the project that was looked up before it. */
const ORDER = ['company_id', 'project_id', 'column_id', 'target_column_id', 'user_id'] as const;

export async function resolveNames<Input extends Arguments>(input: Input, api: ReadApi): Promise<Input> {
  const resolved: Arguments = { ...input };
  for (const name of ORDER) {
    const given = resolved[name];
    if (typeof given !== 'string' || ID[name].test(given)) continue;
    resolved[name] = pick(name, given, await candidates(name, resolved, api));
  }
  return resolved as Input;
}

async function candidates(name: Reference, input: Arguments, api: ReadApi): Promise<Named[]> {
  switch (name) {
    case 'company_id':
      return named(await api.listCompanies({}));
    case 'project_id':
      return named(await api.listProjects({ company_id: input.company_id as string | undefined }));
    case 'user_id':
      return named(await api.listMembers({ project_id: await projectOf(input, api) }));
    default:
      return named(await api.listColumns({ project_id: await projectOf(input, api) }));
  }
}

/** The project that the call is about: its own argument, or the one of its first ticket. */
async function projectOf(input: Arguments, api: ReadApi): Promise<string> {
  if (typeof input.project_id === 'string') return input.project_id;
  const ticket = input.ticket_id ?? (input.ticket_ids as string[] | undefined)?.[0];
  const found = await api.getTicket({ ticket_id: String(ticket), include: ['capture'] });
  if (!found.project_id)
    throw noMatch('name', 'The ticket does not say which project it is in, so give an id.', []);
  return found.project_id;
}

const LISTED_BY: Record<Reference, string> = {
  company_id: 'list_companies',
  project_id: 'list_projects',
  column_id: 'list_columns',
  target_column_id: 'list_columns',
  user_id: 'list_members',
};

function pick(name: Reference, given: string, among: Named[]): string {
  const wanted = folded(given);
  const exact = among.filter((one) => one.id === given);
  const found = exact.length > 0 ? exact : among.filter((one) => folded(one.name) === wanted);
  if (found.length === 1) return found[0]!.id;
  if (found.length === 0 && isLikeAnId(given, among)) return given;
  const next = `Use the id (${LISTED_BY[name]} lists them all).`;
  if (found.length > 1)
    throw noMatch(next, `${name}: ${quoted(given)} is the name of ${found.length}.`, found);
  const names = closestOf(
    given,
    among.map((one) => one.name),
  );
  const near = names.map((close) => among.find((one) => one.name === close)!);
  throw noMatch(next, `${name}: ${quoted(given)} is neither an id nor a name here.`, near);
}

const ANY_ID = /^(\d+|[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26})$/i;

/**
 * Whether what fits no name is the id of something that isn't listed here: a column of another project, somebody who
 * has left. Ids may have any form; then it is that of the ones that are listed.
 */
function isLikeAnId(given: string, among: readonly Named[]): boolean {
  if (ANY_ID.test(given)) return true;
  const prefix = /^[A-Za-z]+[_:-](?=[\w-]*\d)[\w-]+$/.test(given) ? given.match(/^[A-Za-z]+[_:-]/)![0] : undefined;
  return prefix !== undefined && among.length > 0 && among.every(({ id }) => id.startsWith(prefix));
}

/** The names that are there were given by people, so they are said inside the fence. */
function noMatch(next: string, sentence: string, closest: Named[]): Failure {
  const said = closest.map(({ id, name }) => `closest: ${id} = ${visible(name)}`).join('\n');
  return new Failure('validation_error', sentence, next, { outcome: 'not_sent', said: said || undefined });
}

/** Names match without regard to case, accents' spelling and spaces. */
export function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
