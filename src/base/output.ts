/** What commands print. While serving, nothing of this is used: stdout belongs to JSON-RPC. */
import { styleText } from 'node:util';

import { errorWidth, fitting } from './terminal.ts';

export { columns, fitting, wrapped } from './terminal.ts';

/** Resolves when it has left the process, so that nothing is cut off at its end. */
export function print(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, () => resolve());
  });
}

/** For the person beside what is printed, on stderr: a pipe gets the thing itself and nothing else. */
export function printHint(text: string): Promise<void> {
  return printHintUnwrapped(fitting(text, errorWidth()));
}

/** `printHint` for what may be copied from there: no line of it is broken. */
export function printHintUnwrapped(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stderr.write(`${text}\n`, () => resolve());
  });
}

export function printJson(value: unknown): Promise<void> {
  return print(JSON.stringify(value, null, 2));
}

type Style = Parameters<typeof styleText>[0];

/** Colours where a person looks at a terminal that wants them; nothing may depend on it. */
export function styled(style: Style, text: string): string {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const wanted = FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY && !NO_COLOR;
  return wanted ? styleText(style, text) : text;
}

export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows.map(
    (row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  );
  return [head, `|${' --- |'.repeat(rows[0]?.length ?? 0)}`, ...body].join('\n');
}

export const FORMATS = ['text', 'markdown', 'json'] as const;
export type Format = (typeof FORMATS)[number];
