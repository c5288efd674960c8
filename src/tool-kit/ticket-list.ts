/** A page of tickets, as the tools that list and search them answer with it. */
import * as z from 'zod';
import type { Answer, ListRest } from '../respond/answer.ts';
import type { TicketSummary } from '../toado-api/schemas/index.ts';
import { rowSchema, ticketRows } from '../views/ticket.ts';
import type { ToolSession } from './define-tool.ts';

export const ticketList = z.object({ items: z.array(rowSchema), next_cursor: z.string().optional() });

interface TicketPage {
  items: TicketSummary[];
  rest: ListRest;
  /** What this version doesn't know. */
  unknown: Record<string, unknown>;
}

/** @param notes what is to be said of it; nothing where undefined. */
export function ticketListAnswer(
  { items, rest, unknown }: TicketPage,
  session: ToolSession,
  notes: readonly (string | undefined)[],
): Answer {
  const rows = ticketRows(items, session);
  return {
    data: { items: rows.items, ...unknown },
    omitFromText: rows.omitFromText,
    lists: { items: rest },
    notes: notes.filter((note) => note !== undefined),
  };
}
