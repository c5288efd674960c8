/** The names of companies, projects, columns and people, as far as answers have shown them: no request is made for one. */
const MOST = 2_000;

export interface Named {
  id: string;
  name: string;
  email?: string | null;
}

/** Those of a list that can be pointed to; what has no name goes by its id. */
export function named(rows: readonly Partial<Record<keyof Named, string | null>>[]): Named[] {
  return rows.flatMap(({ id, name, email }) => (id ? [{ id, name: name ?? id, email }] : []));
}

export class KnownNames {
  readonly #names = new Map<string, string>();

  /** From a list of things that have an id and a name. */
  learn(items: readonly unknown[]): void {
    for (const item of items) {
      const { id, name } = (item ?? {}) as { id?: unknown; name?: unknown };
      if (typeof id !== 'string' || typeof name !== 'string' || name === '') continue;
      if (this.#names.size < MOST || this.#names.has(id)) this.#names.set(id, name);
    }
  }

  /** Undefined where it was not seen. Somebody chose it: only ever shown inside the fence. */
  of(id: string): string | undefined {
    return this.#names.get(id);
  }

  clear(): void {
    this.#names.clear();
  }
}
