import * as z from 'zod';
import { assign, unassign } from '../rules/assign.ts';
import { eachTicket } from '../rules/bulk.ts';
import { id, ticketIds } from '../rules/input.ts';
import { ok, okJson, type Route, route } from './route.ts';

const ticketsAndUser = z.strictObject({ ticket_ids: ticketIds, user_id: id });

const add = route({
  method: 'POST',
  path: '/tickets/:ticket/assignees',
  scope: 'tickets:assign',
  input: z.strictObject({ user_id: id }),
  run: ({ db, actor, params, input }) => okJson(assign(db, actor, params.ticket!, input.user_id)),
});

const remove = route({
  method: 'DELETE',
  path: '/tickets/:ticket/assignees/:user',
  scope: 'tickets:assign',
  run: ({ db, actor, params }) => okJson(unassign(db, actor, params.ticket!, params.user!)),
});

const bulkAdd = route({
  method: 'POST',
  path: '/tickets/bulk-assign',
  scope: 'tickets:assign',
  input: ticketsAndUser,
  run: ({ db, actor, input: { ticket_ids, user_id } }) =>
    ok(eachTicket(db, ticket_ids, (ticket) => assign(db, actor, ticket, user_id))),
});

const bulkRemove = route({
  method: 'POST',
  path: '/tickets/bulk-unassign',
  scope: 'tickets:assign',
  input: ticketsAndUser,
  run: ({ db, actor, input: { ticket_ids, user_id } }) =>
    ok(eachTicket(db, ticket_ids, (ticket) => unassign(db, actor, ticket, user_id))),
});

export const assigneeRoutes: Route[] = [bulkAdd, bulkRemove, add, remove];
