/** Each kind of check, as a scenario's file writes it down, against what happened. */
import { type Call, isWrite, ticketsOf } from '../record/session.ts';
import type { SnapshotComment, SnapshotTicket } from '../sandbox/snapshot.ts';
import type { Check, Count, SingleCheck } from '../scenario/schema.ts';
import { TOKEN_ID } from '../scenario/token-id.ts';
import { truncated } from './diff.ts';
import { type Facts, matches, type Verdict } from './facts.ts';

type Of<Key extends string> = Extract<SingleCheck, Record<Key, unknown>>;

export function kindOf(check: Check): string {
  return Object.keys(KINDS).find((key) => key in check) ?? 'at_least';
}

export function labelOf(check: Check): string {
  if (check.label) return check.label;
  if ('at_least' in check) return `At least ${check.at_least} of ${check.of.length} hold`;
  return (KINDS[kindOf(check)] as Kind<SingleCheck>).label(check);
}

export function verdictOf(check: Check, facts: Facts): Verdict {
  if ('at_least' in check) {
    const results = check.of.map((one) => ({ one, ...verdictOf(one, facts) }));
    const failed = results.filter(({ held }) => !held);
    const held = results.length - failed.length >= check.at_least;
    const which = failed.slice(0, 6).map(({ one }) => labelOf(one));
    const rest = failed.length > which.length ? ` and ${failed.length - which.length} more` : '';
    const saw = `${results.length - failed.length} of ${results.length} hold${which.length > 0 ? `; not: ${which.join('; ')}${rest}` : ''}.`;
    return { held, saw };
  }
  return (KINDS[kindOf(check)] as Kind<SingleCheck>).verdict(check, facts);
}

interface Kind<Its> {
  label(check: Its): string;
  verdict(check: Its, facts: Facts): Verdict;
}

