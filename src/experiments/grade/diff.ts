/** What is another way at the end than at the beginning. */
import { beginning } from '../../respond/shorten.ts';
import type { Snapshot, SnapshotComment, SnapshotTicket } from '../record/snapshot.ts';

export const FIELDS = [
  'column',
  'position',
  'resolved',
  'archived',
  'draft',
  'title',
  'description',
  'branch',
  'assignees',
  'project',
  'source_url',
] as const;
export type Field = (typeof FIELDS)[number];

export type Change =
  | { kind: 'field'; ticket: string; field: Field; before: string; after: string }
  | { kind: 'comment'; ticket: string; comment: SnapshotComment }
  | { kind: 'created'; ticket: string; made: SnapshotTicket }
  | { kind: 'gone'; ticket: string; what: string };

export function changesBetween(before: Snapshot, after: Snapshot): Change[] {
  const changes: Change[] = [];
  const was = new Map(before.tickets.map((ticket) => [ticket.id, ticket]));
  const known = new Set(before.comments.map(({ id }) => id));
  const there = new Set(after.comments.map(({ id }) => id));
  for (const ticket of after.tickets) {
    const old = was.get(ticket.id);
    was.delete(ticket.id);
    if (!old) changes.push({ kind: 'created', ticket: ticket.id, made: ticket });
    else
      for (const field of FIELDS) {
        const [from, to] = [shown(old, field), shown(ticket, field)];
        // A ticket that changes its column has another place in it, too.
        if (from === to || (field === 'position' && old.column !== ticket.column)) continue;
        changes.push({ kind: 'field', ticket: ticket.id, field, before: from, after: to });
      }
  }
  for (const id of was.keys()) changes.push({ kind: 'gone', ticket: id, what: 'the ticket' });
  for (const comment of after.comments)
    if (!known.has(comment.id)) changes.push({ kind: 'comment', ticket: comment.ticket, comment });
  for (const { id, ticket } of before.comments)
    if (!there.has(id)) changes.push({ kind: 'gone', ticket, what: `the comment ${id}` });
  return changes;
}

function shown(ticket: SnapshotTicket, field: Field): string {
  const value = field === 'position' ? ticket.rank : ticket[field];
  if (Array.isArray(value)) return [...value].sort().join(', ') || 'nobody';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value ?? 'none';
}

export function describeChange(change: Change): string {
  switch (change.kind) {
    case 'field':
      return `${change.ticket}: ${change.field} ${truncated(change.before)} → ${truncated(change.after)}`;
    case 'comment':
      return `${change.ticket}: comment ${truncated(change.comment.body)}`;
    case 'created':
      return `${change.ticket}: created in ${change.made.project} as ${truncated(change.made.title)}`;
    case 'gone':
      return `${change.ticket}: ${change.what} is gone`;
  }
}

export function truncated(text: string, most = 90): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return JSON.stringify(line.length > most ? beginning(line, most - 1) : line);
}
