/**
 * What became of many tickets, in groups: tickets that fared alike stand together, each id once, and the largest
 * group is "all others". It is always complete about which ticket is in which group, so that it need not be cut.
 */

/** What became of one ticket. */
export interface Result {
  ticket_id: string;
  ok: boolean;
  error?: { code: string; outcome?: string | undefined; message?: string | undefined };
  [unknown: string]: unknown;
}

type Group = Record<string, unknown>;

/** Up to here the largest group names its tickets, too. */
const FEW = 10;

/** The same in ever fewer words, for answers that must be small. */
export function groupedResults(results: readonly Result[]): (() => Group[])[] {
  const ids = ({ at }: { at: number[] }) => ({ ticket_ids: at.map((one) => results[one]!.ticket_id) });
  return [
    () => grouped(results, ({ ticket_id: _id, ...all }) => all, ids),
    () => grouped(results, ({ ok, error }) => ({ ok, error: error && codeOf(error) }), ids, first),
    () =>
      grouped(results, ({ ok, error }) => ({ ok, ...(error?.outcome && { outcome: error.outcome }) }), ids),
    () =>
      grouped(
        results,
        ({ ok }) => ({ ok }),
        ({ at }) => ({ positions: ranges(at) }),
      ),
  ];
}

function codeOf({ code, outcome }: NonNullable<Result['error']>) {
  return { code, outcome };
}

/** One of a group's reasons stands for all of them. */
function first({ error }: Result): Group {
  return error?.message ? { for_example: error.message } : {};
}

function grouped(
  results: readonly Result[],
  likeness: (result: Result) => Group,
  whichOf: (group: { at: number[] }) => Group,
  more: (result: Result) => Group = () => ({}),
): Group[] {
  const groups = new Map<string, { at: number[]; of: Group }>();
  for (const [at, result] of results.entries()) {
    const of = likeness(result);
    const key = JSON.stringify(of);
    const group = groups.get(key);
    if (group) group.at.push(at);
    else groups.set(key, { at: [at], of: { ...of, ...more(result) } });
  }
  const all = [...groups.values()];
  const largest = all.reduce((most, one) => (one.at.length > most.at.length ? one : most), all[0]!);
  return all.map((group) => {
    const { ok, ...rest } = group.of;
    const isRest = group === largest && group.at.length > FEW;
    return { ok, tickets: group.at.length, ...(isRest ? { all_others: true } : whichOf(group)), ...rest };
  });
}

/** `1-3, 7`: places in the list as it was sent, counted from 1. */
function ranges(at: readonly number[]): string {
  const ranges: string[] = [];
  for (let from = 0; from < at.length; ) {
    let to = from;
    while (at[to + 1] === at[to]! + 1) to++;
    ranges.push(from === to ? `${at[from]! + 1}` : `${at[from]! + 1}-${at[to]! + 1}`);
    from = to + 1;
  }
  return ranges.join(', ');
}
