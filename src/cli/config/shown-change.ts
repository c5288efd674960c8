/** What `--dry-run` shows: what changes, and nothing of what stands beside it, which may be others' secrets. */
import { diffWordsWithSpace, type StructuredPatchHunk, structuredPatch } from 'diff';

/** Stands for what stays, in a line that changes. */
const REST = '…';

export function shownChange(path: string, before: string, after: string): string {
  const { hunks } = structuredPatch(path, path, before, after, undefined, undefined, { context: 0 });
  const lines = [`--- ${path}\tas it is`, `+++ ${path}\tas it would be`, ...hunks.flatMap(shownHunk)];
  return withoutTokens(lines.join('\n'));
}

function shownHunk({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): string[] {
  const [old, now] = ['-', '+'].map((sign) =>
    lines
      .filter((line) => line.startsWith(sign))
      .map((line) => line.slice(1))
      .join('\n'),
  ) as [string, string];
  const parts = oldLines === 0 ? [] : changedParts(old, now);
  const grows = oldLines > 0 && parts.every(({ removed }) => !removed);
  // Lines of one thing each, without comments, are the server's own, and shown whole; a line may grow a comma before them.
  const growsComma = lines.some((line) => line[0] === '-' && lines.includes(`+${line.slice(1)},`));
  const isShared = growsComma || /[{}[\],][ \t]*[^\s{}[\],]|#|\/[/*]/.test(old);
  const inParts = (sign: 'added' | 'removed') =>
    parts
      .map((part) => (part[sign] ? part.value : part.added || part.removed ? '' : REST))
      .join('')
      .replaceAll(/…{2,}/g, REST);
  const signed = (sign: string, text: string) => text.split('\n').map((line) => sign + line);
  return [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...(oldLines === 0 || grows ? [] : signed('-', isShared ? inParts('removed') : old)),
    ...(newLines === 0 ? [] : signed('+', grows || isShared ? inParts('added') : now)),
  ];
}

/** Word by word, but for what both begin and end with. */
function changedParts(old: string, now: string) {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start++;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const same = (length: number) => (length > 0 ? [{ value: '', added: false, removed: false }] : []);
  const middle = diffWordsWithSpace(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return [...same(start), ...middle, ...same(end)];
}

/** What is left of them in a line that changes. */
function withoutTokens(text: string): string {
  return text.replaceAll(/tok_(?!PASTE_YOURS_HERE)[\w-]+/g, '[redacted token]');
}
