import { icon } from './icons.ts';
import { box, disc, path, rule, type Svg, text, widthOf } from './svg.ts';

export interface ButtonStyle {
  fill?: string;
  ink?: string;
  stroke?: string;
  height?: number;
  size?: number;
  r?: number;
}

export function button(x: number, y: number, width: number, label: string, style: ButtonStyle = {}): Svg {
  const { fill = '#ffffff', ink = '#1f2937', stroke, height = 40, size = 14, r = 8 } = style;
  const edge = stroke ? { stroke } : {};
  return (
    box(x, y, width, height, { fill, r, ...edge }) +
    text(x + width / 2, y + height / 2 + size * 0.36, label, {
      size,
      weight: 600,
      fill: ink,
      anchor: 'middle',
    })
  );
}

export function spinner(x: number, y: number, r: number, stroke: string, track = '#ffffff55', line = 3): Svg {
  return (
    disc(x, y, r, 'none', `stroke="${track}" stroke-width="${line}"`) +
    path(`M${x} ${y - r}A${r} ${r} 0 0 1 ${x + r * 0.87} ${y + r * 0.5}`, stroke, line)
  );
}

export interface FieldStyle {
  fill?: string;
  stroke?: string;
  ink?: string;
  labelInk?: string;
  height?: number;
  end?: boolean;
}

/** A labelled input; `end` sets it flush right, for pages that are read from there. */
export function input(
  x: number,
  y: number,
  width: number,
  label: string,
  value: string,
  style: FieldStyle = {},
): Svg {
  const {
    fill = '#ffffff',
    stroke = '#d1d5db',
    ink = '#111827',
    labelInk = '#4b5563',
    height = 42,
    end = false,
  } = style;
  const anchor = end ? 'end' : 'start';
  return (
    text(end ? x + width : x, y - 8, label, { size: 13, weight: 500, fill: labelInk, anchor }) +
    box(x, y, width, height, { fill, stroke, r: 8 }) +
    text(end ? x + width - 14 : x + 14, y + height / 2 + 5, value, { size: 15, fill: ink, anchor })
  );
}

export function radio(x: number, y: number, on: boolean, colour: string): Svg {
  return (
    disc(x, y, 9, '#ffffff', `stroke="${on ? colour : '#9ca3af'}" stroke-width="2"`) +
    (on ? disc(x, y, 4.5, colour) : '')
  );
}

export function avatar(x: number, y: number, r: number, initials: string, fill: string): Svg {
  return (
    disc(x, y, r, fill) +
    text(x, y + r * 0.34, initials, { size: r * 0.88, weight: 600, fill: '#ffffff', anchor: 'middle' })
  );
}

export function pill(x: number, y: number, label: string, fill: string, ink: string, size = 12): Svg {
  const width = Math.round(widthOf(label, size, 600)) + 20;
  return (
    box(x, y, width, size + 12, { fill, r: (size + 12) / 2 }) +
    text(x + width / 2, y + size + 4.5, label, { size, weight: 600, fill: ink, anchor: 'middle' })
  );
}

/** A message that something failed. */
export function toast(x: number, y: number, width: number, title: string, detail: string): Svg {
  const ink = '#b91c1c';
  return (
    box(x, y, width, detail ? 72 : 52, { fill: '#fef2f2', stroke: '#fca5a5', r: 10, shadow: true }) +
    icon('warning', x + 16, y + 14, 24, ink) +
    text(x + 52, y + 31, title, { size: 15, weight: 600, fill: ink }) +
    (detail ? text(x + 52, y + 54, detail, { size: 13, fill: '#6b7280' }) : '') +
    icon('close', x + width - 32, y + 17, 16, '#9ca3af')
  );
}

export interface Column {
  title: string;
  x: number;
  anchor?: 'start' | 'end';
  weight?: 400 | 600;
  fill?: string;
}

/** A table without its card: a head line, then rows with hairlines between. */
export function table(
  x: number,
  y: number,
  width: number,
  columns: Column[],
  rows: string[][],
  rowHeight = 48,
): Svg {
  const head = columns.map((c) =>
    text(x + c.x, y, c.title.toUpperCase(), {
      size: 11,
      weight: 600,
      fill: '#6b7280',
      anchor: c.anchor ?? 'start',
    }),
  );
  const body = rows.map((row, i) => {
    const top = y + 14 + i * rowHeight;
    const cells = row.map((cell, n) => {
      const c = columns[n]!;
      return text(x + c.x, top + rowHeight / 2 + 5, cell, {
        size: 14,
        weight: c.weight ?? 400,
        fill: c.fill ?? '#374151',
        anchor: c.anchor ?? 'start',
      });
    });
    return rule(x, top, x + width, top) + cells.join('');
  });
  return head.join('') + body.join('');
}

export function bars(
  x: number,
  y: number,
  width: number,
  height: number,
  values: number[],
  fill: string,
): Svg {
  const step = width / values.length;
  const most = Math.max(...values);
  const grid = [0, 1, 2, 3]
    .map((n) => rule(x, y + (height * n) / 4, x + width, y + (height * n) / 4, '#eef0f4'))
    .join('');
  const columns = values.map((value, i) => {
    const tall = Math.round((value / most) * (height - 8));
    return box(Math.round(x + i * step + step * 0.2), y + height - tall, Math.round(step * 0.6), tall, {
      fill,
      r: 3,
    });
  });
  return grid + columns.join('') + rule(x, y + height, x + width, y + height, '#d1d5db');
}

export function curve(
  x: number,
  y: number,
  width: number,
  height: number,
  values: number[],
  stroke: string,
): Svg {
  const step = width / (values.length - 1);
  const most = Math.max(...values) * 1.08;
  const points = values.map(
    (value, i) => `${Math.round(x + i * step)} ${Math.round(y + height - (value / most) * height)}`,
  );
  const line = `M${points.join('L')}`;
  return path(line, stroke, 2.5);
}
