import { icon } from './icons.ts';
import { box, type Svg, text } from './svg.ts';

/** The frame of Globex's field app on a phone of 412 × 915. */
export const navy = '#12325b';
export const orange = '#e8731a';

export function phoneHeader(title: string, mirrored = false): Svg {
  return (
    box(0, 0, 412, 96, { fill: navy }) +
    text(20, 25, '13:42', { size: 14, weight: 600, fill: '#ffffff' }) +
    box(362, 14, 26, 12, { stroke: '#ffffff', fill: navy, r: 3 }) +
    box(364, 16, 15, 8, { fill: '#ffffff', r: 1 }) +
    (mirrored
      ? icon('chevron', 370, 48, 26, '#ffffff', 2.2) +
        text(358, 68, title, { size: 20, weight: 600, fill: '#ffffff', anchor: 'end' })
      : icon('back', 14, 48, 26, '#ffffff', 2.2) +
        text(50, 68, title, { size: 20, weight: 600, fill: '#ffffff' }))
  );
}

export const homeBar = (): Svg => box(139, 900, 134, 5, { r: 3, fill: '#111827' });
