import { day, desk } from '../desk.ts';
import { icon } from '../icons.ts';
import { box, disc, page, type Svg, text } from '../svg.ts';
import { avatar, pill } from '../widgets.ts';

interface Card {
  title: string;
  client: string;
  hours: string;
  hue: string;
}

const board: [string, Card[]][] = [
  [
    'Planned',
    [
      { title: 'Icons for the app', client: 'Globex', hours: '6 h', hue: '#0d9488' },
      { title: 'Shop relaunch', client: 'Fjord & Fern', hours: '24 h', hue: '#c2603a' },
      { title: 'Newsletter, spring', client: 'Nordwind', hours: '3 h', hue: '#4f46e5' },
      { title: 'Site audit', client: 'Atelier Grün', hours: '8 h', hue: '#a16207' },
    ],
  ],
  [
    'This week',
    [
      { title: 'Checkout tests', client: 'Fjord & Fern', hours: '10 h', hue: '#c2603a' },
      { title: 'Dispatch board', client: 'Globex', hours: '16 h', hue: '#0d9488' },
    ],
  ],
  ['Waiting', [{ title: 'Contract', client: 'Maple & Main', hours: '1 h', hue: '#4f46e5' }]],
];

/** A tablet's planning board: the words of a card are selected, the card stays where it is. */
export function touchDrag(): Svg {
  const lanes = board.map(([name, cards], lane) => {
    const x = 256 + lane * 304;
    const drawn = cards.map((card, i) => {
      const y = 186 + i * 138;
      const picked = card.title === 'Shop relaunch';
      return (
        box(x + 12, y, 264, 122, { r: 10, stroke: '#e4e7ef', shadow: true }) +
        box(x + 12, y + 14, 4, 94, { fill: card.hue, r: 2 }) +
        (picked
          ? box(x + 28, y + 18, 112, 24, { fill: '#bcd7fb' }) +
            disc(x + 28, y + 15, 6, '#2f7df6') +
            disc(x + 140, y + 45, 6, '#2f7df6')
          : '') +
        text(x + 30, y + 36, card.title, { size: 16, weight: 600 }) +
        text(x + 30, y + 62, card.client, { size: 14, fill: day.hint }) +
        pill(x + 30, y + 78, card.hours, '#f1f3f8', '#4b5563') +
        avatar(x + 250, y + 92, 14, 'AY', '#0d9488')
      );
    });
    return (
      box(x, 130, 288, 660, { r: 12, fill: '#eceef5' }) +
      text(x + 16, 164, name, { size: 15, weight: 600 }) +
      text(x + 268, 164, String(cards.length), { size: 14, fill: day.hint, anchor: 'end' }) +
      drawn.join('')
    );
  });
  // iPadOS puts its menu over whatever is selected.
  const callout =
    box(330, 272, 240, 42, { fill: '#1f2937', r: 10 }) +
    ['Copy', 'Look Up', 'Translate']
      .map((word, i) =>
        text([362, 428, 516][i]!, 298, word, { size: 14, weight: 500, fill: '#ffffff', anchor: 'middle' }),
      )
      .join('');
  return page(
    1180,
    820,
    day.page,
    desk(1180, 820, 'Planning'),
    text(264, 108, 'Week 23', { size: 24, weight: 700 }),
    icon('back', 396, 88, 24),
    icon('chevron', 426, 88, 24),
    ...lanes,
    callout,
  );
}
