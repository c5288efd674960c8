/** Which ticket each row of a bulk answer is about. */
import { snakeCase } from '../../base/letter-case.ts';
import { isTicketId } from '../../toado-api/vocabulary/ids.ts';
import { pathOf } from '../arguments/written-ids.ts';
import { idsIn, MAX_DEPTH } from '../unconfirmed-writes/ids-in-text.ts';

/** Where in what was sent its ticket stands. */
const INDEX = /^(index|idx|i|row|row_number|line|item_index)$/;
/** The same, or where the ticket stands in its column: rows that come in another order tell nothing then. */
const POSITION = /^(position|place|at|seq|nr|no|number)$/;

/**
 * Which of the tickets that were sent each row is about: by the id or the page's address that stands
 * anywhere in it, or where no row names one by its place, which none contradicts.
 * @param ids in the order in which they were sent.
 * @param sent the same.
 */
export function ticketsOf(
  rows: readonly Record<string, unknown>[],
  ids: readonly string[],
  sent: ReadonlySet<string>,
): (string | undefined)[] {
  const named = rows.map((row) => ticketOf(row, sent));
  const areUnnamed =
    rows.length === ids.length && rows.every((row, at) => !namesTicket(row) && named[at]!.size === 0);
  if (!areUnnamed) return named.map((found) => (found.size === 1 ? [...found][0] : undefined));
  const places = placesOf(rows);
  return rows.map((_, at) => (places ? ids[places[at]!] : undefined));
}

/** Whether it is about a certain ticket, also one that was not sent: by its id, or the address of its page. */
function namesTicket({ ticket_id, url, href, self }: Record<string, unknown>): boolean {
  const addresses = [url, href, self].filter((one) => typeof one === 'string');
  return !!ticket_id || addresses.some((one) => pathOf(one).at(-2) === 'tickets');
}

/** The tickets that a row names; what says how it fared may name others. */
function ticketOf(row: Record<string, unknown>, sent: ReadonlySet<string>): Set<string> {
  const { ticket_id } = row;
  if (typeof ticket_id === 'string' && ticket_id !== '') {
    const id = sent.has(ticket_id) ? ticket_id : pathOf(ticket_id).at(-1);
    if (id !== undefined && sent.has(id)) return new Set([id]);
    // A row may have an id of its own.
    if (isTicketId(id ?? ticket_id)) return new Set();
  }
  const found = new Set<string>();
  const search = (value: unknown, depth: number): void => {
    if (typeof value === 'string') {
      for (const id of idsIn(value, sent)) found.add(id);
    } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH)
      for (const inner of Object.values(value)) search(inner, depth + 1);
  };
  search(row, 0);
  return found;
}

function isPlace(name: string): boolean {
  return INDEX.test(name) || POSITION.test(name);
}

/** Where each row stands among those that were sent: as it says, counted from 0 or 1, or as it came where none says. */
function placesOf(rows: readonly Record<string, unknown>[]): number[] | undefined {
  const names = new Set(rows.flatMap((row) => Object.keys(row).filter((name) => isPlace(snakeCase(name)))));
  let places: number[] | undefined;
  for (const name of names) {
    const said = rows.map((row) => Number(row[name] ?? Number.NaN));
    const first = Math.min(...said);
    const sorted = [...said].sort((one, other) => one - other);
    if ((first !== 0 && first !== 1) || !sorted.every((place, at) => place === first + at)) return undefined;
    const these = said.map((place) => place - first);
    if (POSITION.test(snakeCase(name)) && these.some((place, at) => place !== at)) return undefined;
    if (places?.some((place, at) => place !== these[at])) return undefined;
    places = these;
  }
  return places ?? rows.map((_, at) => at);
}
