/** The names of companies, projects, columns and people, as far as answers have shown them: no request is made for one. */
const MAX_COUNT = 2_000;

export interface Named {
  id: string;
  name: string;
  email?: string | null | undefined;
}

/** Those of a list that can be pointed to; what has no name goes by its id. */
export function named(rows: readonly Partial<Record<keyof Named, string | null>>[]): Named[] {
  return rows.flatMap(({ id, name, email }) => (id ? [{ id, name: name ?? id, email }] : []));
}

/** Ids of different kinds may be the same where they are numbers. */
export type NamedKind = 'company' | 'project' | 'column' | 'member';

const KIND_OF: Readonly<Record<string, NamedKind>> = {
  listCompanies: 'company',
  listProjects: 'project',
  listColumns: 'column',
  listMembers: 'member',
};

export class KnownNames {
  readonly #names = new Map<string, string>();

  /** From the answer of a route that lists things with an id and a name; nothing from any other. */
  learn(route: string, items: readonly unknown[]): void {
    const kind = KIND_OF[route];
    if (!kind) return;
    for (const { id, name } of named(items as Parameters<typeof named>[0])) {
      const key = `${kind} ${id}`;
      if (name !== id && (this.#names.size < MAX_COUNT || this.#names.has(key))) this.#names.set(key, name);
    }
  }

  /** Undefined where it was not seen. Somebody chose it: only ever shown inside the fence. */
  of(kind: NamedKind, id: string | null | undefined): string | undefined {
    return id ? this.#names.get(`${kind} ${id}`) : undefined;
  }

  clear(): void {
    this.#names.clear();
  }
}
