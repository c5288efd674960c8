import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import type { Role } from '../model/role.ts';
import type { Scope } from '../model/scopes.ts';

/** What an actor is in the company of a project that they can see. */
export interface ProjectAccess {
  project_id: string;
  company_id: string;
  role: Role;
  read_only: number;
}

/** The users who see a project: all of the company's, or those named where the project is for its members only. */
const seesProject = `
  (p.members_only = 0 OR EXISTS (
    SELECT 1 FROM project_members pm WHERE pm.project_id = p.id AND pm.user_id = m.user_id))`;

const projectAccess = `
  SELECT p.id AS project_id, p.company_id, c.read_only, CASE WHEN ${seesProject} THEN m.role END AS role
  FROM projects p
  JOIN companies c ON c.id = p.company_id
  LEFT JOIN memberships m ON m.company_id = p.company_id AND m.user_id = ?
  WHERE p.id = ?`;

const usersOfProject = `
  SELECT u.id, u.name, u.email, m.role
  FROM projects p
  JOIN memberships m ON m.company_id = p.company_id
  JOIN users u ON u.id = m.user_id
  WHERE p.id = ? AND ${seesProject}
  ORDER BY m.rowid`;

const projectsOfUser = `
  SELECT p.id, p.company_id, p.name, p.url_patterns, m.role
  FROM memberships m
  JOIN projects p ON p.company_id = m.company_id
  WHERE m.user_id = ? AND ${seesProject}
  ORDER BY m.company_id, p.rowid`;

/** Throws `insufficient_scope`, naming the scope that is needed. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (actor.scopes.has(scope)) return;
  throw new ApiError('insufficient_scope', `This needs a token with the scope ${scope}.`, {
    required_scope: scope,
  });
}

/** Throws `project_not_found` for an id that doesn't exist, `forbidden` for a project out of reach. */
export function requireProject(db: Database, actor: Actor, projectId: string): ProjectAccess {
  const found = db.get<Omit<ProjectAccess, 'role'> & { role: Role | null }>(
    projectAccess,
    actor.user.id,
    projectId,
  );
  if (!found) throw new ApiError('project_not_found', 'There is no project with this id.');
  const { role } = found;
  if (role === null) {
    throw new ApiError('forbidden', `${actor.user.name} can't see this project.`);
  }
  requireTokenHolder(actor, role);
  if (!tokenReaches(actor, found.company_id, found.project_id)) {
    throw new ApiError(
      'forbidden',
      "This token is restricted to other companies or projects than this row's.",
    );
  }
  return { ...found, role };
}

/** Throws `company_not_found` for an id that doesn't exist, `forbidden` for a company out of reach. */
export function requireCompany(db: Database, actor: Actor, companyId: string): void {
  const found = db.get<{ role: Role | null }>(
    `SELECT m.role FROM companies c
     LEFT JOIN memberships m ON m.company_id = c.id AND m.user_id = ? WHERE c.id = ?`,
    actor.user.id,
    companyId,
  );
  if (!found) throw new ApiError('company_not_found', 'There is no company with this id.');
  if (found.role === null) throw new ApiError('forbidden', `${actor.user.name} is not in this company.`);
  requireTokenHolder(actor, found.role);
  if (actor.companies && !actor.companies.includes(companyId)) {
    throw new ApiError('forbidden', 'This token is restricted to other companies.');
  }
}

/** Whether the actor may look into a company where their user has this role: viewers hold no tokens. */
export function mayReach(actor: Actor, role: Role): boolean {
  return actor.token === null || role !== 'viewer';
}

function requireTokenHolder(actor: Actor, role: Role): void {
  if (mayReach(actor, role)) return;
  throw new ApiError(
    'forbidden',
    `${actor.user.name} is a viewer in this company now, and viewers hold no tokens: this one reaches it again when the role changes.`,
  );
}

/** Throws `forbidden` for a viewer and `read_only_company` where nobody may write. */
export function requireWriter(access: ProjectAccess): void {
  if (access.role === 'viewer') throw new ApiError('forbidden', 'A viewer can read here, not write.');
  if (access.read_only) {
    throw new ApiError('read_only_company', 'This company is read-only: nothing in it can be changed.');
  }
}

/** Throws `forbidden` when a member is about to edit a ticket that somebody else created. */
export function requireEditor(access: ProjectAccess, actor: Actor, createdBy: string): void {
  if (access.role === 'member' && createdBy !== actor.user.id) {
    throw new ApiError(
      'forbidden',
      'A member edits only tickets they created; an admin or owner can edit this.',
    );
  }
}

export interface ProjectRow {
  role: Role;
  id: string;
  company_id: string;
  name: string;
  url_patterns: string;
}

/** The projects that the actor may see, by company. */
export function projectsFor(db: Database, actor: Actor): ProjectRow[] {
  return db
    .all<ProjectRow>(projectsOfUser, actor.user.id)
    .filter(({ role, company_id, id }) => mayReach(actor, role) && tokenReaches(actor, company_id, id));
}

export interface MemberRow {
  id: string;
  name: string;
  email: string;
  role: Role;
}

/** The people who can see a project. */
export function membersOf(db: Database, projectId: string): MemberRow[] {
  return db.all<MemberRow>(usersOfProject, projectId);
}

function tokenReaches(actor: Actor, companyId: string, projectId: string): boolean {
  return (
    (actor.companies === null || actor.companies.includes(companyId)) &&
    (actor.projects === null || actor.projects.includes(projectId))
  );
}
