/** Text for a terminal: columns and paragraphs that fit its width. Where nobody looks, nothing is wrapped. */
import cliui from 'cliui';

/** The narrowest column that is still readable. */
const NARROWEST = 12;
const GAP = 2;

/** Characters in a line of the terminal that stdout is; undefined where it is a pipe or a file. */
export function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns || 80 : undefined;
}

/** The same of stderr. */
export function errorWidth(): number | undefined {
  return process.stderr.isTTY ? process.stderr.columns || 80 : undefined;
}

/** Columns as wide as their widest cell, or narrower and wrapped where the terminal is. No spaces at the ends of lines. */
export function columns(rows: readonly (readonly string[])[], width = terminalWidth()): string {
  const natural = rows.reduce<number[]>(
    (widths, row) =>
      row.map((cell, at) => Math.max(widths[at] ?? 0, ...cell.split('\n').map((line) => [...line].length))),
    [],
  );
  const widths = width === undefined ? natural : fitted(natural, width);
  // Nothing to be wrapped, no character that is wider or narrower than others: measuring those takes long to load.
  if (widths.every((one, at) => one === natural[at]) && rows.flat().every(isPlain))
    return padded(rows, widths);
  const ui = cliui({ width: sum(widths) + GAP * widths.length, wrap: true });
  for (const row of rows)
    ui.div(
      ...row.map((cell, at) => ({ text: cell, width: widths[at]! + GAP, padding: [0, GAP, 0, 0] as const })),
    );
  return ui
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function isPlain(cell: string): boolean {
  return /^(?:[\x21-\x7e][\x20-\x7e]*)?$/.test(cell);
}

function padded(rows: readonly (readonly string[])[], widths: readonly number[]): string {
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at]! + GAP))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** A paragraph whose lines fit, all but the first indented. */
export function wrapped(text: string, indent = 0, width = terminalWidth()): string {
  if (width === undefined) return text;
  return columns([[text]], Math.max(NARROWEST, width - indent)).replaceAll('\n', `\n${' '.repeat(indent)}`);
}

/** Each line of a text as a paragraph of its own, what follows indented as the line is. */
export function fitting(text: string, width = terminalWidth()): string {
  if (width === undefined) return text;
  return text
    .split('\n')
    .map((line) => {
      if ([...line].length <= width) return line;
      const indent = line.length - line.trimStart().length;
      return ' '.repeat(indent) + wrapped(line.trimStart(), indent, width);
    })
    .join('\n');
}

/** The widest columns are made narrower first. */
function fitted(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  while (sum(widths) + GAP * (widths.length - 1) > width) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
