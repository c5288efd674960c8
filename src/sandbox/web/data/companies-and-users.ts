import { projectsFor } from '../../auth/permissions.ts';
import type { Database } from '../../db/database.ts';
import type { Actor } from '../../model/actor.ts';
import type { Role } from '../../model/role.ts';
import { companiesFor } from '../../queries/companies.ts';

export interface CompanyWithProjects {
  id: string;
  name: string;
  role: Role;
  projects: { id: string; name: string }[];
}

/** What the person may look at, for switching between it. */
export function companiesWithProjects(db: Database, person: Actor): CompanyWithProjects[] {
  const projects = projectsFor(db, person);
  return companiesFor(db, person).map((company) => ({
    ...company,
    projects: projects
      .filter(({ company_id }) => company_id === company.id)
      .map(({ id, name }) => ({ id, name })),
  }));
}

export interface User {
  id: string;
  name: string;
}

export function usersOf(db: Database): User[] {
  return db.all<User>('SELECT id, name FROM users ORDER BY rowid').map(({ id, name }) => ({ id, name }));
}
