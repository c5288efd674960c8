/** How many characters people and agents may write, at most. */
export const MAX_LENGTH = { title: 300, description: 100_000, comment: 50_000, tokenLabel: 100 } as const;
