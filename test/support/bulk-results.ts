/** What a bulk answer says of each ticket that was asked about, in that order. */
import type { CallResult } from './sdk-client.ts';

export interface Row {
  ticket_id: string;
  ok: boolean;
  error?: { code?: string; outcome?: string; message?: string };
}

interface Group extends Omit<Row, 'ticket_id'> {
  tickets: number;
  ticket_ids?: string[];
  all_others?: true;
  positions?: string;
}

/** @throws where a ticket is in no group, or in two, or a group is not as large as it says. */
export function rowsOf(result: CallResult, ids: readonly string[]): Row[] {
  const groups = result.structuredContent!.results as Group[];
  const found = new Map<string, Row>();
  const add = (ticket_id: string, { ok, error }: Group) => {
    if (found.has(ticket_id) || !ids.includes(ticket_id)) throw new Error(`${ticket_id} twice, or not asked`);
    found.set(ticket_id, { ticket_id, ok, ...(error ? { error } : {}) });
  };
  const named = (group: Group) => [
    ...(group.ticket_ids ?? []),
    ...(group.positions?.split(', ') ?? []).flatMap((range) => {
      const [from, to = from] = range.split('-').map(Number) as [number, number?];
      return ids.slice(from - 1, to);
    }),
  ];
  for (const group of groups) for (const id of named(group)) add(id, group);
  const rest = groups.filter(({ all_others }) => all_others);
  if (rest.length > 1) throw new Error('two groups of all others');
  for (const group of rest) for (const id of ids.filter((one) => !found.has(one))) add(id, group);
  for (const group of groups) {
    const size = group.all_others ? group.tickets : named(group).length;
    if (size !== group.tickets) throw new Error(`a group of ${group.tickets} names ${size}`);
  }
  if (groups.reduce((sum, { tickets }) => sum + tickets, 0) !== ids.length)
    throw new Error('not all of them');
  return ids.map((id) => found.get(id) ?? { ticket_id: id, ok: false, error: { code: 'NOT SAID' } });
}
