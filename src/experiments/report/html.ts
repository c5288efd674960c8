/** report.html: one file that opens anywhere. */
import type { Results } from '../run/results.ts';

export function html(_results: Results): string {
  return '<!doctype html><title>Toado experiments</title>';
}
