/** What of a ticket's fields a row shows otherwise than they were sent. What it doesn't show is no evidence of anything. */
import type { Ticket } from '../../toado-api/schemas/index.ts';
import { hasSameWords } from '../unconfirmed-writes/same-text.ts';

const OTHER_WORDS =
  'The description that Toado shows is not in the words that were sent: compare with get_ticket.';
const NO_DESCRIPTION =
  'Toado shows no description, though one was sent: look with get_ticket before sending it again.';
const NOT_CLEARED = 'Toado shows a description still, though it should be cleared: look with get_ticket.';

export function descriptionNote(
  sent: string | undefined,
  shown: string | null | undefined,
): string | undefined {
  if (sent === undefined || shown === undefined) return undefined;
  if (isBlank(sent)) return isBlank(shown) ? undefined : NOT_CLEARED;
  if (isBlank(shown)) return NO_DESCRIPTION;
  return hasSameWords(shown!, sent) ? undefined : OTHER_WORDS;
}

function isBlank(text: string | null): boolean {
  return !text?.trim();
}

const OTHER_PROJECT = 'Toado put it into another project than the one that was asked for (project_id).';
const OTHER_COLUMN = 'Toado put it into another column than the one that was asked for (column_id).';
const NO_PAGE = 'Toado shows no source_url, though one was sent.';
const OTHER_PAGE = 'Toado shows another source_url than the one that was sent.';
const NOT_ACTIVE = 'Toado shows it with another status than active: boards and searches may leave it out.';
const A_DRAFT = 'Toado shows it as a draft: boards and searches may leave it out.';
const RESOLVED = 'Toado shows it as resolved, which was not asked for.';

interface NewTicket {
  project_id: string;
  description?: string | undefined;
  column_id?: string | undefined;
  source_url?: string | undefined;
}

/** What is to be said of a new ticket that isn't as it was asked for. */
export function creationNotes(sent: NewTicket, shown: Ticket): string[] {
  const { project_id, column_id, source_url, status, archived_at, is_draft, resolved } = shown;
  const notes: [isSo: unknown, note: string][] = [
    [project_id && project_id !== sent.project_id, OTHER_PROJECT],
    [sent.column_id && column_id && column_id !== sent.column_id, OTHER_COLUMN],
    [sent.source_url && source_url !== undefined && !source_url, NO_PAGE],
    [sent.source_url && source_url && !isSameAddress(source_url, sent.source_url), OTHER_PAGE],
    [(status && status !== 'active') || archived_at, NOT_ACTIVE],
    [is_draft, A_DRAFT],
    [resolved, RESOLVED],
  ];
  const description = descriptionNote(sent.description || undefined, shown.description);
  return [...(description ? [description] : []), ...notes.filter(([isSo]) => isSo).map(([, note]) => note)];
}

function isSameAddress(one: string, other: string): boolean {
  const plain = (address: string) =>
    (URL.canParse(address) ? new URL(address).href : address.trim()).replace(/\/$/, '');
  return plain(one) === plain(other);
}
