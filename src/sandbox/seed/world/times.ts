/** Minutes, said the way a person would. */
export const hours = (n: number): number => Math.round(n * 60);
export const days = (n: number): number => Math.round(n * 24 * 60);
export const weeks = (n: number): number => days(n * 7);
