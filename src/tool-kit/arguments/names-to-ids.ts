/**
 * Looks up the id where a name was given for a company, project, column or person (name-forms.ts says what fits one);
 * `me` is the token's owner. An id goes through without a request; a name that fits nothing, or several things, comes
 * back with what is there.
 */
import { Failure } from '../../base/failure.ts';
import { isNear } from '../../base/nearest.ts';
import { quoteName } from '../../base/quote-name.ts';
import { nameInLine } from '../../respond/sanitize.ts';
import { lacksRows, mayLackRows } from '../../toado-api/answers/extra-fields.ts';
import type { Named } from '../../toado-api/client/known-names.ts';
import type { ReadApi } from '../../toado-api/routes/calls.ts';
import { CallProject } from './call-project.ts';
import { fittingName, fittingPerson, folded, hasAddress, withoutQuotes } from './name-forms.ts';
import { certainProjectsOf, namedOf, rowsOfProject } from './named-lists.ts';
import { type Arguments, isNothingInWords, quoted } from './read-arguments.ts';
import { pathOf, withoutDecoration, writtenId } from './written-ids.ts';

/** What of a session decides about names. */
export interface NameContext {
  /** Whether the call may come without that argument: then "None" may mean that. */
  isOptional?: (argument: string) => boolean;
  /** The token's owner, as far as Toado has said; undefined otherwise. */
  me?: string | undefined;
  /** The ids of what is fixed for this server. They are never read as names; projects are looked for in that company. */
  fixed?: { company_id?: string | undefined; project_id?: string | undefined };
  /** Whether that project is the only one that the token reaches, or fixed for this server. */
  isOnlyProject?: (project_id: string) => 'only' | 'fixed' | undefined;
  /** Whether a tool is offered: what only a withheld one lists isn't listed here. */
  isOffered: (tool: string) => boolean;
}

/** Where nobody may be told what there is. */
const NO_LISTS: NameContext = { isOffered: () => false };

const ID = {
  company_id: /^co_\w[\w-]*$/,
  project_id: /^proj_\w[\w-]*$/,
  column_id: /^col_\w[\w-]*$/,
  target_column_id: /^col_\w[\w-]*$/,
  user_id: /^usr_\w[\w-]*$/,
} as const;
type Reference = keyof typeof ID;

/** A name that means nothing, or several things (`fits`). */
export class NoMatch extends Failure {
  constructor(
    readonly argument: Reference,
    readonly fits: number,
    /** What it was looked for in may not be all there is. */
    readonly mayLack: boolean,
    sentence: string,
    next: string,
    lists?: Failure['details']['lists'],
  ) {
    const details = { outcome: 'not_sent' as const, ...(lists && { lists }) };
    super('validation_error', `${argument}: ${sentence}`, next, details);
  }
}

/** In this order: a column is looked for in the project that was looked up before it. */
const ORDER = ['company_id', 'project_id', 'column_id', 'target_column_id', 'user_id'] as const;

/** Where all of them are listed, and what they are called. */
const LISTED: Record<Reference, { by: string; as: string }> = {
  company_id: { by: 'list_companies', as: 'company' },
  project_id: { by: 'list_projects', as: 'project' },
  column_id: { by: 'list_columns', as: 'column' },
  target_column_id: { by: 'list_columns', as: 'column' },
  user_id: { by: 'list_members', as: 'member' },
};

const OWNER = /^@?(?:me|myself|self)$/i;

export async function resolveNames<Input extends Arguments>(
  input: Input,
  api: ReadApi,
  context: NameContext = NO_LISTS,
): Promise<Input> {
  const resolved: Arguments = { ...input };
  const project = new CallProject(resolved, api);
  for (const name of ORDER) {
    const given = resolved[name];
    if (typeof given !== 'string' || ID[name].test(given) || given === fixedId(name, context)) continue;
    const id =
      idIn(given, ID[name]) ??
      (name === 'user_id' && OWNER.test(withoutDecoration(given)) ? owner(context) : undefined);
    if (id !== undefined) {
      resolved[name] = id;
      continue;
    }
    const mayBeNothing = isNothingInWords(given) && context.isOptional?.(name);
    const listed = candidates(name, resolved, project, api, context);
    const among = await (mayBeNothing ? listed : listed.catch(unlessId(given)));
    const found = (mayBeNothing ? called : pick)(name, given, among, context);
    if (found === undefined) delete resolved[name];
    else {
      const one = among.find((it) => it.id === found);
      if (one && !isCertain(given, one)) await checkPlace(name, project, context);
      resolved[name] = found;
    }
  }
  return resolved as Input;
}

