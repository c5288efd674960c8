import { photo, thingNames } from '../goods.ts';
import { icon } from '../icons.ts';
import { cream, green, shopHeader, stars } from '../shop.ts';
import { box, clipped, page, rule, type Svg, text } from '../svg.ts';
import { button } from '../widgets.ts';

const woods = ['Alder', 'Birch', 'Fern', 'Heather', 'Juniper', 'Larch', 'Moss', 'Rowan', 'Tarn', 'Willow'];
const euros = ['89,00 €', '129,00 €', '349,00 €', '59,90 €', '1.249,00 €', '24,50 €', '189,00 €'];

function missing(x: number, y: number, width: number, height: number): Svg {
  return (
    box(x, y, width, height, { fill: '#e3e3e1', r: 10 }) +
    icon('image', x + width / 2 - 18, y + height / 2 - 18, 36, '#b3b3b0', 1.6)
  );
}

/** Twelve rows of four; from the fourth row on there are no pictures. */
export function categoryImages(): Svg {
  const cards: Svg[] = [];
  for (let n = 0; n < 48; n++) {
    const x = 60 + (n % 4) * 295;
    const y = 236 + Math.floor(n / 4) * 392;
    const thing = thingNames[(n * 5) % thingNames.length]!;
    cards.push(
      n < 12 ? photo(x, y, 275, 250, thing, n) : missing(x, y, 275, 250),
      text(x, y + 282, `${woods[(n * 3) % woods.length]} ${thing}`, { size: 16, weight: 600 }),
      stars(x, y + 294, 3 + ((n * 7) % 3), 14),
      text(x, y + 336, euros[n % euros.length]!, { size: 17, weight: 700 }),
    );
  }
  const footer =
    box(0, 4960, 1280, 240, { fill: green }) +
    ['Shop', 'Help', 'About us', 'Newsletter']
      .map(
        (title, i) =>
          text(60 + i * 295, 5016, title, { size: 15, weight: 600, fill: '#ffffff' }) +
          ['First line', 'Second', 'Third']
            .map((_, n) =>
              text(60 + i * 295, 5050 + n * 28, footerLinks[i]![n]!, { size: 14, fill: '#c4d3cc' }),
            )
            .join(''),
      )
      .join('');
  return page(
    1280,
    5200,
    cream,
    shopHeader(1280, 'en', 60),
    text(60, 150, 'Living room', { size: 34, weight: 700, fill: '#111827' }),
    text(60, 188, '48 things to sit on, look at and stumble over', { size: 16, fill: '#6b7280' }),
    button(1050, 130, 170, 'Filter and sort', { stroke: '#d8d3c8' }),
    rule(60, 212, 1220, 212),
    ...cards,
    footer,
  );
}

const footerLinks = [
  ['Living room', 'Kitchen', 'Sale'],
  ['Delivery', 'Returns', 'Contact'],
  ['Workshop', 'Wood', 'Jobs'],
  ['Once a month', 'No nonsense', 'Unsubscribe any time'],
];

/** German words in buttons that were measured in English. */
export function germanLabels(): Svg {
  const goods: [string, string, string, string][] = [
    ['lamp', 'Wacholder Stehleuchte', '189,00 €', 'In den Warenkorb legen'],
    ['shelf', 'Lärche Bücherregal', '349,00 €', 'Verfügbarkeit benachrichtigen'],
    ['stool', 'Birke Hocker', '89,00 €', 'In den Warenkorb legen'],
    ['vase', 'Farn Bodenvase', '59,90 €', 'Verfügbarkeit benachrichtigen'],
  ];
  const cards = goods.map(([thing, name, price, label], i) => {
    const x = 100 + i * 314;
    const inner =
      box(x, 240, 298, 470, { r: 14, stroke: '#e7e1d6' }) +
      photo(x + 14, 254, 270, 260, thing, i) +
      text(x + 18, 552, name, { size: 17, weight: 600 }) +
      stars(x + 18, 564, 4, 14) +
      box(x + 18, 622, 148, 46, { fill: green, r: 8 }) +
      text(x + 92, 650, label, { size: 15, weight: 600, fill: '#ffffff', anchor: 'middle' }) +
      text(x + 216, 654, price, { size: 19, weight: 700 });
    // The words keep going past the button: white on the card where it ends, cut where the card ends.
    const beyond = text(x + 92, 650, label, { size: 15, weight: 600, fill: '#8fa39b', anchor: 'middle' });
    return clipped(
      x,
      240,
      298,
      470,
      inner + clipped(x + 166, 622, 132, 46, beyond) + clipped(x, 622, 18, 46, beyond),
      14,
    );
  });
  return page(
    1440,
    900,
    cream,
    shopHeader(1440, 'de'),
    text(100, 150, 'Wohnzimmer', { size: 34, weight: 700, fill: '#111827' }),
    text(100, 188, '48 Artikel', { size: 16, fill: '#6b7280' }),
    button(1130, 140, 210, 'Filtern und sortieren', { stroke: '#d8d3c8' }),
    ...cards,
    box(0, 790, 1440, 110, { fill: green }),
    text(100, 846, 'Versand und Rückgabe', { size: 14, fill: '#c4d3cc' }),
    text(330, 846, 'Nachhaltigkeit', { size: 14, fill: '#c4d3cc' }),
    clipped(
      520,
      800,
      172,
      90,
      text(520, 846, 'Datenschutzeinstellungen verwalten', { size: 14, fill: '#ffffff' }),
    ),
    text(700, 846, 'Impressum', { size: 14, fill: '#c4d3cc' }),
    text(1340, 846, 'Deutsch · EUR', { size: 14, fill: '#c4d3cc', anchor: 'end' }),
  );
}
