import * as z from 'zod';
import type { Database } from '../db/database.ts';
import type { Actor } from '../model/actor.ts';
import { ApiError } from '../model/errors.ts';
import type { Role } from '../model/role.ts';
import { record } from './record-activity.ts';

/** How many requests a minute each token may make in a company. */
export interface CompanyLimits {
  company_id: string;
  name: string;
  reads_per_minute: number;
  writes_per_minute: number;
  /** Whether the reader may set them. */
  may_set: boolean;
}

const perMinute = z.int().min(1).max(100_000);

export const limitsInput = z
  .strictObject({ reads_per_minute: perMinute.optional(), writes_per_minute: perMinute.optional() })
  .refine(
    ({ reads_per_minute, writes_per_minute }) => (reads_per_minute ?? writes_per_minute) !== undefined,
    'name at least one of reads_per_minute, writes_per_minute',
  );

/** The limits of the companies that somebody is in. */
export function limitsOf(db: Database, reader: Actor): CompanyLimits[] {
  return db
    .all<Omit<CompanyLimits, 'may_set'> & { role: Role }>(
      `SELECT c.id AS company_id, c.name, c.reads_per_minute, c.writes_per_minute, m.role
       FROM memberships m JOIN companies c ON c.id = m.company_id WHERE m.user_id = ? ORDER BY c.rowid`,
      reader.user.id,
    )
    .map(({ role, ...limits }) => ({ ...limits, may_set: role === 'owner' }));
}

/** A company's limits, for whoever may set them. Throws `company_not_found`, and `forbidden` for anybody but its owners. */
export function requireLimits(db: Database, by: Actor, companyId: string): CompanyLimits {
  if (!db.get('SELECT 1 FROM companies WHERE id = ?', companyId)) {
    throw new ApiError('company_not_found', 'There is no company with this id.');
  }
  const limits = limitsOf(db, by).find(({ company_id }) => company_id === companyId);
  if (limits?.may_set) return limits;
  throw new ApiError(
    'forbidden',
    `Only an owner of the company sets its limits, and ${by.user.name} is none.`,
  );
}

/**
 * Sets a company's limits; they hold from each token's next request on. Nothing is written when nothing differs.
 * Throws as `requireLimits`.
 */
export function setLimits(
  db: Database,
  by: Actor,
  companyId: string,
  wanted: z.output<typeof limitsInput>,
): CompanyLimits {
  return db.write(() => {
    const before = requireLimits(db, by, companyId);
    const { reads_per_minute = before.reads_per_minute, writes_per_minute = before.writes_per_minute } =
      wanted;
    if (reads_per_minute === before.reads_per_minute && writes_per_minute === before.writes_per_minute)
      return before;
    db.run(
      'UPDATE companies SET reads_per_minute = ?, writes_per_minute = ? WHERE id = ?',
      reads_per_minute,
      writes_per_minute,
      companyId,
    );
    record(db, by, new Date().toISOString(), {
      action: 'set_limits',
      detail: { company_id: companyId, reads_per_minute, writes_per_minute },
    });
    return { ...before, reads_per_minute, writes_per_minute };
  });
}
