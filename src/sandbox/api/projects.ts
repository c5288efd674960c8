import * as z from 'zod';
import { membersOf, projectsFor, requireCompany, requireProject } from '../auth/permissions.ts';
import { columnsOf } from '../queries/board.ts';
import { companiesFor } from '../queries/companies.ts';
import { id } from '../rules/input.ts';
import { ok, type Route, route } from './route.ts';

const listCompanies = route({
  method: 'GET',
  path: '/companies',
  scope: 'read',
  run: ({ db, actor }) => ok(companiesFor(db, actor)),
});

const listProjects = route({
  method: 'GET',
  path: '/projects',
  scope: 'read',
  input: z.strictObject({ company_id: id.optional() }),
  run: ({ db, actor, input: { company_id } }) => {
    if (company_id !== undefined) requireCompany(db, actor, company_id);
    return ok(
      projectsFor(db, actor)
        .filter((project) => company_id === undefined || project.company_id === company_id)
        .map(({ id, company_id, name, url_patterns }) => ({
          id,
          company_id,
          name,
          url_patterns: JSON.parse(url_patterns),
        })),
    );
  },
});

const listColumns = route({
  method: 'GET',
  path: '/projects/:project/columns',
  scope: 'read',
  run: ({ db, actor, params }) => {
    const { project_id } = requireProject(db, actor, params.project!);
    return ok(columnsOf(db, project_id).map(({ id, name, position }) => ({ id, name, order: position })));
  },
});

const listMembers = route({
  method: 'GET',
  path: '/projects/:project/members',
  scope: 'read',
  run: ({ db, actor, params }) => {
    const { project_id } = requireProject(db, actor, params.project!);
    return ok(membersOf(db, project_id).map(({ id, name, email, role }) => ({ id, name, email, role })));
  },
});

export const projectRoutes: Route[] = [listCompanies, listProjects, listColumns, listMembers];
