import { Chance } from '../../captures/capture-kit.ts';
import { icon } from '../icons.ts';
import { navy, orange } from '../phone.ts';
import { box, clipped, disc, moved, page, path, rule, type Svg, shape, text } from '../svg.ts';
import { avatar, button, pill } from '../widgets.ts';

function dispatchHeader(width: number, here: string): Svg {
  const tabs = ['Board', 'Map', 'Technicians', 'Contracts'];
  return (
    box(0, 0, width, 60, { fill: navy }) +
    box(24, 16, 28, 28, { fill: orange, r: 7 }) +
    icon('wrench', 29, 21, 18, '#ffffff', 2) +
    text(64, 37, 'Globex Dispatch', { size: 18, weight: 700, fill: '#ffffff' }) +
    tabs
      .map(
        (tab, i) =>
          text(280 + i * 116, 36, tab, {
            size: 15,
            weight: tab === here ? 700 : 400,
            fill: tab === here ? '#ffffff' : '#b4c3d8',
          }) + (tab === here ? box(280 + i * 116, 54, 44, 6, { fill: orange, r: 3 }) : ''),
      )
      .join('') +
    avatar(width - 44, 30, 17, 'BN', '#7c3aed')
  );
}

/** Streets south of the river, grey squares north of it. */
export function mapTiles(): Svg {
  const chance = new Chance('map');
  const streets: Svg[] = [];
  for (let i = 0; i < 20; i++)
    streets.push(
      path(
        `M340 ${430 + i * 34}L1440 ${400 + i * 36 + chance.between(-30, 30)}`,
        '#ffffff',
        i % 5 === 0 ? 9 : 4,
      ),
    );
  for (let i = 0; i < 26; i++)
    streets.push(
      path(
        `M${330 + i * 46} 380L${360 + i * 46 + chance.between(-40, 40)} 900`,
        '#ffffff',
        i % 6 === 0 ? 9 : 3.5,
      ),
    );
  const grey: Svg[] = [];
  for (let row = 0; row < 3; row++)
    for (let n = 0; n < 9; n++)
      grey.push(box(340 + n * 128, 60 + row * 128 - 30, 128, 128, { fill: '#d9dbde', stroke: '#cfd2d6' }));
  const pins = [
    [470, 560],
    [640, 720],
    [820, 520],
    [980, 640],
    [1130, 790],
    [1280, 560],
    [720, 230],
    [1060, 170],
    [1240, 280],
  ];
  const jobs = [
    '48 213 · Goods lift L2',
    '48 190 · Door drive',
    '48 301 · Door won’t close',
    '48 077 · Inspection',
    '48 255 · Emergency call',
    '48 118 · Rope wear',
  ];
  return page(
    1440,
    900,
    '#e9eee6',
    clipped(
      340,
      60,
      1100,
      840,
      `${streets.join('')}${shape('M560 640h170v110H560z M1020 700h150v120h-150z', '#c4dcb8')}${shape('M340 392C600 360 780 452 1010 410S1320 360 1440 396V332C1280 300 1120 350 1000 352S620 300 340 330z', '#a9cbe6')}${grey.join('')}${shape('M340 394C600 362 780 454 1010 412S1320 362 1440 398V352L340 356z', '#a9cbe6')}`,
    ),
    ...pins.map(([x, y], i) => disc(x!, y!, 13, i % 3 ? navy : orange, 'stroke="#ffffff" stroke-width="4"')),
    box(0, 60, 340, 840, { fill: '#ffffff' }),
    rule(340, 60, 340, 900, '#d5dae2'),
    text(24, 104, '41 open jobs in view', { size: 18, weight: 600 }),
    ...jobs.map(
      (job, i) =>
        rule(0, 130 + i * 92, 340, 130 + i * 92) +
        disc(38, 176 + i * 92, 8, i % 3 ? navy : orange) +
        text(60, 172 + i * 92, job, { size: 15, weight: 600 }) +
        text(
          60,
          196 + i * 92,
          ['Quay 7', 'Harbour Offices', 'Herzl 12', 'Town hall', 'St. Mary', 'Mill 3'][i]!,
          { size: 13, fill: '#6b7280' },
        ),
    ),
    box(1380, 820, 44, 64, { r: 8, shadow: true }),
    icon('plus', 1392, 826, 20),
    icon('minus', 1392, 858, 20),
    pill(1260, 860, 'zoom 14', '#ffffff', '#374151'),
    dispatchHeader(1440, 'Map'),
  );
}

/** A board with far too many cards, and one that lags behind the pointer. */
export function dispatchFreeze(): Svg {
  const chance = new Chance('dispatch');
  const days = ['Mon 2', 'Tue 3', 'Wed 4', 'Thu 5', 'Fri 6'];
  const kinds = [
    ['#fef3c7', '#b45309'],
    ['#dbeafe', '#1d4ed8'],
    ['#dcfce7', '#15803d'],
    ['#fee2e2', '#b91c1c'],
  ] as const;
  const people = [
    'Adeyemi',
    'Berg',
    'Costa',
    'Dorn',
    'Eriksen',
    'Fuchs',
    'Gruber',
    'Hansen',
    'Ito',
    'Jansen',
    'Kaya',
    'Lund',
  ];
  const cells: Svg[] = [];
  people.forEach((name, row) => {
    const y = 152 + row * 76;
    cells.push(
      rule(0, y, 1920, y, '#e2e6ee'),
      text(28, y + 36, name, { size: 15, weight: 600 }),
      text(28, y + 58, `${chance.between(4, 11)} h free`, { size: 12, fill: '#6b7280' }),
    );
    days.forEach((_, column) => {
      const crowd = column === 0 ? 9 : chance.between(2, 4);
      const width = Math.floor(330 / crowd);
      for (let n = 0; n < crowd; n++) {
        const [fill, ink] = kinds[chance.between(0, 3)]!;
        const x = 180 + column * 348 + n * width;
        cells.push(
          box(x, y + 8, width - 3, 60, { fill, r: 4 }) +
            (width > 60
              ? text(x + 8, y + 34, `48 ${100 + chance.between(0, 899)}`, {
                  size: 13,
                  weight: 600,
                  fill: ink,
                }) + text(x + 8, y + 54, '2 h', { size: 12, fill: ink })
              : box(x, y + 8, 4, 60, { fill: ink, r: 2 })),
        );
      }
    });
  });
  const lifted =
    box(0, 0, 190, 66, { fill: '#ffffff', r: 8, stroke: orange, line: 2.5, shadow: true }) +
    text(14, 28, '48 213', { size: 15, weight: 700 }) +
    text(14, 50, 'Goods lift L2 · 3 h', { size: 13, fill: '#6b7280' });
  const pointer = shape('M0 0L0 26L6 20L11 31L16 29L11 18L19 18Z', '#111827');
  return page(
    1920,
    1080,
    '#f6f7f9',
    dispatchHeader(1920, 'Board'),
    text(28, 102, 'Week 23', { size: 22, weight: 700 }),
    text(140, 101, '2 047 jobs, 64 technicians', { size: 15, fill: '#6b7280' }),
    button(1740, 76, 150, 'Plan a job', { fill: orange, ink: '#ffffff' }),
    ...days.map((day, i) => text(180 + i * 348, 140, day, { size: 14, weight: 600, fill: '#4b5563' })),
    ...cells,
    ...days.map((_, i) => rule(174 + i * 348, 124, 174 + i * 348, 1080, '#d5dae2')),
    moved(560, 600, lifted),
    moved(1220, 440, `<g stroke="#ffffff" stroke-width="2">${pointer}</g>`, 1.3),
  );
}