/** @throws Failure where the tickets are in several projects, and the name is that of something in one of them. */
async function checkPlace(
  name: Reference,
  project: CallProject,
  { isOffered, isOnlyProject }: NameContext,
): Promise<void> {
  if (name === 'company_id' || name === 'project_id') return;
  const { by, as } = LISTED[name];
  await project.checkTickets({ argument: name, as, next: isOffered(by) ? ` (${by})` : '' }, isOnlyProject);
}

/** The one of that name: "None" may be a column's, and otherwise it is nothing. */
function called(name: Reference, given: string, among: Named[], context: NameContext): string | undefined {
  const found = among.filter((one) => folded(one.name) === folded(given));
  if (found.length > 1) throw severalFit(name, given, found, context);
  const [one] = found;
  if (one) checkOnly(name, given, one, among, context);
  return one?.id;
}

function fixedId(name: Reference, { fixed }: NameContext): string | undefined {
  return name === 'company_id' || name === 'project_id' ? fixed?.[name] : undefined;
}

/** The id that a text can only be, whatever there is. */
export function idGiven(name: Reference, text: string): string | undefined {
  return idIn(text, ID[name]);
}

/** Other texts with a slash in them are names. */
const ADDRESS = /^(?:https?:\/\/|\/|[^/\s]*[.:][^/\s]*\/|(?:projects|companies|columns|users|members)\/)/i;

/** An id with something around it, or the one in a page's address. */
function idIn(text: string, id: RegExp): string | undefined {
  const inPath = (plain: string) => (ADDRESS.test(plain) ? pathOf(plain) : []).find((part) => id.test(part));
  return writtenId(text, (plain) => (id.test(plain) ? plain : inPath(plain)));
}

function owner({ me }: NameContext): string {
  if (me) return me;
  throw new Failure(
    'validation_error',
    'user_id: Toado does not say whose token this is, so "me" is nobody.',
    'Give a name, an e-mail address or an id.',
    { outcome: 'not_sent' },
  );
}

async function candidates(
  name: Reference,
  input: Arguments,
  project: CallProject,
  api: ReadApi,
  { fixed }: NameContext,
): Promise<Named[]> {
  const ofProject = async <Row extends object>(list: (of: { project_id: string }) => Promise<Row[]>) => {
    const project_id = await project.id();
    return rowsOfProject(await list({ project_id }), project_id);
  };
  switch (name) {
    case 'company_id':
      return namedOf(await api.listCompanies({}));
    case 'project_id':
      return namedOf(
        await certainProjectsOf((input.company_id as string | undefined) ?? fixed?.company_id, api),
      );
    case 'user_id':
      return namedOf(await ofProject((of) => api.listMembers(of)));
    default:
      return namedOf(await ofProject((of) => api.listColumns(of)));
  }
}

/** What is an id whatever there is needs no list to be compared with. */
function unlessId(given: string): (error: unknown) => Named[] {
  return (error) => {
    if (error instanceof Failure && ANY_ID.test(withoutQuotes(given))) return [];
    throw error;
  };
}

function fitting(name: Reference, given: string, among: Named[]): Named[] {
  return name === 'user_id' ? fittingPerson(given, among) : fittingName(given, among);
}

/** Those that an id or a name means, of the ones that are there: more than one where it is ambiguous. */
export function meantBy(name: Reference, given: string, among: Named[]): Named[] {
  const id = idIn(given, ID[name]);
  return id === undefined ? fitting(name, given, among) : among.filter((one) => one.id === id);
}

/** The one of those that an id or a name means; undefined where it is an id of none. @throws NoMatch */
export function theOne(
  name: Reference,
  given: string,
  among: Named[],
  context: NameContext,
): Named | undefined {
  const id = idIn(given, ID[name]) ?? pick(name, given, among, context);
  return among.find((one) => one.id === id);
}

