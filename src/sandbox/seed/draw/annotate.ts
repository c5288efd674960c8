import type { Annotation } from '../../model/capture.ts';
import { Chance } from '../captures/capture-kit.ts';
import { escaped, type Svg } from './svg.ts';

type Point = [number, number];

/** The annotations as a person draws them with a mouse: over-shot circles, arrows with a bend, a marker's text. */
export function annotationLayer(annotations: readonly Annotation[], width: number, height: number): Svg {
  // Pens grow with the picture, so that they are still seen when it is shown small.
  const scale = Math.max(0.72, width / 1440, height / 2600);
  const chance = new Chance(`annotations ${width}x${height}`);
  const marks = annotations.map((annotation) => mark(annotation, scale, chance));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${marks.join('')}</svg>`;
}

function mark(annotation: Annotation, scale: number, chance: Chance): Svg {
  switch (annotation.type) {
    case 'circle':
      return inked(circle(annotation, chance), annotation.color, 4.5 * scale);
    case 'arrow':
      return arrow(annotation, scale);
    case 'stroke':
      return inked(smooth(annotation.points), annotation.color, annotation.width);
    case 'text':
      return written(annotation, scale);
    case 'redaction':
      return `<rect x="${annotation.x}" y="${annotation.y}" width="${annotation.width}" height="${annotation.height}" rx="3" fill="${annotation.color}"/>`;
  }
}

/** A white rim keeps the line visible on anything. */
function inked(d: string, color: string, width: number): Svg {
  const common = `d="${d}" fill="none" stroke-linecap="round" stroke-linejoin="round"`;
  return `<path ${common} stroke="#ffffff" stroke-opacity="0.7" stroke-width="${width + 3}"/><path ${common} stroke="${color}" stroke-width="${width}"/>`;
}

function circle({ x, y, rx, ry }: { x: number; y: number; rx: number; ry: number }, chance: Chance): string {
  const points: Point[] = [];
  const begin = -2.3;
  const sweep = Math.PI * 2.16;
  for (let i = 0; i <= 22; i++) {
    const angle = begin + (sweep * i) / 22;
    const drift = 0.965 + 0.05 * (i / 22) + chance.next() * 0.03;
    points.push([x + Math.cos(angle) * rx * drift, y + Math.sin(angle) * ry * drift]);
  }
  return smooth(points);
}

function arrow({ from, to, color }: { from: Point; to: Point; color: string }, scale: number): Svg {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const bend: Point = [(from[0] + to[0]) / 2 - dy * 0.08, (from[1] + to[1]) / 2 + dx * 0.08];
  const angle = Math.atan2(to[1] - bend[1], to[0] - bend[0]);
  const size = Math.min(30 * scale, length / 3);
  const barb = (turn: number) =>
    `${round(to[0] - size * Math.cos(angle + turn))} ${round(to[1] - size * Math.sin(angle + turn))}`;
  const shaft = `M${from[0]} ${from[1]}Q${round(bend[0])} ${round(bend[1])} ${to[0]} ${to[1]}`;
  return inked(`${shaft}M${barb(0.5)}L${to[0]} ${to[1]}L${barb(-0.46)}`, color, 5 * scale);
}

function written(
  { x, y, text, color }: { x: number; y: number; text: string; color: string },
  scale: number,
): Svg {
  const size = Math.round(25 * scale);
  const common = `x="${x}" y="${y}" font-family="DejaVu Sans" font-weight="700" font-style="oblique" font-size="${size}" transform="rotate(-1.500 ${x} ${y})"`;
  return `<text ${common} stroke="#ffffff" stroke-width="${size / 5}" stroke-linejoin="round" fill="#ffffff">${escaped(text)}</text><text ${common} fill="${color}">${escaped(text)}</text>`;
}

const round = (n: number): number => Math.round(n * 10) / 10;

/** A curve through all points (Catmull-Rom as Béziers). */
function smooth(points: readonly Point[]): string {
  let d = `M${round(points[0]![0])} ${round(points[0]![1])}`;
  for (let i = 0; i < points.length - 1; i++) {
    const before = points[i - 1] ?? points[i]!;
    const [from, to] = [points[i]!, points[i + 1]!];
    const after = points[i + 2] ?? to;
    const first = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const second = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    d += `C${[...first, ...second, ...to].map(round).join(' ')}`;
  }
  return d;
}
