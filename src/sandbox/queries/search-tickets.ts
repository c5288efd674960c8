import type { Database, SqlValue } from '../db/database.ts';
import { parseQuery, ticketOfDocument, ticketsWithWord } from '../db/search-index.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Json } from './json.ts';
import { type Page, pageOf } from './page.ts';
import { type SummaryRow, summaryColumns, type TicketSummary } from './ticket.ts';

export interface SearchFilter {
  query: string;
  /** What the caller filters by, for telling cursors apart. */
  company_id?: string | undefined;
  project_id?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** One way to match; all of the better ones come first, and within one the newest tickets. */
interface Tier {
  from: string;
  /** What is walked, and what is before a ticket in it. The index is walked in the order of its own rowid only. */
  order: 's.rowid' | 't.seq';
  before: '? * 1048576' | '?';
  params: SqlValue[];
}

/** After every ticket. */
const end = 2 ** 42;

/**
 * A page of the tickets that have all the words, best first: the ticket that is named by its id, then those with the
 * words in the title, then those with the words in their own texts, then those with some of them in comments. The order within depends on nothing that other tickets can
 * change, so that cursors stay right.
 */
export function searchTickets(
  db: Database,
  projectIds: string[],
  filter: SearchFilter,
): Page<Json<TicketSummary>> {
  const { limit, cursor } = filter;
  const query = parseQuery(filter.query);
  const list = ['search', query.text, query.archived, filter.company_id ?? null, filter.project_id ?? null];
  const [fromTier, fromSeq] = (cursor === undefined ? [0, 0] : readCursor(db, list, cursor)) as [
    number,
    number,
  ];
  const visible = JSON.stringify(projectIds);
  const archived = query.archived ? '' : 'AND t.archived_at IS NULL';

  const rows: (SummaryRow & { tier: number })[] = [];
  for (const [tier, { from, order, before: place, params }] of tiersFor(query).entries()) {
    if (rows.length > limit) break;
    if (tier < fromTier) continue;
    const before = tier === fromTier && fromSeq > 0 ? fromSeq : end;
    const found = db.all<SummaryRow>(
      `SELECT ${summaryColumns} ${from} AND ${order} < ${place} AND t.is_draft = 0 ${archived}
         AND t.project_id IN (SELECT value FROM json_each(?))
       ORDER BY ${order} DESC LIMIT ?`,
      ...params,
      before,
      visible,
      limit + 1 - rows.length,
    );
    rows.push(...found.map((row) => ({ ...row, tier })));
  }
  return pageOf(
    rows,
    limit,
    ({ json }) => json,
    (last) => writeCursor(db, list, [last.tier, last.seq]),
  );
}

const inIndex = `FROM ticket_search s CROSS JOIN tickets t ON t.seq = s.${ticketOfDocument} WHERE s.ticket_search MATCH ?`;

function tiersFor({ text, archived, match }: ReturnType<typeof parseQuery>): Tier[] {
  const walked = { order: 't.seq', before: '?' } as const;
  if (text === '')
    return archived
      ? [{ from: 'FROM tickets t WHERE t.archived_at IS NOT NULL', ...walked, params: [] }]
      : [];
  if (!match) return [];
  const id = /(?:^|\/)(t-[A-Za-z0-9]{6})$/.exec(text)?.[1];
  const named: Tier[] = id ? [{ from: 'FROM tickets t WHERE t.id = ?', ...walked, params: [id] }] : [];
  const except = id ? ' AND t.id <> ?' : '';
  const exceptId = id ? [id] : [];
  const own = [match.inTitle, match.inTicket].map((expression) => ({
    from: inIndex + except,
    order: 's.rowid' as const,
    before: '? * 1048576' as const,
    params: [expression, ...exceptId],
  }));
  const withAll = match.words.map(() => `t.seq IN (${ticketsWithWord})`).join(' AND ');
  const inComments: Tier = {
    from: `FROM tickets t WHERE ${withAll} AND t.seq NOT IN (${ticketsWithWord})${except}`,
    ...walked,
    params: [...match.words, match.inTicketOrTitle, ...exceptId],
  };
  return [...named, ...own, inComments];
}
