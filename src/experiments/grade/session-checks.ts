/** Checks against what the agent called, and what it said at the end. */
import { type Call, isWrite, ticketsOf } from '../record/session.ts';
import type { SnapshotComment } from '../record/snapshot.ts';
import { type CheckKind, type CheckOf, counts, range } from './check-kind.ts';
import { truncated } from './diff.ts';
import { matches } from './facts.ts';

export const called: CheckKind<CheckOf<'called'>> = {
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

export const readFirst: CheckKind<CheckOf<'read_before_writing'>> = {
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
        if (reads(call, id, record.before.comments)) read.add(id);
        if (call.failed || !isWrite(call)) continue;
        written++;
        if (!read.has(id)) unread.add(id);
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

export const refused: CheckKind<CheckOf<'refused_calls'>> = {
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

export const repeated: CheckKind<CheckOf<'repeated_writes'>> = {
  label: ({ repeated_writes: times }) => `${range(times)} writes sent again`,
  verdict: ({ repeated_writes: times }, { session }) => {
    const seen = new Set<string>();
    const again = session.calls.filter((call) => {
      if (!isWrite(call)) return false;
      const key = `${call.tool} ${JSON.stringify(Object.entries(call.arguments).sort(byName))}`;
      return seen.size === seen.add(key).size;
    });
    const names = [...new Set(again.map(({ tool }) => tool))];
    return {
      held: counts(again.length, times),
      saw: `${again.length} sent again${names.length > 0 ? `: ${names.join(', ')}` : ''}.`,
    };
  },
};

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

export const tokens: CheckKind<CheckOf<'tokens'>> = {
  label: ({ tokens: { max } }) => `At most ${max.toLocaleString('en')} tokens`,
  verdict: ({ tokens: { max } }, { session }) => ({
    held: session.tokens <= max,
    saw: `${session.tokens.toLocaleString('en')} tokens.`,
  }),
};

export const calls: CheckKind<CheckOf<'calls'>> = {
  label: ({ calls: { max } }) => `At most ${max} calls`,
  verdict: ({ calls: { max } }, { session }) => ({
    held: session.calls.length <= max,
    saw: `${session.calls.length} calls.`,
  }),
};

export const result: CheckKind<CheckOf<'result'>> = {
  label: ({ result: wantedResult, reason }) =>
    `The last line says “${wantedResult}”${reason ? ` because of /${reason}/` : ''}`,
  verdict: ({ result: wantedResult, reason }, { claim }) => {
    if (!claim) return { held: false, saw: 'The answer ends without a RESULT line.' };
    const fits = claim.result === wantedResult && (reason === undefined || matches(reason, claim.reason));
    return { held: fits, saw: `It says “${claim.result}${claim.reason && `: ${claim.reason}`}”.` };
  },
};

export const answer: CheckKind<CheckOf<'answer_says'>> = {
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
