/** The four scopes of a personal API token, their second spelling and what each includes (contract §2). */
export const SCOPES = ['read', 'comments', 'tickets:write', 'tickets:assign'] as const;
export type Scope = (typeof SCOPES)[number];

const INCLUDES: Record<Scope, readonly Scope[]> = {
  read: [],
  comments: ['read'],
  'tickets:write': ['read', 'comments'],
  'tickets:assign': ['read'],
};

const SPELLINGS = new Map<string, Scope>(
  SCOPES.flatMap((scope) => [
    [scope, scope],
    [`mcp.${scope.replace(':', '.')}`, scope],
  ]),
);

/** The scope that a spelling means, or undefined where Toado has none of that name. */
export function scopeOf(spelling: string): Scope | undefined {
  return SPELLINGS.get(spelling);
}

/** A scope and everything it includes. */
export function withInclusions(scope: Scope): readonly Scope[] {
  return [scope, ...INCLUDES[scope]];
}

export interface ReadScopes {
  /** Expanded by the inclusions, in the order of `SCOPES`. */
  granted: Scope[];
  /** Spellings that Toado's four scopes do not have. Never an error: a newer Toado may know more. */
  unknown: string[];
}

export function readScopes(spellings: readonly string[]): ReadScopes {
  const known = spellings.flatMap((spelling) => scopeOf(spelling) ?? []);
  const granted = new Set(known.flatMap(withInclusions));
  return {
    granted: SCOPES.filter((scope) => granted.has(scope)),
    unknown: spellings.filter((spelling) => !scopeOf(spelling)),
  };
}

/** The fewest scopes that together include all of `needed`: those that no other needed scope brings along. */
export function smallestScopes(needed: Iterable<Scope>): Scope[] {
  const all = new Set(needed);
  return SCOPES.filter(
    (scope) => all.has(scope) && ![...all].some((other) => INCLUDES[other].includes(scope)),
  );
}
