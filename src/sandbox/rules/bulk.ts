import type { Database } from '../db/database.ts';
import { ApiError } from '../model/errors.ts';

export interface BulkResult {
  results: { ticket_id: string; ok: boolean; error?: { code: string; message: string } }[];
}

/** Does the same to one ticket after another; each may fail alone. */
export function eachTicket(db: Database, ids: string[], action: (id: string) => unknown): BulkResult {
  return {
    results: ids.map((id) => {
      try {
        db.write(() => action(id));
        return { ticket_id: id, ok: true };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { ticket_id: id, ok: false, error: { code: error.code, message: error.message } };
      }
    }),
  };
}
