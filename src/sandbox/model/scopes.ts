export type Scope = 'read' | 'comments' | 'tickets:write' | 'tickets:assign';

/** Everything that a scope lets one do, itself included. */
const includes: Record<Scope, Scope[]> = {
  read: ['read'],
  comments: ['comments', 'read'],
  'tickets:write': ['tickets:write', 'comments', 'read'],
  'tickets:assign': ['tickets:assign', 'read'],
};

export const scopes = Object.keys(includes) as Scope[];

/** The scope behind either spelling (`tickets:write`, `mcp.tickets.write`); undefined when there is none. */
export function scopeOf(spelling: string): Scope | undefined {
  const name = spelling.startsWith('mcp.') ? spelling.slice('mcp.'.length).replace('.', ':') : spelling;
  return scopes.find((scope) => scope === name);
}

/** What the granted scopes let one do, inclusions expanded. Spellings that mean nothing are passed over. */
export function expandScopes(granted: readonly string[]): Set<Scope> {
  const expanded = new Set<Scope>();
  for (const spelling of granted) {
    const scope = scopeOf(spelling);
    if (scope) for (const included of includes[scope]) expanded.add(included);
  }
  return expanded;
}
