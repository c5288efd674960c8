import type { Child } from 'hono/jsx';
import { MAX_CARDS } from '../data/board-data.ts';

/** The way on where a list isn't shown whole. */
export function More({ path, limit, children }: { path: string; limit: number; children: Child }) {
  if (limit >= MAX_CARDS) return <span>{children}: search finds them</span>;
  return <a href={`${path}show=${Math.min(MAX_CARDS, limit < 200 ? limit + 100 : limit * 2)}`}>{children}</a>;
}
