/**
 * Of which tickets an answer says that the branch is recorded, and of which it doesn't: for start_work_on_ticket, whose
 * answer has no row a ticket that would have to be there.
 */
import { isJsonObject } from '../../base/json-object.ts';
import { extraFieldsOf, hasRemark } from '../../toado-api/answers/extra-fields.ts';
import type { ToadoApi } from '../../toado-api/routes/calls.ts';
import type { StartedWork, Ticket } from '../../toado-api/schemas/index.ts';
import { deniesAct, isError } from '../../toado-api/vocabulary/outcome-words.ts';
import { deniesAll, namedBeside } from '../unconfirmed-writes/denials-beside-rows.ts';
import { isDeniedIn } from '../unconfirmed-writes/denials-in-envelope.ts';
import { disagrees } from './bulk-doubts.ts';

interface Asked {
  ticket_ids: readonly string[];
  branch_name?: string | undefined;
}

interface Told {
  /** Of which it says so, and nothing in it says otherwise. */
  recorded: string[];
  others: string[];
  /** Which of them its rows show as archived. */
  archived: unknown[];
  /** What is said casts doubt on all of it: only a look tells. */
  isDoubtful: boolean;
}

export function toldOf(started: StartedWork, { ticket_ids: sent, branch_name: asked }: Asked): Told {
  const {
    branch_name: _branch,
    ticket_ids,
    tickets: denied,
    ...unknown
  } = started as StartedWork & {
    tickets?: unknown;
  };
  const { tickets: rows, results, ...said } = extraFieldsOf(started) ?? {};
  const { started: isStarted, linked, ...others } = { ...said, ...unknown };
  const beside = withoutWork(others);
  const isNotStarted = [isStarted, linked].some((one) => one === false || one === null || one === 0);
  const all = new Set(sent);
  // Their flags, states and branches have been read; a row may deny it in other words.
  const shown = [rows, results].flatMap((list) => (Array.isArray(list) ? list : [])).filter(isJsonObject);
  const denying = shown.filter((row) => disagrees(withoutWork(row), {}));
  const doubted = namedBeside({ ...beside, denied: [denied, denying] }, all);
  const isNamed = (id: string) => !ticket_ids || ticket_ids.includes(id);
  const recorded = sent.filter((id) => isNamed(id) && !doubted.has(id));
  // Beside an answer that shows what was asked, only a no casts doubt.
  const isShown =
    ticket_ids &&
    recorded.length === sent.length &&
    started.branch_name &&
    (!asked || started.branch_name === asked);
  const hasError = isError(beside.error) || isError(beside.errors);
  const isNone = asked !== undefined && started.branch_name === null;
  return {
    recorded,
    others: sent.filter((id) => !recorded.includes(id)),
    archived: shown.filter(({ status }) => status === 'archived').map(({ id, ticket_id }) => id ?? ticket_id),
    isDoubtful:
      doubted.size === 0 &&
      (hasError ||
        isNone ||
        isNotStarted ||
        deniesAct(beside) ||
        // A ticket that is the answer has fields of its own.
        (!('title' in beside) && isDeniedIn(beside)) ||
        (!isShown && hasRemark(beside)) ||
        deniesAll(beside, {}, all)),
  };
}

/** Nothing is to be moved or made, and how far the work is says nothing of the call. */
function withoutWork({ moved: _moved, created: _created, ...beside }: Record<string, unknown>) {
  const ofWork = ([name, value]: [string, unknown]) =>
    /^(status|state)$/.test(name) && /^(started|linked|in[_ -]?progress|todo)$/i.test(String(value));
  return Object.fromEntries(Object.entries(beside).filter((one) => !ofWork(one)));
}

/** More tickets are not looked at one by one. */
const MAX_LOOKS = 3;

interface Seen {
  tickets: Ticket[];
  /** Which of them show the branch, and which show another one or none. */
  yes: string[];
  no: string[];
}

/** What the first of the tickets show. */
export async function branchesNow(api: ToadoApi, { ticket_ids, branch_name }: Asked): Promise<Seen> {
  const seen: Seen = { tickets: [], yes: [], no: [] };
  for (const ticket_id of ticket_ids.slice(0, MAX_LOOKS)) {
    const ticket = await api.getTicket({ ticket_id, include: ['capture'] });
    const { id = ticket_id, branch_name: its } = ticket;
    if (its === undefined || id !== ticket_id) continue;
    seen.tickets.push({ ...ticket, id });
    const isIt = branch_name ? its === branch_name : !!its;
    (isIt ? seen.yes : seen.no).push(ticket_id);
  }
  return seen;
}
