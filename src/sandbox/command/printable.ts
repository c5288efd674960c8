import { visible } from '../../base/visible.ts';

/** Labels and titles are anybody's, and go into one line: what would steer the terminal is not printed. */
export function printable(text: string): string {
  return visible(text).replaceAll(/[\n\t]/g, ' ');
}
