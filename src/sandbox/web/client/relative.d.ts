export function relative(date: Date): string;
