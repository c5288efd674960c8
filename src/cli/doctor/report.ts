/** What a check came to, and how it is printed: one line each, a mark that means the same without colour. */
import { print, styled, wrapped } from '../../base/output.ts';
import { visible } from '../../base/visible.ts';
import { secrets } from '../../respond/redact-token.ts';

export type CheckState = 'ok' | 'warn' | 'fail' | 'skip';

export interface Check {
  name: string;
  state: CheckState;
  /** What was found. */
  says: string;
  /** What the person can do about it. */
  next?: string | undefined;
  /** The same for programs. */
  details?: Record<string, unknown>;
}

const MARKS: Record<CheckState, string> = {
  ok: styled('green', '✓'),
  warn: styled('yellow', '!'),
  fail: styled('red', '✗'),
  skip: styled('dim', '–'),
};
const NAME_WIDTH = 11;

/** Names that others chose must not steer the terminal. */
function shown(value: unknown): unknown {
  if (typeof value === 'string') return visible(value).replace(/[\n\r\t]/g, ' ');
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shown(one)]));
}

/** Collects the checks, and shows each as soon as it is known. */
export class Report {
  readonly checks: Check[] = [];

  constructor(readonly isShown: boolean) {}

  async add(check: Check): Promise<Check> {
    const clean = shown(JSON.parse(secrets.redactJson(check))) as Check;
    this.checks.push(clean);
    if (this.isShown) await print(inLines(clean));
    return clean;
  }

  /** For what can't be said because of something that failed before it. */
  async skip(names: readonly string[], why: string): Promise<void> {
    for (const name of names) await this.add({ name, state: 'skip', says: why });
  }

  get warned(): Check[] {
    return this.checks.filter(({ state }) => state === 'warn');
  }

  get failed(): Check[] {
    return this.checks.filter(({ state }) => state === 'fail');
  }
}

function inLines({ name, state, says, next }: Check): string {
  const indent = NAME_WIDTH + 3;
  const line = `${MARKS[state]} ${name.padEnd(NAME_WIDTH)} ${wrapped(says.replaceAll('\n', ' '), indent)}`;
  return next ? `${line}\n${' '.repeat(indent)}→ ${wrapped(next, indent + 2)}` : line;
}
