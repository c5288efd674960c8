import { box, disc, path, type Svg, shape } from './svg.ts';

/** What the shop sells, drawn on a square of 200 and placed by the caller. */
const things: Record<string, Svg> = {
  table:
    box(24, 92, 152, 14, { fill: '#a9784c', r: 5 }) +
    shape('M38 106h12l-8 62h-9z M150 106h12l5 62h-9z', '#8a5f3a') +
    shape('M64 106h9l-3 50h-7z M127 106h9l1 50h-7z', '#75502f'),
  lamp:
    shape('M74 44h52l22 50H52z', '#e8c07d') +
    box(96, 94, 8, 66, { fill: '#4b5563' }) +
    box(72, 158, 56, 10, { fill: '#374151', r: 5 }),
  stool:
    box(50, 74, 100, 16, { fill: '#c48d5c', r: 8 }) +
    shape('M62 90h10l-12 80h-9z M128 90h10l11 80h-9z', '#9a6b42') +
    box(62, 128, 76, 7, { fill: '#87592f' }),
  shelf:
    [40, 84, 128, 166].map((y) => box(40, y, 120, 9, { fill: '#96734f' })).join('') +
    box(40, 34, 8, 144, { fill: '#7a5a3b' }) +
    box(152, 34, 8, 144, { fill: '#7a5a3b' }) +
    box(58, 58, 12, 26, { fill: '#b4543a' }) +
    box(72, 52, 10, 32, { fill: '#2f5d50' }) +
    box(84, 62, 14, 22, { fill: '#d8a657' }) +
    box(112, 104, 28, 24, { fill: '#6d8f80', r: 12 }),
  rug:
    shape('M30 120l44-50h96l-36 74H30z', '#b65f45') +
    shape('M46 118l34-38h74l-26 54H46z', '#d89a7f') +
    shape('M64 116l22-26h50l-16 34H64z', '#b65f45'),
  vase:
    shape('M84 60h32c0 20 26 34 26 66 0 30-18 44-42 44s-42-14-42-44c0-32 26-46 26-66z', '#5f8275') +
    path('M96 60C92 40 82 34 76 26 M102 60c0-22 6-30 12-38', '#6b8f5e', 4) +
    disc(74, 24, 7, '#d98f6c') +
    disc(116, 20, 7, '#e2b56b'),
  throw:
    shape('M44 60c30-16 82-16 112 0v86c-34 18-78 18-112 0z', '#8d7aa6') +
    path('M52 84c30 12 66 12 96 0 M52 108c30 12 66 12 96 0 M52 132c30 12 66 12 96 0', '#b3a4c8', 5),
  bench:
    box(26, 92, 148, 14, { fill: '#b98a5c', r: 4 }) +
    box(38, 106, 12, 54, { fill: '#8f673f' }) +
    box(150, 106, 12, 54, { fill: '#8f673f' }) +
    box(48, 132, 104, 7, { fill: '#7c5833' }),
};

const grounds = ['#f3ece2', '#e9efe9', '#f4e9e4', '#e8ecf1'] as const;

/** A product picture of any size. */
export function photo(x: number, y: number, width: number, height: number, thing: string, ground = 0): Svg {
  const side = Math.min(width, height);
  const inner = `<g transform="translate(${x + (width - side) / 2} ${y + (height - side) / 2}) scale(${side / 200})">${shape('M30 172c20 8 120 8 140 0-20-7-120-7-140 0z', '#000000', 0.07)}${things[thing]!}</g>`;
  return box(x, y, width, height, { fill: grounds[ground % grounds.length]!, r: 10 }) + inner;
}

export const thingNames = Object.keys(things);
