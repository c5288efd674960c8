import { mayReach } from '../auth/permissions.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import type { Role } from '../model/role.ts';

export interface Company {
  id: string;
  name: string;
  /** What the actor is in it. */
  role: Role;
}

/** The companies that the actor belongs to and the token isn't kept from. */
export function companiesFor(db: Database, actor: Actor): Company[] {
  return db
    .all<Company>(
      `SELECT c.id, c.name, m.role FROM memberships m JOIN companies c ON c.id = m.company_id
       WHERE m.user_id = ? ORDER BY c.rowid`,
      actor.user.id,
    )
    .filter(
      ({ id, role }) => mayReach(actor, role) && (actor.companies === null || actor.companies.includes(id)),
    )
    .map(({ id, name, role }) => ({ id, name, role }));
}
