import * as z from 'zod';
import { archiveTicket, restoreTicket } from '../rules/archive.ts';
import { eachTicket } from '../rules/bulk.ts';
import { branchName, id, ticketIds } from '../rules/input.ts';
import { moveTicket } from '../rules/move.ts';
import { startWork } from '../rules/start-work.ts';
import { ok, okJson, type Route, route } from './route.ts';

const move = route({
  method: 'POST',
  path: '/tickets/:ticket/move',
  scope: 'tickets:write',
  input: z.strictObject({ target_column_id: id, position: z.int().min(0).optional() }),
  run: ({ db, actor, params, input }) => okJson(moveTicket(db, actor, params.ticket!, input)),
});

const bulkMove = route({
  method: 'POST',
  path: '/tickets/bulk-move',
  scope: 'tickets:write',
  input: z.strictObject({ ticket_ids: ticketIds, target_column_id: id }),
  run: ({ db, actor, input: { ticket_ids, target_column_id } }) =>
    ok(eachTicket(db, ticket_ids, (ticket) => moveTicket(db, actor, ticket, { target_column_id }))),
});

const archive = route({
  method: 'POST',
  path: '/tickets/:ticket/archive',
  scope: 'tickets:write',
  run: ({ db, actor, params }) => okJson(archiveTicket(db, actor, params.ticket!)),
});

const restore = route({
  method: 'POST',
  path: '/tickets/:ticket/restore',
  scope: 'tickets:write',
  run: ({ db, actor, params }) => okJson(restoreTicket(db, actor, params.ticket!)),
});

const start = route({
  method: 'POST',
  path: '/tickets/start-work',
  scope: 'tickets:write',
  input: z.strictObject({ ticket_ids: ticketIds, branch_name: branchName.optional() }),
  run: ({ db, actor, input }) => ok(startWork(db, actor, input)),
});

export const ticketActionRoutes: Route[] = [bulkMove, start, move, archive, restore];
