import type { Effect } from '../base/effect.ts';
import type { Scope } from '../base/scopes.ts';

/** Anything the server may offer: a tool needs a scope; a prompt or a resource needs the tools it works through. */
export interface Gated {
  name: string;
  /** Absent: always there, whatever the token (whoami). */
  scope?: Scope;
  effect: Effect;
  /** Names of tools: withheld as soon as one of them is. */
  uses?: readonly string[];
}

/** What the person who started the server took away. It never adds anything. */
export interface Narrowing {
  readOnly: boolean;
  /** Absent: all. */
  only?: readonly string[] | undefined;
  exclude: readonly string[];
  /** What is fixed for all tools (`--project`, `--company`) isn't there, so that none of them can work. */
  isPinMissing?: boolean;
}

export type Reason =
  | 'token_unknown'
  | 'pin_missing'
  | 'scope'
  | 'read_only'
  | 'not_selected'
  | 'excluded'
  | 'needs_tool';

export interface Withheld {
  name: string;
  reason: Reason;
  /** The scope that would bring it (reason `scope`), or the tool it lacks (reason `needs_tool`). */
  needs?: string;
}

export interface Access {
  /** Names, in the catalogue's order. */
  offered: string[];
  withheld: Withheld[];
}

/**
 * The one decision about what is offered. Pure: everything that shows access (tools/list, prompts, resources,
 * whoami, doctor, the README's table) asks it.
 *
 * @param scopes the token's scopes, expanded; undefined while they are not known: then nothing but what is
 *   always there is offered.
 */
export function decideAccess(
  tools: readonly Gated[],
  scopes: readonly Scope[] | undefined,
  narrowing: Narrowing,
): Access {
  return divide(tools, (tool) => withheldTool(tool, scopes, narrowing));
}

/** The same decision for prompts and resources, from the tools' one. */
export function decideUse(gated: readonly Gated[], tools: Access): Access {
  const offered = new Set(tools.offered);
  return divide(gated, ({ name, uses = [] }) => {
    const lacking = uses.find((tool) => !offered.has(tool));
    return lacking ? { name, reason: 'needs_tool', needs: lacking } : undefined;
  });
}

function divide(all: readonly Gated[], judge: (one: Gated) => Withheld | undefined): Access {
  const access: Access = { offered: [], withheld: [] };
  for (const one of all) {
    const withheld = judge(one);
    if (withheld) access.withheld.push(withheld);
    else access.offered.push(one.name);
  }
  return access;
}

function withheldTool(
  { name, scope, effect }: Gated,
  scopes: readonly Scope[] | undefined,
  { readOnly, only, exclude, isPinMissing }: Narrowing,
): Withheld | undefined {
  if (!scope) return undefined;
  if (!scopes) return { name, reason: 'token_unknown' };
  if (isPinMissing) return { name, reason: 'pin_missing' };
  if (!scopes.includes(scope)) return { name, reason: 'scope', needs: scope };
  if (readOnly && effect !== 'read') return { name, reason: 'read_only' };
  if (only && !only.includes(name)) return { name, reason: 'not_selected' };
  if (exclude.includes(name)) return { name, reason: 'excluded' };
  return undefined;
}
