/** Draws a recorded terminal as one SVG that plays once and rests at its end. */
import type { Line, Span } from './ansi.ts';

export interface TimedLine {
  line: Line;
  /** Milliseconds after the start at which it was printed. */
  at: number;
}

export interface Recording {
  /** What was typed. */
  command: string;
  lines: TimedLine[];
  columns: number;
  /** How many lines the window shows at once. */
  rows: number;
  /** What somebody hears who doesn't see it. */
  description: string;
}

const SIZE = 14;
const CELL = 8.43;
const LEADING = 20;
const PAD = 18;
const BAR = 34;
const BACKGROUND = '#0f1419';
const FOREGROUND = '#e6e9ee';
const DIM = '#8f99a6';
const PALETTE = [
  ...['#5c6773', '#ff8077', '#7fd962', '#f2b457', '#6cb6ff', '#d2a6ff', '#5ccfe6', '#e6e9ee'],
  ...['#7d8794', '#ff9b94', '#9ee787', '#ffcb7d', '#8ec8ff', '#e0c0ff', '#86e1f2', '#ffffff'],
];

export function drawTerminal({ command, lines, columns, rows, description }: Recording): string {
  const width = Math.ceil(columns * CELL + 2 * PAD);
  const height = BAR + rows * LEADING + PAD;
  const end = Math.max(...lines.map(({ at }) => at), 1);
  const texts = lines.map(({ line, at }, row) => drawLine(line, row, at)).join('\n');
  const scrolled = Math.max(0, lines.length - rows) * LEADING;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(description)}">
<style>
text { font: ${SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: ${FOREGROUND}; white-space: pre; }
.b { font-weight: 700 }
.d { fill: ${DIM} }
${PALETTE.map((colour, at) => `.c${at} { fill: ${colour} }`).join('\n')}
@keyframes wait { from, to { opacity: 0 } }
@keyframes scroll { ${scrollSteps(lines, rows, end)} }
#screen { transform: translateY(-${scrolled}px); animation: scroll ${seconds(end)} step-end both }
@media (prefers-reduced-motion: reduce) { .l, #screen { animation: none !important } }
</style>
<rect width="${width}" height="${height}" rx="10" fill="${BACKGROUND}"/>
<g fill="#3b4450"><circle cx="22" cy="18" r="6"/><circle cx="42" cy="18" r="6"/><circle cx="62" cy="18" r="6"/></g>
<text x="${width / 2}" y="22" text-anchor="middle" class="d">${escaped(command)}</text>
<clipPath id="window"><rect x="0" y="${BAR}" width="${width}" height="${rows * LEADING + 6}"/></clipPath>
<g clip-path="url(#window)"><g id="screen">
${texts}
</g></g>
</svg>
`;
}

function drawLine(line: Line, row: number, at: number): string {
  const y = BAR + (row + 1) * LEADING - 5;
  let column = 0;
  const spans = line.flatMap(({ text, style }) => {
    const began = column;
    column += lengthOf(text);
    // Word groups one by one: spaces at an end would count for nothing in some renderers.
    return [...text.matchAll(/\S+(?: \S+)*/g)].map((group) =>
      drawSpan({ text: group[0], style }, began + lengthOf(text.slice(0, group.index))),
    );
  });
  // Hidden until its time; without animation (or after it) simply there.
  return `<text class="l" y="${y}" style="animation: wait ${seconds(at)} linear">${spans.join('')}</text>`;
}

function drawSpan({ text, style }: Span, column: number): string {
  const classes = [
    style.bold ? 'b' : '',
    style.colour !== undefined ? `c${style.colour}` : style.dim ? 'd' : '',
  ].filter(Boolean);
  const named = classes.length > 0 ? ` class="${classes.join(' ')}"` : '';
  // Its own place and length, so that columns stay columns in whatever font there is.
  return `<tspan x="${round(PAD + column * CELL)}" textLength="${round(lengthOf(text) * CELL)}"${named}>${escaped(text)}</tspan>`;
}

/** The window follows the last line, as a terminal does. */
function scrollSteps(lines: readonly TimedLine[], rows: number, end: number): string {
  const offsets = new Map<number, number>();
  for (const [row, { at }] of lines.entries()) {
    const hidden = row + 1 - rows;
    if (hidden > 0) offsets.set(round((at / end) * 100), hidden * LEADING);
  }
  const steps = [...offsets].map(
    ([percent, offset]) => `${percent}% { transform: translateY(-${offset}px) }`,
  );
  return ['from { transform: none }', ...steps].join(' ');
}

/** In characters, each of which takes one cell. */
function lengthOf(text: string): number {
  return [...text].length;
}

function seconds(ms: number): string {
  return `${round(ms / 1000)}s`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escaped(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (letter) => names[letter]!);
}
