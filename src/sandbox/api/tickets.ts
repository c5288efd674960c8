import * as z from 'zod';
import { projectsFor, requireCompany, requireProject } from '../auth/permissions.ts';
import { listTickets } from '../queries/board.ts';
import { attachmentsOf, captureOf, devtoolsOf } from '../queries/capture.ts';
import { withFields } from '../queries/json.ts';
import { pageJson } from '../queries/page.ts';
import { searchTickets } from '../queries/search-tickets.ts';
import { requireTicket, ticketJson } from '../queries/ticket.ts';
import { cursor, id, limit, pageUrl, text } from '../rules/input.ts';
import { MAX_LENGTH } from '../rules/text-lengths.ts';
import { createTicket, updateTicket } from '../rules/tickets.ts';
import { createdJson, okJson, type Route, route } from './route.ts';

const title = text(1, MAX_LENGTH.title);
const description = text(0, MAX_LENGTH.description);
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
    return okJson(pageJson(listTickets(db, project_id, input)));
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
    const projects = projectsFor(db, actor)
      .filter((project) => company_id === undefined || project.company_id === company_id)
      .filter((project) => project_id === undefined || project.id === project_id);
    return okJson(
      pageJson(
        searchTickets(
          db,
          projects.map((project) => project.id),
          input,
        ),
      ),
    );
  },
});

const parts = ['capture', 'attachments', 'annotations', 'devtools'] as const;

const get = route({
  method: 'GET',
  path: '/tickets/:ticket',
  scope: 'read',
  input: z.strictObject({
    include: z
      .string()
      .transform((value) => value.split(',').filter(Boolean))
      .pipe(z.array(z.enum(parts)))
      .default([...parts]),
  }),
  run: ({ db, pictures, actor, params, input: { include } }) => {
    const { ticket } = requireTicket(db, actor, params.ticket!);
    const wants = (part: (typeof parts)[number]) => include.includes(part);
    const captured =
      ticket.has_capture && (wants('capture') || wants('annotations')) && captureOf(db, pictures, ticket.seq);
    const json = withFields(ticketJson(db, ticket.id), {
      capture: captured && wants('capture') ? JSON.stringify(captured.capture) : undefined,
      attachments: wants('attachments') ? JSON.stringify(attachmentsOf(db, pictures, ticket.seq)) : undefined,
      annotations: captured && wants('annotations') ? JSON.stringify(captured.annotations) : undefined,
    });
    const devtools = ticket.has_capture && wants('devtools') ? devtoolsOf(db, ticket.seq) : undefined;
    if (!devtools) return okJson(json);
    return { ...okJson(withFields(json, { devtools: devtools.json })), validates: json + devtools.digest };
  },
});

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
  run: ({ db, actor, params, input }) => createdJson(createTicket(db, actor, params.project!, input)),
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
  run: ({ db, actor, params, input }) => okJson(updateTicket(db, actor, params.ticket!, input)),
});

export const ticketRoutes: Route[] = [search, list, get, create, update];