function pick(name: Reference, given: string, among: Named[], context: NameContext): string {
  const found = fitting(name, given, among);
  const isThere = found.some((one) => isCertain(given, one));
  if (found.length > 0 && !isThere && isLikeAnId(withoutQuotes(given), among, { isName: true })) {
    const sentence = `${quoted(given)} looks like an id, which none of these has, and is the name of another.`;
    throw noMatch(name, sentence, found, context, { fits: found.length });
  }
  if (found.length === 1) {
    checkOnly(name, given, found[0]!, among, context);
    return found[0]!.id;
  }
  if (found.length > 1) throw severalFit(name, given, found, context);
  if (isLikeAnId(withoutQuotes(given), among)) return withoutQuotes(given);
  const mayLack = mayLackRows(among);
  const sentence = `${quoted(given)} is neither an id nor a name here${mayLack ? ', among those that could be read: Toado may have more' : ''}.`;
  throw noMatch(name, sentence, nearFirst(given, among), context, { mayLack });
}

/** By its id or its address, which nothing else has. */
function isCertain(given: string, one: Named): boolean {
  return one.id === given || one.id === withoutQuotes(given) || hasAddress(one, given);
}

/** @throws NoMatch where it may not be the only one of that name. */
export function checkOnly(
  name: Reference,
  given: string,
  one: Named,
  among: Named[],
  context: NameContext,
): void {
  if (isCertain(given, one) || !lacksRows(among)) return;
  const sentence = `${quoted(given)} fits one of those that could be read, and Toado has more: another may have that name, too.`;
  throw noMatch(name, sentence, [one], context, { fits: 1, mayLack: true });
}

/** Of several, both are named and none is chosen. */
export function severalFit(name: Reference, given: string, found: Named[], context: NameContext): NoMatch {
  const { length: fits } = found;
  return noMatch(name, `${quoted(given)} fits ${fits} of them.`, found, context, { fits });
}

const NUMBER = /^\d+$/;
/** Forms of ids that nobody names anything with, and numbers, which may be names. */
const ANY_ID = /^(\d+|[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26})$/i;

/**
 * Whether what fits no name is the id of something that isn't listed here: a column of another project, somebody who
 * has left. Ids may have any form; then it is that of the ones that are listed.
 * @param isName whether something is called so: a number is a name then, unless ids are numbers here.
 */
function isLikeAnId(given: string, among: readonly Named[], { isName = false } = {}): boolean {
  const mayBeName = isName && NUMBER.test(given) && !among.some(({ id }) => NUMBER.test(id));
  if (ANY_ID.test(given) && !mayBeName) return true;
  const prefix = /^[A-Za-z]+[_:-](?=[\w-]*\d)[\w-]+$/.test(given)
    ? given.match(/^[A-Za-z]+[_:-]/)![0]
    : undefined;
  return prefix !== undefined && among.length > 0 && among.every(({ id }) => id.startsWith(prefix));
}

function nearFirst(given: string, among: Named[]): (Named & { isNear?: boolean })[] {
  const near = among.filter((one) => isNear(given, one.name)).map((one) => ({ ...one, isNear: true }));
  return [...near, ...among.filter((one) => !isNear(given, one.name))];
}

const MAX_LISTED = 12;

/** The names that are there were given by people, so they are said inside the fence. */
function noMatch(
  name: Reference,
  sentence: string,
  there: (Named & { isNear?: boolean })[],
  { isOffered }: NameContext,
  { fits = 0, mayLack = false } = {},
): NoMatch {
  const { by, as } = LISTED[name];
  if (!isOffered(by)) return new NoMatch(name, fits, mayLack, sentence, `Give the ${as}'s id.`);
  const lines = there
    .slice(0, MAX_LISTED)
    .map(
      (one) => `${one.isNear ? 'closest: ' : ''}${quoteName(nameInLine(one.name))} (${nameInLine(one.id)})`,
    );
  const more = there.length > MAX_LISTED ? `, ${there.length - MAX_LISTED} more by ${by}` : '';
  const lists = lines.length > 0 ? { title: `What there is${more}:`, text: lines.join('\n') } : undefined;
  return new NoMatch(name, fits, mayLack, sentence, 'Use an id of these.', lists);
}
