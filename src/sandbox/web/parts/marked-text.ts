import { codePointName, splitHidden } from '../../../base/visible.ts';

/** As many runs of a text as are marked one by one; whoever hides something in more of them gets a plainer mark. */
const MAX_MARKS = 200;

/** A text as HTML, with what it hides shown. */
export function markedText(text: string): string {
  let marks = 0;
  return runsOf(text)
    .map((run) => {
      if (typeof run === 'string') return escaped(run);
      marks += 1;
      return marks <= MAX_MARKS ? hidden(run) : `⟦${namesOf(run)}⟧`;
    })
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

/** Texts, and between them runs of code points that don't show; tag characters, which spell words, by themselves. */
function runsOf(text: string): (string | number[])[] {
  const runs: (string | number[])[] = [];
  for (const part of splitHidden(text)) {
    const last = runs.at(-1);
    if (typeof part === 'string') runs.push(part);
    else if (Array.isArray(last) && isTag(part) === isTag(last[0]!)) last.push(part);
    else runs.push([part]);
  }
  return runs;
}

/** `U+202E`; of many, which kinds and how many. */
function namesOf(points: number[]): string {
  const kinds = [...new Set(points)];
  if (points.length <= 4) return points.map(codePointName).join(' ');
  const names = kinds.slice(0, 4).map(codePointName).join(' ');
  return `${names}${kinds.length > 4 ? ' …' : ''} ×${points.length}`;
}

const tags = 0xe0000;

function isTag(point: number): boolean {
  return point > tags && point < tags + 0x80;
}

function hidden(points: number[]): string {
  if (!isTag(points[0]!)) {
    const what = points.length === 1 ? 'An invisible character' : 'Invisible characters';
    return `<span class="unseen" title="${what}">${namesOf(points)}</span>`;
  }
  const letters = points.map((point) => String.fromCodePoint(point - tags)).join('');
  return `<span class="unseen" title="Written in invisible tag characters">invisible: ${escaped(letters.replace(/[^\x20-\x7e]/g, ''))}</span>`;
}
