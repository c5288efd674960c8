import { codePointName, parts } from '../../../base/visible.ts';

/** A text as HTML, with what it hides shown. */
export function markedText(text: string): string {
  return runsOf(text)
    .map((run) => (typeof run === 'string' ? escaped(run) : hidden(run)))
    .join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => entities[one]!);
}

/** Texts, and between them the code points that don't show; tag characters, which spell words, in one run. */
function runsOf(text: string): (string | number[])[] {
  const runs: (string | number[])[] = [];
  for (const part of parts(text)) {
    const last = runs.at(-1);
    if (typeof part === 'string') runs.push(part);
    else if (isTag(part) && Array.isArray(last) && isTag(last[0]!)) last.push(part);
    else runs.push([part]);
  }
  return runs;
}

const tags = 0xe0000;

function isTag(point: number): boolean {
  return point > tags && point < tags + 0x80;
}

function hidden(points: number[]): string {
  if (!isTag(points[0]!)) {
    return `<span class="unseen" title="An invisible character">${codePointName(points[0]!)}</span>`;
  }
  const letters = points.map((point) => String.fromCodePoint(point - tags)).join('');
  return `<span class="unseen" title="Written in invisible tag characters">invisible: ${escaped(letters.replace(/[^\x20-\x7e]/g, ''))}</span>`;
}
