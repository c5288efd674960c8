/** The strokes that every scene is made of: functions from numbers and words to SVG text. */
export type Svg = string;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => entities[char]!);

export interface TextStyle {
  size?: number;
  weight?: 400 | 500 | 600 | 700;
  fill?: string;
  anchor?: 'start' | 'middle' | 'end';
  mono?: boolean;
  opacity?: number;
}

export function text(x: number, y: number, content: string, style: TextStyle = {}): Svg {
  const { size = 14, weight = 400, fill = '#1f2937', anchor = 'start', mono = false, opacity = 1 } = style;
  const family = mono
    ? 'font-family="DejaVu Sans Mono"'
    : 'font-family="DejaVu Sans" font-stretch="condensed"';
  return `<text x="${x}" y="${y}" ${family} font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}"${opacity < 1 ? ` opacity="${opacity}"` : ''}>${escaped(content)}</text>`;
}

/** Lines below each other. */
export function lines(
  x: number,
  y: number,
  contents: string[],
  style: TextStyle & { leading?: number } = {},
): Svg {
  const leading = style.leading ?? (style.size ?? 14) * 1.55;
  return contents.map((content, i) => text(x, y + i * leading, content, style)).join('');
}

/** About how wide a text comes out. */
export function widthOf(content: string, size: number, weight = 400): number {
  return (
    [...content].reduce(
      (sum, char) => sum + (/[il.,:;'|! ]/.test(char) ? 0.3 : /[mwMW@]/.test(char) ? 0.85 : 0.56),
      0,
    ) *
    size *
    (weight >= 600 ? 1.06 : 1)
  );
}

export interface BoxStyle {
  fill?: string;
  stroke?: string;
  line?: number;
  r?: number;
  shadow?: boolean;
  dash?: string;
}

export function box(x: number, y: number, width: number, height: number, style: BoxStyle = {}): Svg {
  const { fill = '#ffffff', stroke, line = 1, r = 0, shadow = false, dash } = style;
  const under = shadow
    ? [3, 2, 1]
        .map((n) =>
          rect(x - n, y - n + 3, width + 2 * n, height + 2 * n, r + n, 'fill="#0f172a" opacity="0.02"'),
        )
        .join('')
    : '';
  const edge = stroke
    ? ` stroke="${stroke}" stroke-width="${line}"${dash ? ` stroke-dasharray="${dash}"` : ''}`
    : '';
  const half = stroke ? line / 2 : 0;
  return under + rect(x + half, y + half, width - 2 * half, height - 2 * half, r, `fill="${fill}"${edge}`);
}

function rect(x: number, y: number, width: number, height: number, r: number, rest: string): Svg {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${r}" ${rest}/>`;
}

export const rule = (x1: number, y1: number, x2: number, y2: number, stroke = '#e5e7eb', line = 1): Svg =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}" stroke-width="${line}"/>`;

export const disc = (x: number, y: number, r: number, fill: string, rest = ''): Svg =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${rest}/>`;

export const path = (d: string, stroke: string, line = 2, fill = 'none'): Svg =>
  `<path d="${d}" stroke="${stroke}" stroke-width="${line}" fill="${fill}" stroke-linecap="round" stroke-linejoin="round"/>`;

export const shape = (d: string, fill: string, opacity = 1): Svg =>
  `<path d="${d}" fill="${fill}" opacity="${opacity}"/>`;

export const moved = (x: number, y: number, inner: Svg, scale = 1): Svg =>
  `<g transform="translate(${x} ${y})${scale === 1 ? '' : ` scale(${scale})`}">${inner}</g>`;

/** What lies outside the rectangle is cut off. Equal rectangles share a name, so that a scene always reads the same. */
export function clipped(x: number, y: number, width: number, height: number, inner: Svg, r = 0): Svg {
  const id = `clip_${x}_${y}_${width}_${height}_${r}`;
  return `<clipPath id="${id}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${r}"/></clipPath><g clip-path="url(#${id})">${inner}</g>`;
}

export function page(width: number, height: number, background: string, ...inner: Svg[]): Svg {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${background}"/>${inner.join('')}</svg>`;
}
