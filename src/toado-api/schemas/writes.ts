/** What writes answer beside a ticket or a comment. */
import { flag, type Read, reference, text } from '../scalar-readers.ts';
import { list, shape } from '../tolerant-schema.ts';
import { fromId } from './common.ts';

export const startedWork = shape(
  'started_work',
  { branch_name: text, ticket_ids: list(reference) },
  { also: { branch_name: ['branch', 'git_branch', 'name'], ticket_ids: ['tickets', 'ids'] } },
);

export const bulkError = shape(
  'bulk_error',
  { code: text, message: text },
  {
    also: { code: ['type', 'error_code'], message: ['detail', 'title', 'reason'] },
    from: (value) => (typeof value === 'string' ? { message: value } : undefined),
  },
);
/** One ticket of a bulk answer. */
export const bulkRow = shape(
  'bulk_row',
  { ticket_id: reference, ok: flag, error: bulkError },
  {
    also: { ticket_id: ['id', 'ticket'], ok: ['success', 'succeeded', 'done'], error: ['reason'] },
    from: fromId,
    gather: (data) => {
      if (data.ok !== undefined) return;
      const status = data.status ?? data.result;
      if (typeof status === 'number') data.ok = status >= 200 && status < 300;
      else if (
        typeof status === 'string' &&
        /^(ok|success|succeeded|done|moved|assigned|unassigned|updated)$/i.test(status)
      )
        data.ok = true;
      else if (typeof status === 'string' && /^(error|failed|failure|rejected)$/i.test(status))
        data.ok = false;
      else if (data.error !== undefined && data.error !== null) data.ok = false;
    },
  },
);

export type BulkRow = Read<typeof bulkRow>;
export type StartedWork = Read<typeof startedWork>;
