import * as z from 'zod';
import { requireCompany, requireProject } from '../auth/permissions.ts';
import { requirePerson } from '../auth/person.ts';
import { hashToken, newTokenText, randomText } from '../auth/token-hash.ts';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import type { Role } from '../model/role.ts';
import { scopeOf, scopes } from '../model/scopes.ts';
import { type TokenEntry, tokenEntry } from '../queries/token-list.ts';
import { futureTime, id, parseInput, text } from './input.ts';
import { record } from './record-activity.ts';
import { MAX_LENGTH } from './text-lengths.ts';

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
      throw new ApiError(
        'validation_error',
        `scopes: there is no scope ${JSON.stringify(scope)}. There are: ${scopes.join(', ')}.`,
      );
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
  return { token, entry: tokenEntry(db, owner, tokenId) };
}

const newToken = z.strictObject({
  label: text(1, MAX_LENGTH.tokenLabel),
  scopes: z.array(z.string()).min(1, 'name at least one'),
  companies: z.array(id).min(1).nullish(),
  projects: z.array(id).min(1).nullish(),
  expires_at: futureTime.optional(),
  user_id: id.optional(),
});

/**
 * `createToken` for input as it comes from outside: a NewToken, and in `user_id` whose it is (the sandbox's first
 * owner by default). Throws `validation_error` and `user_not_found` too.
 */
export function createTokenFor(db: Database, request: unknown): { token: string; entry: TokenEntry } {
  const { user_id, ...input } = parseInput(newToken, request);
  return createToken(db, requirePerson(db, user_id), input);
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
