import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { html } from '../../src/experiments/report/html.ts';
import { sampleResults } from '../experiments/report/sample-results.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** @returns the address of a report of sample results. */
export function reportFile(): string {
  const file = join(temporaryFolder(), 'report.html');
  writeFileSync(file, html(sampleResults()));
  return pathToFileURL(file).href;
}
