/** The catalogue as a table: tool, scope, effect, and what a token gets of it. README and docs show the same rows. */

import { type Access, decideAccess, type Narrowing } from '../../access/access.ts';
import { reasonInWords } from '../../access/why-withheld.ts';
import type { Effect } from '../../base/effect.ts';
import { markdownTable } from '../../base/output.ts';
import { SCOPES, type Scope, withInclusions } from '../../base/scopes.ts';
import { catalogue } from '../../catalogue/index.ts';

export interface ToolRow {
  tool: string;
  title: string;
  /** Absent: needs none. */
  scope?: Scope | undefined;
  effect: Effect;
  /** Absent where no token was asked about. */
  offered?: boolean;
  /** Why it is not offered. */
  why?: string;
}

export function toolRows(access?: Access): ToolRow[] {
  return catalogue.map(({ name, title, scope, effect }) => {
    const row: ToolRow = { tool: name, title, scope, effect };
    if (!access) return row;
    const withheld = access.withheld.find((one) => one.name === name);
    return { ...row, offered: !withheld, ...(withheld && { why: reasonInWords(withheld) }) };
  });
}

/** The first row is the head. */
export function toolCells(rows: readonly ToolRow[]): string[][] {
  const asked = rows.some(({ offered }) => offered !== undefined);
  return [
    ['tool', 'scope', 'effect', ...(asked ? ['offered'] : []), 'what it does'],
    ...rows.map(({ tool, scope, effect, offered, why, title }) => [
      tool,
      scope ?? 'none',
      effect,
      ...(asked ? [offered ? 'yes' : `no: ${why}`] : []),
      title,
    ]),
  ];
}

export function toolsMarkdown(rows: readonly ToolRow[]): string {
  const [head, ...body] = toolCells(rows);
  return markdownTable([
    head!,
    ...body.map(([tool, scope, ...rest]) => [`\`${tool}\``, `\`${scope}\``, ...rest]),
  ]);
}

const NOTHING_TAKEN: Narrowing = { readOnly: false, exclude: [] };

/** The tools that a token gets which has this scope, and so everything that it includes. */
function toolsOf(scope: Scope): string[] {
  return decideAccess(catalogue, withInclusions(scope), NOTHING_TAKEN).offered;
}

/** One row a scope: what it includes, and the tools that it brings beyond that. */
export function scopesMarkdown(): string {
  const rows = SCOPES.map((scope) => {
    const [, ...included] = withInclusions(scope);
    const before = new Set([...always(), ...included.flatMap(toolsOf)]);
    const brings = toolsOf(scope).filter((name) => !before.has(name));
    return [`\`${scope}\``, code(included), code(brings)];
  });
  return markdownTable([
    ['scope', 'includes', 'brings the tools'],
    ['any token', '', code(always())],
    ...rows,
  ]);
}

function always(): string[] {
  return decideAccess(catalogue, [], NOTHING_TAKEN).offered;
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
