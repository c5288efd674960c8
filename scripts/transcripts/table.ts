/** The transcripts as docs/transcripts.md shows them. */
import { type Played, type Transcript, WAYS } from './play.ts';

export const BEGIN = '<!-- made by `npm run transcripts -- --write` -->';
export const END = '<!-- end -->';

function sum({ steps }: Transcript): number {
  return steps.reduce((total, { tokens }) => total + tokens, 0);
}

const times = (ratio: number) => (ratio < 10 ? ratio.toFixed(1) : String(Math.round(ratio)));
const figure = (count: number) => count.toLocaleString('en');

export function tables({ session, transcripts }: Played): string {
  const [ours, ...others] = WAYS;
  const rows = transcripts[ours].map(({ workflow, steps }, at) => {
    const own = transcripts[ours][at]!;
    const cells = others.flatMap((way) => {
      const one = transcripts[way][at]!;
      return [figure(one.steps.length), `${figure(sum(one))} (${times(sum(one) / sum(own))} ×)`];
    });
    return [workflow, figure(steps.length), figure(sum(own)), ...cells];
  });
  const head = ['workflow', ...WAYS.flatMap((way) => [`${way}: calls`, 'tokens'])];
  return [
    table([head, ...rows]),
    `Once a session, before the first call: about ${figure(session)} tokens for the tool list with all scopes and the instructions.`,
    ...transcripts[ours].map(
      (one) => `### ${one.workflow}: call by call\n\n${table([['call', 'tokens'], ...stepRows(one)])}`,
    ),
  ].join('\n\n');
}

/** The same call again and again is one row. */
function stepRows({ steps }: Transcript): string[][] {
  const byCall = new Map<string, number[]>();
  for (const { what, tokens } of steps) byCall.set(what, [...(byCall.get(what) ?? []), tokens]);
  return [...byCall].map(([what, all]) => {
    const total = all.reduce((sum, tokens) => sum + tokens, 0);
    return [all.length > 1 ? `\`${what}\` × ${all.length}` : `\`${what}\``, figure(total)];
  });
}

function table([head, ...rows]: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head!), line(head!.map(() => '---')), ...rows.map(line)].join('\n');
}
