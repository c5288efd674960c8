/**
 * What the tools that set a state of one ticket have alike. "Archived." is said only above a row that is the ticket's
 * and doesn't show the opposite; where Toado's answer is another one, one read decides. A row that doesn't tell is no
 * evidence of anything.
 */
import type { Answer } from '../../respond/answer.ts';
import type { Accepted } from '../../toado-api/answers/accepted-without-row.ts';
import type { Ticket } from '../../toado-api/schemas/index.ts';
import { ticketWritten, type Wrote } from '../../views/ticket.ts';
import type { Confirmation, SentWrite, ToolCall } from '../definition/define-tool.ts';
import { NOT_KNOWN } from '../unconfirmed-writes/confirm-write.ts';
import { isContradictedBeside, isDeniedBeside } from '../unconfirmed-writes/contradicted-success.ts';
import { hasRemarkBeside, otherRow, readAfter } from '../unconfirmed-writes/read-back.ts';

interface StateOf<Input> extends Wrote {
  /** Whether the ticket is as asked; undefined where it doesn't say. */
  isAsAsked: (ticket: Ticket, input: Input) => boolean | undefined;
  /** Whether a row shows the opposite of what was asked; where `isAsAsked` says no, by default. */
  isOpposite?: (ticket: Ticket, input: Input) => boolean;
  /** Whether a row shows something of it that isn't understood; never, by default. */
  isUnclear?: (ticket: Ticket) => boolean;
  /** What a look shows, in our own words. */
  yes: string;
  no: string;
  /** A look that tells more than the ticket does. */
  confirm?: (call: ToolCall<Input>, sent: SentWrite, ticket: Ticket) => Promise<Confirmation>;
  /** What is to be said of what was asked, whatever became of it. */
  remark?: (input: Input, ticket: Ticket) => string | undefined;
}

const NOT_TOLD = 'A look afterwards did not tell.';
const NOT_SHOWN =
  'Toado answered as if this was done, but the ticket does not show it. It may take a moment: look before doing it again.';

/** The parts of a tool that writes one ticket: how it runs, and what can be told where its answer says too little. */
export function ticketWrite<Input extends { ticket_id: string }>(
  { isAsAsked, isOpposite, isUnclear = () => false, yes, no, confirm, remark, ...wrote }: StateOf<Input>,
  send: (call: ToolCall<Input>) => Promise<Ticket>,
) {
  const answer = (ticket: Ticket, { session, input }: ToolCall<Input>, did: string): Answer => {
    const written = ticketWritten(ticket, session, { ...wrote, did });
    const note = remark?.(input, ticket);
    return note ? { ...written, notes: [...(written.notes ?? []), note] } : written;
  };
  const denies = (ticket: Ticket, input: Input) =>
    isOpposite ? isOpposite(ticket, input) : isAsAsked(ticket, input) === false;
  const read = ({ api, input }: ToolCall<Input>) =>
    api.getTicket({ ticket_id: input.ticket_id, include: ['capture'] });
  return {
    async run(call: ToolCall<Input>): Promise<Answer> {
      const ticket = await send(call);
      if (isOther(ticket, call.input)) throw otherRow();
      if (denies(ticket, call.input)) throw otherRow(ticket);
      // Without an id, what shows nothing of what was asked may be no ticket at all.
      const isDoubtful = () =>
        ticket.id === undefined || isUnclear(ticket) || hasRemarkBeside(ticket) || isDeniedBeside(ticket);
      const isShown = isAsAsked(ticket, call.input) === true;
      // What was refused may be shown as it would have been.
      if (isShown ? isContradictedBeside(ticket) : isDoubtful()) throw otherRow(ticket);
      return answer(ticket, call, wrote.did);
    },
    async row(call: ToolCall<Input>, accepted: Accepted): Promise<Answer | undefined> {
      const ticket = await read(call);
      ticket.id ??= call.input.ticket_id;
      if (isOther(ticket, call.input)) return undefined;
      const did = readAfter(accepted, 'the ticket');
      if (!denies(ticket, call.input)) return answer(ticket, call, did);
      // A 2xx means done, though it may not show yet; but nothing is claimed that its own row denied.
      return answer(ticket, call, accepted.status === undefined ? `${NOT_SHOWN} ${no}` : `${did} ${no}`);
    },
    async confirmWrite(call: ToolCall<Input>, sent: SentWrite): Promise<Confirmation> {
      const ticket = await read(call);
      if (isOther(ticket, call.input)) return { seen: NOT_TOLD };
      const isIt = isAsAsked(ticket, call.input);
      if (isIt === undefined) return { seen: NOT_TOLD };
      if (!isIt) return { seen: no, isUnchanged: sent.isUntouched(ticket) };
      if (!confirm) return { seen: yes, answer: answer(ticket, call, `${yes} ${NOT_KNOWN}`) };
      return confirm(call, sent, ticket);
    },
  };
}

/** A row of another ticket says nothing of the one that was asked about. */
function isOther({ id }: Ticket, { ticket_id }: { ticket_id: string }): boolean {
  return typeof id === 'string' && id !== ticket_id;
}

/** Whether it is archived; undefined where it doesn't say. */
export function isArchived({ status, archived_at }: Ticket): boolean | undefined {
  if (status === 'archived') return true;
  if (status === 'active') return false;
  return archived_at ? true : undefined;
}

/** It has a status, and none of those. */
export function hasOtherStatus(ticket: Ticket): boolean {
  return typeof ticket.status === 'string' && isArchived(ticket) === undefined;
}

/** What is to be said of such a ticket. */
export function otherStatusNote(_input: unknown, ticket: Ticket): string | undefined {
  return hasOtherStatus(ticket)
    ? 'Toado shows a status that is neither active nor archived: look at it with get_ticket.'
    : undefined;
}

/** Whether somebody is assigned; undefined where the ticket doesn't say who is. */
export function isAssigned({ assignees }: Ticket, user_id: string): boolean | undefined {
  if (!assignees) return undefined;
  if (assignees.some(({ id }) => id === user_id)) return true;
  // Somebody without an id may be anybody.
  return assignees.every(({ id }) => typeof id === 'string') ? false : undefined;
}
