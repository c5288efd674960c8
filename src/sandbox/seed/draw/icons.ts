import type { Svg } from './svg.ts';

/** Line icons on a grid of 24. */
const shapes = {
  cart: 'M3 4h2l2.4 11h10.2L20 8H6.2 M9 20a1 1 0 1 0 .01 0 M16.5 20a1 1 0 1 0 .01 0',
  search: 'M11 4a7 7 0 1 0 .01 0 M16 16l5 5',
  user: 'M12 4a4 4 0 1 0 .01 0 M4 21c0-5 4-7 8-7s8 2 8 7',
  menu: 'M4 6h16 M4 12h16 M4 18h16',
  close: 'M6 6l12 12 M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  lock: 'M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  chevron: 'M9 6l6 6-6 6',
  back: 'M15 6l-6 6 6 6',
  down: 'M6 9l6 6 6-6',
  arrow: 'M5 12h14 M13 6l6 6-6 6',
  arrowLeft: 'M19 12H5 M11 6l-6 6 6 6',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15z M10 21h4',
  gear: 'M12 8.5a3.5 3.5 0 1 0 .01 0 M12 2.5v3 M12 18.5v3 M2.5 12h3 M18.5 12h3 M5.3 5.3l2.1 2.1 M16.6 16.6l2.1 2.1 M5.3 18.7l2.1-2.1 M16.6 7.4l2.1-2.1',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  chart: 'M4 20V4 M4 20h16 M8 16v-4 M12 16V8 M16 16v-6',
  people:
    'M9 5a3.5 3.5 0 1 0 .01 0 M2.5 20c0-4.5 3-6.5 6.5-6.5s6.5 2 6.5 6.5 M16 5.5a3 3 0 0 1 0 6 M18 14c2.5.8 3.5 3 3.5 6',
  invoice: 'M6 3h12v18l-3-2-3 2-3-2-3 2z M9 8h6 M9 12h6',
  calendar: 'M4 6h16v14H4z M4 10h16 M8 3v5 M16 3v5',
  clock: 'M12 3.5a8.5 8.5 0 1 0 .01 0 M12 7.5V12l3 2',
  warning: 'M12 4l9 16H3z M12 10v4.5 M12 17.3v.2',
  image: 'M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15.5 8.5a1 1 0 1 0 .01 0',
  pin: 'M12 21c-4.5-5.5-6.5-8.5-6.5-11.5a6.5 6.5 0 0 1 13 0c0 3-2 6-6.5 11.5z M12 7.5a2 2 0 1 0 .01 0',
  camera: 'M4 8h4l1.5-2.5h5L16 8h4v11H4z M12 10a3.2 3.2 0 1 0 .01 0',
  phone: 'M6 4h4l1.5 5-2.5 1.5a11 11 0 0 0 4.5 4.5l1.5-2.5 5 1.5v4c-8 1.5-15.500-6-14-14z',
  download: 'M12 4v11 M7 10.500l5 5 5-5 M4 20h16',
  upload: 'M12 16V5 M7 9.500l5-5 5 5 M4 20h16',
  plus: 'M12 5v14 M5 12h14',
  minus: 'M5 12h14',
  star: 'M12 3.500l2.600 5.400 5.900.8-4.300 4.100 1.100 5.800L12 16.800l-5.300 2.800 1.100-5.800L3.500 9.700l5.900-.8z',
  heart: 'M12 20c-5-4-8-7-8-10.500A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 8 2.500C20 13 17 16 12 20z',
  truck:
    'M2.500 6h11v10h-11z M13.500 10h4.500l3 3v3h-7.500z M7 19a1.700 1.700 0 1 0 .01 0 M17.500 19a1.700 1.700 0 1 0 .01 0',
  filter: 'M4 5h16l-6 8v6l-4-2v-4z',
  wrench: 'M15 4a5 5 0 0 0-4.500 7L4 17.500 6.500 20l6.500-6.500A5 5 0 0 0 19.800 8L17 10.500 13.500 7z',
  dots: 'M5 12h.01 M12 12h.01 M19 12h.01',
} as const;

export type IconName = keyof typeof shapes;

export function icon(
  name: IconName,
  x: number,
  y: number,
  size = 20,
  stroke = '#374151',
  line = 1.8,
  fill = 'none',
): Svg {
  return `<g transform="translate(${x} ${y}) scale(${size / 24})"><path d="${shapes[name]}" stroke="${stroke}" stroke-width="${line}" fill="${fill}" stroke-linecap="round" stroke-linejoin="round"/></g>`;
}
