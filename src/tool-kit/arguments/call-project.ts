/** The project that a call is about: its own argument, or the one that its tickets are in. */
import { Failure } from '../../base/failure.ts';
import { nameInLine } from '../../respond/sanitize.ts';
import { mayLackRows } from '../../toado-api/answers/extra-fields.ts';
import type { ReadApi } from '../../toado-api/routes/calls.ts';
import type { Arguments } from './read-arguments.ts';

/** More of the tickets than that aren't tried for one that is there. */
const MAX_TRIED = 5;
/** More tickets than that aren't read one by one, only for a name. */
const MAX_READS = 20;
/** Of a project's list: after the first one, only where more are left than may be read one by one. */
const MAX_PAGES = 5;
/** Of so many left, it pays to ask first whether there is another project at all. */
const MANY = 3;
/** What is listed of tickets in each project. */
const MAX_LISTED = 10;

export class CallProject {
  readonly #input: Arguments;
  readonly #api: ReadApi;
  /** Of the tickets that were read. */
  readonly #projects = new Map<string, string>();
  /** Those that are not there. */
  readonly #missing = new Set<string>();

  /** @param input whose project_id, if it has one, is an id once a project is asked for. */
  constructor(input: Arguments, api: ReadApi) {
    this.#input = input;
    this.#api = api;
  }

  async id(): Promise<string> {
    const { project_id, ticket_id } = this.#input;
    if (typeof project_id === 'string') return project_id;
    const tickets = this.#tickets() ?? [String(ticket_id)];
    let first: unknown;
    for (const id of tickets.slice(0, MAX_TRIED)) {
      try {
        return await this.#projectOf(id);
      } catch (error) {
        if (!this.#isMissing(id, error)) throw error;
        first ??= error;
      }
    }
    throw first;
  }

  /**
   * A name is that of something in one project: of several tickets, all have to be in it.
   * @param named what the name is of, in words, and how its id is found.
   * @param isOnly whether it is the only one, or the one that is fixed: then no more is read than tells cheaply.
   */
  async checkTickets(
    named: NamedThing,
    isOnly: (project_id: string) => 'only' | 'fixed' | undefined = () => undefined,
  ): Promise<void> {
    const tickets = this.#tickets();
    if (!tickets || tickets.length < 2 || typeof this.#input.project_id === 'string') return;
    const project = await this.id();
    const only = isOnly(project);
    if (only === 'only') return;
    const open = () => tickets.filter((id) => !this.#projects.has(id) && !this.#missing.has(id));
    await this.#readList(project, open);
    if (open().length >= MANY && (await this.#isOnlyOne(project))) return;
    const isMany = open().length > MAX_READS;
    if (isMany && only !== 'fixed') throw notTold(named);
    for (const id of isMany ? [] : open()) {
      await this.#projectOf(id).catch((error) => {
        if (!this.#isMissing(id, error)) throw error;
      });
    }
    const at = new Map<string, string[]>();
    for (const id of tickets) {
      const its = this.#projects.get(id);
      if (its !== undefined) at.set(its, [...(at.get(its) ?? []), id]);
    }
    if (at.size > 1) throw inSeveral(named, at);
  }

  /** A page tells of many tickets at once; a single one is as well read itself. */
  async #readList(project_id: string, open: () => string[]): Promise<void> {
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES && open().length > (page === 0 ? 1 : MAX_READS); page++) {
      const answer = await this.#api.listTickets({ project_id, status: 'all', limit: 100, cursor });
      for (const row of answer.items) if (row.id) this.#projects.set(row.id, row.project_id ?? project_id);
      cursor = answer.cursor ?? undefined;
      if (!cursor) break;
    }
  }

  /** Whether the token reaches no other project. */
  async #isOnlyOne(project: string): Promise<boolean> {
    const all = await this.#api.listProjects({}).catch((error) => {
      if (!(error instanceof Failure)) throw error;
    });
    return !!all && !mayLackRows(all) && all.length === 1 && all[0]!.id === project;
  }

  /** Whatever becomes of a ticket that isn't there, it is in no project. */
  #isMissing(id: string, error: unknown): boolean {
    if (!(error instanceof Failure) || !error.code.endsWith('not_found')) return false;
    this.#missing.add(id);
    return true;
  }

  #tickets(): string[] | undefined {
    const { ticket_ids } = this.#input;
    return Array.isArray(ticket_ids) ? [...new Set(ticket_ids.map(String))] : undefined;
  }

  async #projectOf(ticket_id: string): Promise<string> {
    const known = this.#projects.get(ticket_id);
    if (known !== undefined) return known;
    const { project_id } = await this.#api.getTicket({ ticket_id, include: ['capture'] });
    if (!project_id)
      throw new Failure(
        'validation_error',
        'The ticket does not say which project it is in, so no name can be looked up.',
        'Give an id.',
        { outcome: 'not_sent' },
      );
    this.#projects.set(ticket_id, project_id);
    return project_id;
  }
}

interface NamedThing {
  argument: string;
  as: string;
  next: string;
}

function inSeveral({ argument, as, next }: NamedThing, at: Map<string, string[]>): Failure {
  const lines = [...at].map(([project, tickets]) => {
    const more = tickets.length > MAX_LISTED ? `, ${tickets.length - MAX_LISTED} more` : '';
    return nameInLine(`${project}: ${tickets.slice(0, MAX_LISTED).join(', ')}${more}`);
  });
  return new Failure(
    'validation_error',
    `${argument}: the tickets are in ${at.size} projects, so a name doesn't say which ${as} is meant.`,
    `Call once for each project, or give the ${as}'s id${next}.`,
    { outcome: 'not_sent', lists: { title: 'Where they are:', text: lines.slice(0, MAX_LISTED).join('\n') } },
  );
}

function notTold({ argument, as, next }: NamedThing): Failure {
  return new Failure(
    'validation_error',
    `${argument}: a name is that of one project's ${as}, and whether all these tickets are in one would take a read of each.`,
    `Give the ${as}'s id${next}.`,
    { outcome: 'not_sent' },
  );
}
