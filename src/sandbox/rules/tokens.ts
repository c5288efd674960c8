import * as z from 'zod';
import { requireCompany, requireProject } from '../auth/access.ts';
import { type Budget, peek } from '../auth/limits.ts';
import { findPerson, localPerson } from '../auth/person.ts';
import { hashToken, newTokenText, randomText } from '../auth/token-hash.ts';
import { parseIds, type TokenRow } from '../auth/token-row.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import type { Role } from '../model/role.ts';
import { scopeOf } from '../model/scopes.ts';
import { type ActivityEntry, type ActivityPage, activityOfToken } from '../queries/activity.ts';
import type { Page } from '../queries/page.ts';
import { id, parseInput, text } from './input.ts';
import { record } from './record.ts';

/** A token as a list shows it: everything but its text, which nobody knows any more. */
export interface TokenEntry {
  id: string;
  label: string;
  user: { id: string; name: string };
  scopes: string[];
  companies: string[] | null;
  projects: string[] | null;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  /** The last request that was counted. */
  last_used_at: string | null;
  limits: { read: Budget; write: Budget };
}

export interface NewToken {
  label: string;
  /** In either spelling. */
  scopes: string[];
  /** Absent: all of the owner's. */
  companies?: string[] | null | undefined;
  /** Absent: all in those companies. */
  projects?: string[] | null | undefined;
  /** ISO 8601 UTC; absent: never. */
  expires_at?: string | undefined;
}

/**
 * Makes a token for `owner`; its text is in this answer and nowhere else. Throws `validation_error` for scopes that
 * don't exist or restrictions that contradict each other, `company_not_found`, `project_not_found`, and `forbidden`
 * where the owner is a viewer or doesn't belong.
 */
export function createToken(
  db: Database,
  owner: Actor,
  input: NewToken,
): { token: string; entry: TokenEntry } {
  for (const scope of input.scopes) {
    if (!scopeOf(scope)) {
      throw new ApiError('validation_error', `scopes: there is no scope ${JSON.stringify(scope)}.`);
    }
  }
  const { companies, projects } = restrictionsFor(db, owner, input);
  const token = newTokenText();
  const tokenId = `tkn_${randomText(12)}`;
  const at = new Date().toISOString();
  db.write(() => {
    db.run(
      `INSERT INTO tokens (id, hash, label, user_id, scopes, companies, projects, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      tokenId,
      hashToken(token),
      input.label,
      owner.user.id,
      JSON.stringify([...new Set(input.scopes)]),
      companies && JSON.stringify(companies),
      projects && JSON.stringify(projects),
      at,
      input.expires_at ?? null,
    );
    record(db, owner, at, { action: 'create_token', detail: { token_id: tokenId, label: input.label } });
  });
  return { token, entry: tokenById(db, tokenId) };
}

const newToken = z.strictObject({
  label: text(1, 100),
  scopes: z.array(z.string()).min(1, 'name at least one'),
  companies: z.array(id).min(1).nullish(),
  projects: z.array(id).min(1).nullish(),
  expires_at: z.iso
    .datetime({ offset: true })
    .transform((time) => new Date(time).toISOString())
    .refine((time) => time > new Date().toISOString(), 'must be in the future')
    .optional(),
  user_id: id.optional(),
});

/**
 * `createToken` for input as it comes from outside: a NewToken, and in `user_id` whose it is (the sandbox's first
 * owner by default). Throws `validation_error` and `user_not_found` too.
 */
export function createTokenFor(db: Database, request: unknown): { token: string; entry: TokenEntry } {
  const { user_id, ...input } = parseInput(newToken, request);
  const owner = user_id === undefined ? localPerson(db) : findPerson(db, user_id);
  if (!owner) throw new ApiError('user_not_found', 'There is no user with this id.');
  return createToken(db, owner, input);
}

/** Takes a token's power away, from its next request on. Throws `token_not_found`; one that is revoked stays so. */
export function revokeToken(db: Database, by: Actor, id: string): TokenEntry {
  const at = new Date().toISOString();
  db.write(() => {
    const { label } = tokenById(db, id);
    if (db.run('UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', at, id)) {
      record(db, by, at, { action: 'revoke_token', detail: { token_id: id, label } });
    }
  });
  return tokenById(db, id);
}

/** All tokens, the newest first, the revoked ones too. */
export function listTokens(db: Database): TokenEntry[] {
  return db
    .all<TokenRow>('SELECT * FROM token_holders ORDER BY created_at DESC, id')
    .map((row) => toEntry(db, row));
}

/** Throws `token_not_found`. */
export function tokenById(db: Database, id: string): TokenEntry {
  const row = db.get<TokenRow>('SELECT * FROM token_holders WHERE id = ?', id);
  if (!row) throw new ApiError('token_not_found', 'There is no token with this id.');
  return toEntry(db, row);
}

/** Every row that a token wrote, newest first. Throws `token_not_found`. */
export function tokenActivity(db: Database, id: string, page: ActivityPage): Page<ActivityEntry> {
  tokenById(db, id);
  return activityOfToken(db, id, page);
}

/** The restrictions as they are kept: projects always come with the companies that they are in. */
function restrictionsFor(
  db: Database,
  owner: Actor,
  input: NewToken,
): { companies: string[] | null; projects: string[] | null } {
  const found = input.projects?.map((project) => requireProject(db, owner, project));
  for (const company of input.companies ?? []) requireCompany(db, owner, company);
  const companies = input.companies ?? found?.map(({ company_id }) => company_id);
  const stray = found?.find(({ company_id }) => !companies?.includes(company_id));
  if (stray) {
    throw new ApiError(
      'validation_error',
      `projects: ${stray.project_id} is not in the companies that the token is limited to.`,
    );
  }
  requireMoreThanViewer(db, owner, companies);
  return {
    companies: companies ? [...new Set(companies)] : null,
    projects: input.projects ? [...new Set(input.projects)] : null,
  };
}

/** Viewers hold no tokens: in each named company, or for a token without restriction in some company, one must be more. */
function requireMoreThanViewer(db: Database, owner: Actor, companies: string[] | null | undefined): void {
  const roles = new Map(
    db
      .all<{ company_id: string; role: Role }>(
        'SELECT company_id, role FROM memberships WHERE user_id = ?',
        owner.user.id,
      )
      .map(({ company_id, role }) => [company_id, role]),
  );
  const permitted = companies
    ? companies.every((company) => roles.get(company) !== 'viewer')
    : [...roles.values()].some((role) => role !== 'viewer');
  if (!permitted) throw new ApiError('forbidden', `${owner.user.name} is a viewer: viewers hold no tokens.`);
}

function toEntry(db: Database, row: TokenRow): TokenEntry {
  const lastUsed = db.get<{ at: number | null }>(
    'SELECT max(at) AS at FROM budgets WHERE token_id = ?',
    row.id,
  )!.at;
  return {
    id: row.id,
    label: row.label,
    user: { id: row.user_id, name: row.user_name },
    scopes: JSON.parse(row.scopes),
    companies: parseIds(row.companies),
    projects: parseIds(row.projects),
    created_at: row.created_at,
    expires_at: row.expires_at,
    revoked_at: row.revoked_at,
    last_used_at: lastUsed === null ? null : new Date(lastUsed).toISOString(),
    limits: {
      read: peek(db, row.id, 'read', row.reads_per_minute),
      write: peek(db, row.id, 'write', row.writes_per_minute),
    },
  };
}
