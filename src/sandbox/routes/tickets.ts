import * as z from 'zod';
import { createTicket, updateTicket } from '../actions/tickets.ts';
import { projectsFor, requireCompany, requireProject } from '../auth/access.ts';
import { listTickets } from '../rows/board.ts';
import { devtoolsOf } from '../rows/capture.ts';
import { searchTickets } from '../rows/search-results.ts';
import { type Include, requireTicket, ticketAnswer } from '../rows/ticket.ts';
import { cursor, id, limit, pageUrl, text } from './input.ts';
import { type Answer, created, ok, type Route, route } from './route.ts';

const title = text(1, 300);
const description = text(0, 100_000);
const searchText = text(1, 1000);

const list = route({
  method: 'GET',
  path: '/projects/:project/tickets',
  scope: 'read',
  input: z.strictObject({
    column_id: id.optional(),
    status: z.enum(['active', 'archived', 'all']).default('active'),
    query: text(0, 1000).optional(),
    limit,
    cursor,
  }),
  run: ({ db, actor, params, input }) => {
    const { project_id } = requireProject(db, actor, params.project!);
    return ok(listTickets(db, project_id, input));
  },
});

const search = route({
  method: 'GET',
  path: '/tickets/search',
  scope: 'read',
  input: z.strictObject({
    query: searchText,
    company_id: id.optional(),
    project_id: id.optional(),
    limit,
    cursor,
  }),
  run: ({ db, actor, input }) => {
    const { company_id, project_id } = input;
    if (company_id !== undefined) requireCompany(db, actor, company_id);
    if (project_id !== undefined) requireProject(db, actor, project_id);
    const within = projectsFor(db, actor)
      .filter((project) => company_id === undefined || project.company_id === company_id)
      .filter((project) => project_id === undefined || project.id === project_id);
    return ok(
      searchTickets(
        db,
        within.map((project) => project.id),
        input,
      ),
    );
  },
});

const parts: Include[] = ['capture', 'attachments', 'annotations', 'devtools'];

const get = route({
  method: 'GET',
  path: '/tickets/:ticket',
  scope: 'read',
  input: z.strictObject({
    include: z
      .string()
      .transform((value) => value.split(',').filter(Boolean))
      .pipe(z.array(z.enum(parts)))
      .default(parts),
  }),
  run: ({ db, actor, params, input: { include } }) => {
    const { ticket } = requireTicket(db, actor, params.ticket!);
    const answer = ok(ticketAnswer(db, ticket.id, include));
    const devtools = include.includes('devtools') ? devtoolsOf(db, ticket.seq) : undefined;
    return devtools ? splice(answer, devtools) : answer;
  },
});

/** Puts stored JSON text into an answer as it is: it can be megabytes. */
function splice({ status, json }: Answer, devtools: { json: string; digest: string }): Answer {
  return {
    status,
    json: `${json.slice(0, -1)},"devtools":${devtools.json}}`,
    validates: json + devtools.digest,
  };
}

const create = route({
  method: 'POST',
  path: '/projects/:project/tickets',
  scope: 'tickets:write',
  input: z.strictObject({
    title,
    description: description.optional(),
    column_id: id.optional(),
    source_url: pageUrl.optional(),
  }),
  run: ({ db, actor, params, input }) => created(createTicket(db, actor, params.project!, input)),
});

const update = route({
  method: 'PATCH',
  path: '/tickets/:ticket',
  scope: 'tickets:write',
  input: z
    .strictObject({
      title: title.optional(),
      description: description.optional(),
      resolved: z.boolean().optional(),
      is_draft: z.boolean().optional(),
    })
    .refine(
      (edit) => Object.values(edit).some((value) => value !== undefined),
      'name at least one of title, description, resolved, is_draft',
    ),
  run: ({ db, actor, params, input }) => ok(updateTicket(db, actor, params.ticket!, input)),
});

export const ticketRoutes: Route[] = [search, list, get, create, update];
