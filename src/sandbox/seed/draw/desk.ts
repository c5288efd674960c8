import { type IconName, icon } from './icons.ts';
import { box, disc, rule, type Svg, text } from './svg.ts';
import { avatar } from './widgets.ts';

/** The colours of Acme's Studio Console, by day and by night. */
export interface Skin {
  page: string;
  card: string;
  edge: string;
  ink: string;
  soft: string;
  hint: string;
  bar: string;
  accent: string;
  fieldFill: string;
}

export const day: Skin = {
  page: '#f6f7fb',
  card: '#ffffff',
  edge: '#e4e7ef',
  ink: '#111827',
  soft: '#4b5563',
  hint: '#6b7280',
  bar: '#ffffff',
  accent: '#4f46e5',
  fieldFill: '#ffffff',
};

/** Hints as they were shipped: #4b5563 on #111827. */
export const night: Skin = {
  page: '#0b1120',
  card: '#111827',
  edge: '#1f2937',
  ink: '#f3f4f6',
  soft: '#9ca3af',
  hint: '#4b5563',
  bar: '#0f172a',
  accent: '#818cf8',
  fieldFill: '#0f172a',
};

const rooms: [IconName, string][] = [
  ['home', 'Dashboard'],
  ['people', 'Clients'],
  ['calendar', 'Planning'],
  ['clock', 'Time'],
  ['invoice', 'Invoices'],
  ['chart', 'Reports'],
  ['gear', 'Settings'],
];

/** Side bar and top bar of the console. */
export function desk(width: number, height: number, here: string, skin: Skin = day): Svg {
  const items = rooms.map(([name, label], i) => {
    const y = 96 + i * 46;
    const on = label === here;
    return (
      (on ? box(12, y, 208, 40, { fill: skin === day ? '#eef0ff' : '#1e2440', r: 8 }) : '') +
      icon(name, 26, y + 10, 20, on ? skin.accent : skin.soft) +
      text(58, y + 26, label, { size: 15, weight: on ? 600 : 400, fill: on ? skin.accent : skin.soft })
    );
  });
  return (
    box(0, 0, 232, height, { fill: skin.bar }) +
    rule(232, 0, 232, height, skin.edge) +
    box(20, 22, 34, 34, { fill: skin.accent, r: 9 }) +
    text(37, 46, 'A', {
      size: 20,
      weight: 700,
      fill: skin === day ? '#ffffff' : '#0b1120',
      anchor: 'middle',
    }) +
    text(66, 45, 'Studio Console', { size: 17, weight: 700, fill: skin.ink }) +
    items.join('') +
    box(233, 0, width - 233, 64, { fill: skin.bar }) +
    rule(233, 64, width, 64, skin.edge) +
    box(264, 13, 340, 38, { fill: skin.page, r: 19 }) +
    icon('search', 280, 23, 18, skin.hint) +
    text(308, 37, 'Search clients, invoices, people', { size: 14, fill: skin.hint }) +
    icon('bell', width - 116, 21, 22, skin.soft) +
    disc(width - 97, 22, 5, '#ef4444') +
    avatar(width - 48, 32, 18, 'AS', '#0d9488')
  );
}

export function headline(title: string, detail: string, skin: Skin = day): Svg {
  return (
    text(264, 118, title, { size: 26, weight: 700, fill: skin.ink }) +
    text(264, 146, detail, { size: 15, fill: skin.hint })
  );
}
