/** `experiments report`, `compare` and `merge`. */
import { cpSync, existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { print, printJson } from '../../base/output.ts';
import { ExperimentError } from '../base/error.ts';
import { withWriteErrors } from '../base/with-write-errors.ts';
import { compareResults, comparisonText } from '../report/compare.ts';
import { mergeResults } from '../report/merge.ts';
import { textReport } from '../report/text.ts';
import { emptyForResults, readResults, writeResults } from '../report/write.ts';
import { exitCodeOf, RECORDS } from '../run/results.ts';

export async function report(folder: string): Promise<void> {
  const results = readResults(folder);
  writeResults(folder, results);
  await print(textReport(results));
}

export async function compare(before: string, after: string, { json }: { json?: boolean }): Promise<void> {
  const comparison = compareResults(readResults(before), readResults(after));
  if (comparison.scenarios.length === 0)
    throw new ExperimentError(
      `${before} and ${after} have no scenario in common that was run: nothing can be compared.`,
    );
  if (json) return printJson(comparison);
  await print(comparisonText(comparison));
}

/** Exit codes are those of a run: 2 where a part is missing, and what was merged is written all the same. */
export async function merge(
  folders: readonly string[],
  { out, minPass, overwrite = false }: { out: string; minPass?: number; overwrite?: boolean },
): Promise<void> {
  const to = realPath(out);
  const isOneOf = (from: string) =>
    from === to || isInside(from, join(to, RECORDS)) || isInside(to, join(from, RECORDS));
  if (folders.some((folder) => isOneOf(realPath(folder))))
    throw new ExperimentError(
      `--out ${out} is one of the folders to merge, or one holds the other: name another.`,
    );
  const results = mergeResults(folders.map((folder) => ({ folder, results: readResults(folder) })));
  emptyForResults(out, overwrite);
  withWriteErrors(out, () => {
    for (const folder of folders) {
      const records = join(folder, RECORDS);
      if (existsSync(records)) cpSync(records, join(out, RECORDS), { recursive: true });
    }
  });
  writeResults(out, results);
  await print(textReport(results));
  process.exitCode = exitCodeOf(results, minPass);
}

/** Where a folder really is, also where it isn't there yet. */
function realPath(folder: string): string {
  const path = resolve(folder);
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : join(realPath(above), basename(path));
}

/** Whether it is that folder, or lies in it. */
function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}
