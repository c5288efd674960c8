/** A folder of results: results.json, and report.html made from it. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../base/make-folder.ts';
import { ExperimentError } from '../base/error.ts';
import { withWriteErrors } from '../base/with-write-errors.ts';
import { RECORDS, type Results, resultsSchema } from '../run/results.ts';
import { html } from './html.ts';

const RESULTS = 'results.json';

export function writeResults(folder: string, results: Results): void {
  withWriteErrors(folder, () => {
    makeFolder(folder);
    writeFileSync(join(folder, RESULTS), `${JSON.stringify(results, null, 1)}\n`);
    writeFileSync(join(folder, 'report.html'), html(results));
  });
}

/**
 * Makes the folder, without what it held of other results.
 * @throws ExperimentError where it holds results that may not be replaced.
 */
export function emptyForResults(folder: string, mayReplace: boolean): void {
  const holdsResults = existsSync(join(folder, RESULTS)) || existsSync(join(folder, RECORDS));
  if (holdsResults && !mayReplace)
    throw new ExperimentError(`${folder} holds results already: name another folder, or add --overwrite.`);
  withWriteErrors(folder, () => {
    if (holdsResults) {
      for (const name of [RESULTS, 'report.html', 'junit.xml']) rmSync(join(folder, name), { force: true });
      rmSync(join(folder, RECORDS), { recursive: true, force: true });
    }
    makeFolder(folder);
  });
}

/** @throws ExperimentError where the folder holds none. */
export function readResults(folder: string): Results {
  const file = join(folder, RESULTS);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new ExperimentError(`${file} can't be read: is ${folder} what \`experiments run\` wrote?`);
  }
  const { data, error } = resultsSchema.safeParse(value);
  if (data) return data;
  const [first] = error.issues;
  throw new ExperimentError(
    `${file} is not a result of this version: ${first?.path.join('.')}: ${first?.message}.`,
  );
}
