import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError, SandboxError } from '../model/errors.ts';
import { scopes } from '../model/scopes.ts';

/**
 * The person at this machine, who may do what their role permits. Without an id: the first owner of a company.
 * Undefined when there is no such user.
 */
export function findPerson(db: Database, userId?: string): Actor | undefined {
  const user = db.get<{ id: string; name: string }>(
    userId === undefined
      ? `SELECT u.id, u.name FROM memberships m JOIN users u ON u.id = m.user_id
         WHERE m.role = 'owner' ORDER BY m.rowid LIMIT 1`
      : 'SELECT id, name FROM users WHERE id = ?',
    ...(userId === undefined ? [] : [userId]),
  );
  if (!user) return undefined;
  return {
    user: { id: user.id, name: user.name },
    token: null,
    via: 'web',
    scopes: new Set(scopes),
    companies: null,
    projects: null,
  };
}

/** The person who uses the terminal or the browser when nobody said who it is. */
export function localPerson(db: Database): Actor {
  const person = findPerson(db);
  if (!person) throw new SandboxError('This sandbox has no owner: start it with --reset to begin anew.');
  return person;
}

/** Who is named, or else the local person. Throws `user_not_found`. */
export function requirePerson(db: Database, userId: string | undefined): Actor {
  const person = userId === undefined ? localPerson(db) : findPerson(db, userId);
  if (!person) throw new ApiError('user_not_found', 'There is no user with this id.');
  return person;
}
