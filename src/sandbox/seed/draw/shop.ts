import { icon } from './icons.ts';
import { box, disc, rule, type Svg, shape, text, widthOf } from './svg.ts';

/** The frame of Fjord & Fern's pages. */
export const green = '#23443b';
export const clay = '#c2603a';
export const cream = '#faf7f2';

export function leaf(x: number, y: number, size: number): Svg {
  return `<g transform="translate(${x} ${y}) scale(${size / 24})">${shape('M3 21C3 9 10 3 21 3c0 11-6 18-18 18z', green)}<path d="M4 20L15 9" stroke="#ffffff" stroke-width="1.600"/></g>`;
}

const rooms = {
  en: ['Living room', 'Kitchen', 'Bedroom', 'Hallway', 'Garden', 'Sale'],
  de: ['Wohnzimmer', 'Küche', 'Schlafzimmer', 'Flur', 'Garten', 'Angebote'],
};

export function shopHeader(width: number, language: keyof typeof rooms = 'en', left = 100): Svg {
  let x = left + 220;
  const nav = rooms[language].map((room) => {
    const item = text(x, 53, room, {
      size: 15,
      weight: 500,
      fill: room === 'Sale' || room === 'Angebote' ? clay : '#374151',
    });
    x += Math.round(widthOf(room, 15)) + 38;
    return item;
  });
  const right = width - left;
  return (
    box(0, 0, width, 84, { fill: '#ffffff' }) +
    leaf(left, 28, 28) +
    text(left + 38, 51, 'Fjord & Fern', { size: 21, weight: 700, fill: green }) +
    nav.join('') +
    icon('search', right - 132, 31, 22) +
    icon('user', right - 84, 31, 22) +
    icon('cart', right - 36, 30, 24) +
    disc(right - 10, 32, 9, clay) +
    text(right - 10, 36, '3', { size: 11, weight: 700, fill: '#ffffff', anchor: 'middle' }) +
    rule(0, 84, width, 84)
  );
}

export function stars(x: number, y: number, count: number, size = 16): Svg {
  return Array.from({ length: 5 }, (_, i) =>
    icon('star', x + i * (size + 2), y, size, '#d99a2b', 1.6, i < count ? '#e3a93c' : 'none'),
  ).join('');
}
