/** A page of tickets, as the tools that list and search them answer with it. */
import * as z from 'zod';
import type { Answer, ListRest } from '../../respond/answer.ts';
import type { TicketSummary } from '../../toado-api/schemas/index.ts';
import { rowSchema, ticketRows } from '../../views/ticket.ts';
import type { ToolSession } from '../definition/define-tool.ts';
import { listNotes } from './paging.ts';

export const ticketList = z.object({ items: z.array(rowSchema), next_cursor: z.string().optional() });

interface TicketPage {
  items: TicketSummary[];
  rest: ListRest;
  isListEmpty: boolean;
  /** What this version doesn't know. */
  unknown: Record<string, unknown>;
}

/**
 * @param note what is to be said of the arguments.
 * @param nothing what is said where there is no ticket.
 */
export function ticketListAnswer(
  { items, rest, unknown, isListEmpty }: TicketPage,
  session: ToolSession,
  note: string | undefined,
  nothing: string,
): Answer {
  const rows = ticketRows(items, session);
  return {
    data: { items: rows.items, ...unknown },
    omitFromText: rows.omitFromText,
    lists: { items: rest },
    notes: [...(note === undefined ? [] : [note]), ...listNotes({ unknown, rest }, isListEmpty && nothing)],
  };
}