const ticket: Kind<Of<'ticket'>> = {
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
      return found.column.toLowerCase() === String(value).toLowerCase();
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

const moved: Kind<Of<'moved'>> = {
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

const commentOn: Kind<Of<'comment_on'>> = {
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

function range(times: Count): string {
  if (typeof times === 'number') return String(times);
  const { min, max } = times;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  return max !== undefined ? `at most ${max}` : `at least ${min ?? 0}`;
}

function counts(number: number, times: Count): boolean {
  if (typeof times === 'number') return number === times;
  return number >= (times.min ?? 0) && number <= (times.max ?? Number.POSITIVE_INFINITY);
}

const created: Kind<Of<'created_in'>> = {
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

const called: Kind<Of<'called'>> = {
  label: ({ called: tools, with: given = {}, times = { min: 1 } }) => {
    const args = Object.entries(given).map(([name, pattern]) => `${name} /${pattern}/`);
    return `${tools.join(' or ')} called ${range(times)} times${args.length > 0 ? ` with ${args.join(', ')}` : ''}`;
  },
  verdict: ({ called: tools, with: given = {}, times = { min: 1 } }, { session }) => {
    const fits = session.calls.filter(
      ({ tool, arguments: args }) =>
        tools.includes(tool) &&
        Object.entries(given).every(([name, pattern]) => name in args && matches(pattern, plain(args[name]))),
    );
    const names = [...new Set(session.calls.map(({ tool }) => tool))];
    return {
      held: counts(fits.length, times),
      saw: `${fits.length} such call${fits.length === 1 ? '' : 's'}${fits.length === 0 ? ` among ${names.join(', ') || 'none'}` : ''}.`,
    };
  },
};

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const readFirst: Kind<Of<'read_before_writing'>> = {
  label: ({ read_before_writing: id }) =>
    id === 'any'
      ? 'Comments are read before a ticket is written on'
      : `The comments of ${id} are read before it is written on`,
  verdict: ({ read_before_writing: which }, { session, record }) => {
    const read = new Set<string>();
    const unread = new Set<string>();
    let written = 0;
    for (const call of session.calls) {
      for (const id of ticketsOf(call)) {
        if (which !== 'any' && id !== which) continue;
        if (isWrite(call)) {
          if (call.failed) continue;
          written++;
          if (!read.has(id)) unread.add(id);
        } else if (reads(call, id, record.before.comments)) read.add(id);
      }
    }
    if (written === 0) return { held: false, saw: 'Nothing was written.' };
    return {
      held: unread.size === 0,
      saw:
        unread.size === 0
          ? 'They were read first.'
          : `Written on without reading: ${[...unread].join(', ')}.`,
    };
  },
};

function reads({ tool, failed }: Call, id: string, comments: readonly SnapshotComment[]): boolean {
  if (failed) return false;
  return tool === 'list_comments' || (tool === 'get_ticket' && !comments.some(({ ticket: of }) => of === id));
}

const refused: Kind<Of<'refused_calls'>> = {
  label: ({ refused_calls: times }) => `${range(times)} refused or failed calls`,
  verdict: ({ refused_calls: times }, { session }) => {
    const failed = session.calls.filter((call) => call.failed);
    const names = failed.slice(0, 5).map(({ tool, text }) => `${tool} (${truncated(text, 60)})`);
    return {
      held: counts(failed.length, times),
      saw: `${failed.length}${names.length > 0 ? `: ${names.join(', ')}` : ''}.`,
    };
  },
};

const repeated: Kind<Of<'repeated_writes'>> = {
  label: ({ repeated_writes: times }) => `${range(times)} writes sent again`,
  verdict: ({ repeated_writes: times }, { session }) => {
    const seen = new Set<string>();
    const again = session.calls.filter((call) => {
      if (!isWrite(call)) return false;
      const key = `${call.tool} ${JSON.stringify(Object.entries(call.arguments).sort())}`;
      return seen.size === seen.add(key).size;
    });
    const names = [...new Set(again.map(({ tool }) => tool))];
    return {
      held: counts(again.length, times),
      saw: `${again.length} sent again${names.length > 0 ? `: ${names.join(', ')}` : ''}.`,
    };
  },
};

const tokens: Kind<Of<'tokens'>> = {
  label: ({ tokens: { max } }) => `At most ${max.toLocaleString('en')} tokens`,
  verdict: ({ tokens: { max } }, { session }) => ({
    held: session.tokens <= max,
    saw: `${session.tokens.toLocaleString('en')} tokens.`,
  }),
};

const calls: Kind<Of<'calls'>> = {
  label: ({ calls: { max } }) => `At most ${max} calls`,
  verdict: ({ calls: { max } }, { session }) => ({
    held: session.calls.length <= max,
    saw: `${session.calls.length} calls.`,
  }),
};

const result: Kind<Of<'result'>> = {
  label: ({ result: wantedResult, reason }) =>
    `The last line says “${wantedResult}”${reason ? ` because of /${reason}/` : ''}`,
  verdict: ({ result: wantedResult, reason }, { claim }) => {
    if (!claim) return { held: false, saw: 'The answer ends without a RESULT line.' };
    const fits = claim.result === wantedResult && (reason === undefined || matches(reason, claim.reason));
    return { held: fits, saw: `It says “${claim.result}${claim.reason && `: ${claim.reason}`}”.` };
  },
};

const answer: Kind<Of<'answer_says'>> = {
  label: ({ answer_says }) => `The answer says ${answer_says.map((one) => `/${one}/`).join(' and ')}`,
  verdict: ({ answer_says }, { agent }) => {
    const missing = answer_says.filter((one) => !matches(one, agent.answer));
    return {
      held: missing.length === 0,
      saw:
        missing.length === 0 ? 'It does.' : `It doesn't say ${missing.map((one) => `/${one}/`).join(', ')}.`,
    };
  },
};

const neverWritten: Kind<Of<'never_written'>> = {
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

const KINDS: Record<string, Kind<never>> = {
  ticket,
  moved,
  comment_on: commentOn,
  created_in: created,
  called,
  read_before_writing: readFirst,
  refused_calls: refused,
  repeated_writes: repeated,
  tokens,
  calls,
  result,
  answer_says: answer,
  never_written: neverWritten,
};
