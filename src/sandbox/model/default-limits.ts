/** What a token may do in a minute where its companies set nothing else; the user's page on tokens says so. */
export const DEFAULT_LIMITS = { reads: 600, writes: 60 } as const;
