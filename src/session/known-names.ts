/** Names that came by on the way: an id that Toado answers with is shown with its name where that is known already. */
import type { ToadoApi } from '../toado-api/api.ts';

/** More columns and projects than a session sees. */
const MOST = 2_000;

export class KnownNames {
  readonly #names = new Map<string, string>();

  of(id: string | null | undefined): string | undefined {
    return id ? this.#names.get(id) : undefined;
  }

  forget(): void {
    this.#names.clear();
  }

  /** The same API, which notes the names in its answers. */
  noting(api: ToadoApi): ToadoApi {
    const note = (rows: { id: string; name: string }[]) => {
      for (const { id, name } of rows)
        if (this.#names.size < MOST || this.#names.has(id)) this.#names.set(id, name);
    };
    // Its own methods can't be assigned over, so these stand before them.
    const noting: Partial<ToadoApi> = {
      listProjects: async (args) => {
        const projects = await api.listProjects(args);
        note(projects);
        return projects;
      },
      listColumns: async (args) => {
        const columns = await api.listColumns(args);
        note(columns);
        return columns;
      },
    };
    return Object.create(api, Object.getOwnPropertyDescriptors(noting)) as ToadoApi;
  }
}
