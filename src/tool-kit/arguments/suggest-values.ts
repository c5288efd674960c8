/** Completes what a person types for a project, a column or a ticket: by id, by name, by title. */

import { type Named, named } from '../../toado-api/client/known-names.ts';
import type { ReadApi } from '../../toado-api/routes/calls.ts';
import { folded } from './name-forms.ts';
import { readTicketId } from './parameters.ts';

/** As many as MCP allows. */
const MAX_COUNT = 100;
const FOUND = 20;

/** What somebody may have typed the beginning of. */
export type Completable = 'ticket' | 'project' | 'column';

export interface Completion {
  values: string[];
  total?: number;
  hasMore?: boolean;
}

export function completeProject(typed: string, projects: Named[], as: 'id' | 'name'): Completion {
  return matching(typed, projects, as);
}

/** Without a project there is nothing to complete from. */
export async function completeColumn(
  typed: string,
  project_id: string | undefined,
  api: ReadApi,
): Promise<Completion> {
  if (!project_id) return { values: [] };
  return matching(typed, named(await api.listColumns({ project_id })), 'name');
}

/** Ids of tickets whose text fits. */
export async function completeTicket(
  typed: string,
  api: ReadApi,
  project_id: string | undefined,
): Promise<Completion> {
  const id = readTicketId(typed);
  if (id) return { values: [id] };
  const query = typed.trim();
  if (!query) return { values: [] };
  const { items, cursor } = await api.searchTickets({ query, project_id, limit: FOUND });
  return { values: items.flatMap(({ id }) => id ?? []), hasMore: !!cursor };
}

/** Those that begin with what was typed first. A name that several have is no answer, so they go by id. */
function matching(typed: string, among: Named[], as: 'id' | 'name'): Completion {
  const wanted = folded(typed);
  const fits = (one: Named) => folded(one.name).includes(wanted) || one.id.toLowerCase().includes(wanted);
  const starts = (one: Named) => (folded(one.name).startsWith(wanted) ? 0 : 1);
  const found = among.filter(fits).sort((a, b) => starts(a) - starts(b));
  const times = new Map<string, number>();
  for (const { name } of among) times.set(folded(name), (times.get(folded(name)) ?? 0) + 1);
  const isShared = ({ name }: Named) => times.get(folded(name))! > 1;
  const values = found.map((one) => (as === 'id' || isShared(one) ? one.id : one.name));
  return { values: values.slice(0, MAX_COUNT), total: values.length, hasMore: values.length > MAX_COUNT };
}
