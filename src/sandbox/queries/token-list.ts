import { type Budget, currentBudget } from '../auth/rate-limiter.ts';
import { parseIds, stateOf, type TokenRow, type TokenState } from '../auth/token-row.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import { type ActivityEntry, type ActivityPage, activityOfToken } from './activity.ts';
import { lastUsed } from './last-used.ts';
import type { Page } from './page.ts';

/** A token as a list shows it: everything but its text, which nobody knows any more. */
export interface TokenEntry {
  id: string;
  label: string;
  user: { id: string; name: string };
  scopes: string[];
  /** Null: all of its owner's. To others than the owner, of a list only what lies in the companies that they run. */
  companies: string[] | null;
  projects: string[] | null;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  state: TokenState;
  /** The last request that was counted. */
  last_used_at: string | null;
  limits: { read: Budget; write: Budget };
}

/** The companies that somebody runs, as an owner or admin: there they see and revoke everybody's tokens. */
const companiesRunBy = `SELECT company_id FROM memberships WHERE user_id = ?1 AND role IN ('owner', 'admin')`;

/** A token is seen by its owner and by those who run a company that it reaches, or did until one of them took it out. */
const seen = `
  (h.user_id = ?1
    OR EXISTS (SELECT 1 FROM token_companies r WHERE r.token_id = h.id AND r.company_id IN (${companiesRunBy}))
    OR EXISTS (SELECT 1 FROM json_each(h.withdrawn) w WHERE w.value IN (${companiesRunBy})))`;

/** The tokens that somebody may see, the newest first; those that no longer work, too. */
export function listTokens(db: Database, reader: Actor): TokenEntry[] {
  return db
    .all<TokenRow>(`SELECT h.* FROM token_holders h WHERE ${seen} ORDER BY h.seq DESC`, reader.user.id)
    .map((row) => toEntry(db, reader, row));
}

/** Throws `token_not_found`, and `forbidden` for a token that isn't the reader's to see. */
export function tokenEntry(db: Database, reader: Actor, id: string): TokenEntry {
  if (!seesToken(db, reader, id)) {
    if (!db.get('SELECT 1 FROM tokens WHERE id = ?', id)) {
      throw new ApiError('token_not_found', 'There is no token with this id.');
    }
    throw new ApiError(
      'forbidden',
      `This token is somebody else's and reaches no company that ${reader.user.name} runs as an owner or admin.`,
    );
  }
  return toEntry(db, reader, db.get<TokenRow>('SELECT * FROM token_holders WHERE id = ?', id)!);
}

export function seesToken(db: Database, reader: Actor, id: string): boolean {
  return (
    db.get(`SELECT 1 FROM token_holders h WHERE ${seen} AND h.id = ?2`, reader.user.id, id) !== undefined
  );
}

/** The rows that a token wrote, newest first: to its owner all, to others those in companies that they run. */
export function tokenActivity(
  db: Database,
  reader: Actor,
  id: string,
  page: ActivityPage,
): Page<ActivityEntry> {
  const own = tokenEntry(db, reader, id).user.id === reader.user.id;
  return activityOfToken(db, reader, id, page, own ? undefined : companiesOf(db, reader));
}

/** Ids of the companies that somebody runs. */
export function companiesOf(db: Database, { user }: Actor): string[] {
  return db.all<{ company_id: string }>(companiesRunBy, user.id).map(({ company_id }) => company_id);
}

function toEntry(db: Database, reader: Actor, row: TokenRow): TokenEntry {
  const own = row.user_id === reader.user.id;
  return {
    id: row.id,
    label: row.label,
    user: { id: row.user_id, name: row.user_name },
    scopes: JSON.parse(row.scopes),
    companies: own ? parseIds(row.companies) : withinRun(db, reader, 'companies', row.companies),
    projects: own ? parseIds(row.projects) : withinRun(db, reader, 'projects', row.projects),
    created_at: row.created_at,
    expires_at: row.expires_at,
    revoked_at: row.revoked_at,
    state:
      row.revoked_at !== null || own || reachesAny(db, row.id, companiesOf(db, reader))
        ? stateOf(row)
        : 'withdrawn',
    last_used_at: lastUsed(db, row.id),
    limits: {
      read: currentBudget(db, row.id, 'read', row.reads_per_minute),
      write: currentBudget(db, row.id, 'write', row.writes_per_minute),
    },
  };
}

/** Of a restriction, what concerns somebody who runs some companies. */
function withinRun(
  db: Database,
  reader: Actor,
  kind: 'companies' | 'projects',
  json: string | null,
): string[] | null {
  const ids = parseIds(json);
  if (ids === null) return null;
  const run = companiesOf(db, reader);
  if (kind === 'companies') return ids.filter((id) => run.includes(id));
  return ids.filter((id) => {
    const project = db.get<{ company_id: string }>('SELECT company_id FROM projects WHERE id = ?', id);
    return project !== undefined && run.includes(project.company_id);
  });
}

function reachesAny(db: Database, tokenId: string, companies: string[]): boolean {
  return db
    .all<{ company_id: string }>('SELECT company_id FROM token_companies WHERE token_id = ?', tokenId)
    .some(({ company_id }) => companies.includes(company_id));
}
