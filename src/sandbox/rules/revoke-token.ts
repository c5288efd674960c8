import { parseIds } from '../auth/token-row.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { companiesOf, type TokenEntry, tokenEntry } from '../queries/token-list.ts';
import { record } from './record-activity.ts';

/**
 * Takes a token's power away, from its next request on. Its owner revokes it whole; whoever runs companies takes those
 * out of its reach, and so revokes it whole when nothing is left. One that is revoked stays so. Throws
 * `token_not_found`, and `forbidden` for a token that isn't theirs to revoke.
 */
export function revokeToken(db: Database, by: Actor, id: string): TokenEntry {
  return db.write(() => {
    const { user, label, revoked_at } = tokenEntry(db, by, id);
    const own = user.id === by.user.id;
    const taken = own || revoked_at !== null ? [] : takeOut(db, id, companiesOf(db, by));
    if (revoked_at === null && own) revokeWhole(db, id);
    if (revoked_at === null && (own || taken.length > 0)) {
      record(db, by, new Date().toISOString(), {
        action: 'revoke_token',
        detail: { token_id: id, label, ...(!own && { companies: taken }) },
      });
    }
    return tokenEntry(db, by, id);
  });
}

function revokeWhole(db: Database, id: string): void {
  db.run('UPDATE tokens SET revoked_at = ? WHERE id = ?', new Date().toISOString(), id);
}

/** Returns the names of the companies that the token did reach until now. */
function takeOut(db: Database, id: string, companies: string[]): string[] {
  const reached = db.all<{ id: string; name: string }>(
    `SELECT r.company_id AS id, c.name FROM token_companies r JOIN companies c ON c.id = r.company_id
     WHERE r.token_id = ?`,
    id,
  );
  const taken = reached.filter((company) => companies.includes(company.id));
  if (taken.length === 0) return [];
  const left = reached.filter((company) => !companies.includes(company.id)).map((company) => company.id);
  const token = db.get<{ projects: string | null; withdrawn: string }>(
    'SELECT projects, withdrawn FROM tokens WHERE id = ?',
    id,
  )!;
  const projects = parseIds(token.projects)?.filter((project) =>
    left.includes(
      db.get<{ company_id: string }>('SELECT company_id FROM projects WHERE id = ?', project)?.company_id ??
        '',
    ),
  );
  const withdrawn = new Set([...JSON.parse(token.withdrawn), ...taken.map((company) => company.id)]);
  db.run('UPDATE tokens SET withdrawn = ? WHERE id = ?', JSON.stringify([...withdrawn]), id);
  if (left.length === 0) revokeWhole(db, id);
  else {
    db.run(
      'UPDATE tokens SET companies = ?, projects = ? WHERE id = ?',
      JSON.stringify(left),
      projects ? JSON.stringify(projects) : null,
      id,
    );
  }
  return taken.map(({ name }) => name);
}
