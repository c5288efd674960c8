/** Checks against what the database holds at the end, and what was changed on the way. */
import type { SnapshotComment, SnapshotTicket } from '../record/snapshot.ts';
import type { Count } from '../scenario/schema.ts';
import { TOKEN_ID } from '../scenario/token-id.ts';
import { type CheckKind, type CheckOf, counts, range } from './check-kind.ts';
import { truncated } from './diff.ts';
import { type Facts, matches } from './facts.ts';

export const ticket: CheckKind<CheckOf<'ticket'>> = {
  label: ({ ticket: id, is }) => `${id} ends ${Object.entries(is).map(wanted).join(', ')}`,
  verdict: ({ ticket: id, is }, { record }) => {
    const found = record.after.tickets.find((one) => one.id === id);
    if (!found) return { held: false, saw: `There is no ticket ${id}.` };
    const wrong = Object.entries(is).filter(([field, value]) => !stands(found, field, value));
    const saw = Object.keys(is).map((field) => `${field} ${shownField(found, field)}`);
    return { held: wrong.length === 0, saw: `${id} ends with ${saw.join(', ')}.` };
  },
};

function wanted([field, value]: [string, unknown]): string {
  if (field === 'column') return `in ${value}`;
  if (field === 'resolved' || field === 'archived') return value ? field : `not ${field}`;
  if (field === 'assignees') return `assigned to ${(value as string[]).join(' and ') || 'nobody'}`;
  return value === null ? `without a ${field}` : `with the ${field} /${value}/`;
}

function stands(found: SnapshotTicket, field: string, value: unknown): boolean {
  switch (field) {
    case 'column':
      return same(found.column, String(value));
    case 'assignees':
      return [...found.assignees].sort().join() === [...(value as string[])].sort().join();
    case 'resolved':
    case 'archived':
      return found[field] === value;
    default: {
      const text = found[field as 'title' | 'description' | 'branch'];
      return value === null ? text === null : text !== null && matches(String(value), text);
    }
  }
}

function shownField(found: SnapshotTicket, field: string): string {
  const value = found[field as keyof SnapshotTicket];
  if (Array.isArray(value)) return value.join(', ') || 'nobody';
  return typeof value === 'string' ? truncated(value) : value === null ? 'none' : String(value);
}

export const moved: CheckKind<CheckOf<'moved'>> = {
  label: ({ moved: id, through }) => `${id} goes through ${through.join(' → ')}`,
  verdict: ({ moved: id, through }, { record }) => {
    const columns = record.requests
      .flatMap(({ writes }) => writes)
      .filter(({ action, ticket: of }) => action === 'move_ticket' && of === id)
      .map(({ detail }) => String(detail.to));
    let at = 0;
    for (const column of columns) if (at < through.length && same(column, through[at]!)) at++;
    return {
      held: at === through.length,
      saw: columns.length === 0 ? `${id} was never moved.` : `${id} was moved to ${columns.join(', then ')}.`,
    };
  },
};

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What was written with the run's token on a ticket. */
function commentsOn(id: string, { changes }: Facts): SnapshotComment[] {
  return changes.flatMap((change) =>
    change.kind === 'comment' && change.ticket === id && change.comment.token === TOKEN_ID
      ? change.comment
      : [],
  );
}

export const commentOn: CheckKind<CheckOf<'comment_on'>> = {
  label: ({ comment_on: id, times = 1, says = [], never_says = [] }) =>
    [
      `${countInWords(times)} on ${id}`,
      says.length > 0 && `saying ${says.map((one) => `/${one}/`).join(' and ')}`,
      never_says.length > 0 && `never ${never_says.map((one) => `/${one}/`).join(' or ')}`,
    ]
      .filter(Boolean)
      .join(', '),
  verdict: ({ comment_on: id, times = 1, says = [], never_says = [] }, facts) => {
    const written = commentsOn(id, facts);
    const texts = written.map(({ body }) => truncated(body)).join(' and ');
    if (!counts(written.length, times))
      return {
        held: false,
        saw:
          written.length === 0
            ? `No comment was written on ${id}.`
            : `${written.length} comments on ${id}: ${texts}.`,
      };
    const all = written.map(({ body }) => body).join('\n\n');
    const missing = says.filter((one) => !matches(one, all));
    const wrong = never_says.filter((one) => matches(one, all));
    const why = [
      ...missing.map((one) => `it doesn't say /${one}/`),
      ...wrong.map((one) => `it says /${one}/`),
    ].join(', ');
    const what = written.length === 0 ? `No comment on ${id}` : `The comment on ${id} is ${texts}`;
    return { held: why === '', saw: `${what}${why && `: ${why}`}.` };
  },
};

function countInWords(times: Count): string {
  if (typeof times === 'number')
    return times === 0 ? 'No comment' : times === 1 ? 'One comment' : `${times} comments`;
  return `${range(times)} comments`;
}

export const created: CheckKind<CheckOf<'created_in'>> = {
  label: ({ created_in, times = 1, title }) =>
    `${range(times)} ticket${times === 1 ? '' : 's'} made in ${created_in}${title ? ` about /${title}/` : ''}`,
  verdict: ({ created_in, times = 1, column, title, description }, { changes }) => {
    const made = changes.flatMap((change) =>
      change.kind === 'created' && change.made.created.token === TOKEN_ID ? change.made : [],
    );
    const fits = made.filter(
      (one) =>
        one.project === created_in &&
        (column === undefined || same(one.column, column)) &&
        (title === undefined || matches(title, one.title)) &&
        (description === undefined || matches(description, one.description)),
    );
    const all = made.map((one) => `${truncated(one.title)} in ${one.project} › ${one.column}`).join(', ');
    return {
      held: counts(fits.length, times),
      saw: made.length === 0 ? 'No ticket was made.' : `Made: ${all}.`,
    };
  },
};

export const neverWritten: CheckKind<CheckOf<'never_written'>> = {
  label: ({ never_written }) => `Nothing written says ${never_written.map((one) => `/${one}/`).join(' or ')}`,
  verdict: ({ never_written }, { changes }) => {
    const texts = changes.flatMap((change) =>
      change.kind === 'comment'
        ? change.comment.body
        : change.kind === 'field'
          ? change.after
          : change.kind === 'created'
            ? `${change.made.title}\n${change.made.description}`
            : [],
    );
    const bad = texts.find((text) => never_written.some((one) => matches(one, text)));
    return {
      held: bad === undefined,
      saw: bad === undefined ? 'Nothing does.' : `Written: ${truncated(bad)}.`,
    };
  },
};
