import { icon } from '../icons.ts';
import { homeBar, navy, orange, phoneHeader } from '../phone.ts';
import { box, disc, lines, page, path, rule, type Svg, shape, text } from '../svg.ts';
import { button, pill } from '../widgets.ts';

/** A photo from a lift shaft: rails, a cable, a lamp; no two alike. */
function shaft(x: number, y: number, n: number): Svg {
  const tone = ['#3c4650', '#4a4f45', '#503f3a', '#39424f'][n % 4]!;
  return (
    box(x, y, 114, 114, { fill: tone, r: 8 }) +
    box(x + 22 + (n % 3) * 6, y, 7, 114, { fill: '#8d949b' }) +
    box(x + 82 - (n % 4) * 5, y, 7, 114, { fill: '#8d949b' }) +
    path(
      `M${x + 57} ${y + 4}C${x + 40 + n * 3} ${y + 40} ${x + 74 - n * 2} ${y + 70} ${x + 57} ${y + 110}`,
      '#1c2126',
      5,
    ) +
    disc(x + 30 + ((n * 17) % 56), y + 26 + ((n * 29) % 58), 9, n % 2 ? '#f2c14e' : '#c85a3a')
  );
}

export function offlinePhotos(): Svg {
  const photos = Array.from({ length: 14 }, (_, n) =>
    shaft(20 + (n % 3) * 129, 286 + Math.floor(n / 3) * 129, n),
  );
  return page(
    412,
    915,
    '#f3f5f8',
    phoneHeader('Photos'),
    box(0, 96, 412, 72, { fill: '#fff4e5' }),
    icon('warning', 20, 118, 26, '#b45309'),
    text(58, 128, 'You are offline', { size: 16, weight: 600, fill: '#92400e' }),
    text(58, 150, '3 items waiting', { size: 14, fill: '#92400e' }),
    box(16, 184, 380, 82, { r: 12, stroke: '#e2e6ee' }),
    text(34, 214, 'Job 48213 · Quay 7, goods lift L2', { size: 16, weight: 600 }),
    text(34, 242, 'Contact', { size: 14, fill: '#6b7280' }),
    text(94, 242, '+49 40 555 01 48', { size: 14, fill: '#374151' }),
    ...photos,
    box(278, 802, 114, 56, { r: 28, fill: orange }),
    icon('camera', 298, 818, 26, '#ffffff', 2),
    text(334, 836, 'Photo', { size: 15, weight: 600, fill: '#ffffff' }),
    homeBar(),
  );
}

export function signature(): Svg {
  return page(
    412,
    915,
    '#f3f5f8',
    phoneHeader('Signature'),
    text(20, 146, 'Job 48190, Quay 7 Offices', { size: 18, weight: 600 }),
    lines(20, 176, ['Door drive replaced, safety circuit tested.', 'Lift back in service at 13:31.'], {
      size: 15,
      fill: '#4b5563',
      leading: 24,
    }),
    box(16, 226, 380, 108, { r: 12, stroke: '#e2e6ee' }),
    text(34, 262, 'Working time', { size: 15, fill: '#6b7280' }),
    text(378, 262, '2 h 10 min', { size: 15, weight: 600, anchor: 'end' }),
    rule(34, 280, 378, 280),
    text(34, 310, 'Travel', { size: 15, fill: '#6b7280' }),
    text(378, 310, '45 min', { size: 15, weight: 600, anchor: 'end' }),
    text(20, 378, 'Please sign here', { size: 15, weight: 600, fill: '#374151' }),
    box(16, 394, 380, 190, { r: 12, stroke: '#9ca3af', line: 2, dash: '7 6' }),
    rule(50, 540, 362, 540, '#c3c9d4', 1.5),
    text(50, 562, 'Name in capitals', { size: 12, fill: '#9ca3af' }),
    icon('close', 352, 406, 24, '#9ca3af'),
    text(20, 616, 'Signed by', { size: 13, weight: 500, fill: '#4b5563' }),
    box(16, 628, 380, 46, { r: 8, stroke: '#d1d5db' }),
    text(32, 657, 'M. Okafor, caretaker', { size: 15 }),
    button(16, 800, 380, 'Complete job', { fill: '#cbd2dc', ink: '#ffffff', height: 58, size: 17, r: 12 }),
    text(206, 780, 'A signature is needed', { size: 13, fill: '#b91c1c', anchor: 'middle' }),
    homeBar(),
  );
}

/** A Hebrew job card; the number is stored as +972-3-555-0148. */
export function hebrewCard(): Svg {
  const row = (y: number, label: string, value: string, fill = '#111827') =>
    text(378, y, label, { size: 14, fill: '#6b7280', anchor: 'end' }) +
    text(378, y + 28, value, { size: 18, weight: 600, fill, anchor: 'end' });
  return page(
    412,
    915,
    '#f3f5f8',
    phoneHeader('עבודה 48301', true),
    box(16, 116, 380, 150, { r: 12, stroke: '#e2e6ee' }),
    text(378, 156, 'מעלית נוסעים, בניין ב׳', { size: 20, weight: 700, anchor: 'end' }),
    text(378, 190, 'הדלת אינה נסגרת בקומה 4', { size: 16, fill: '#4b5563', anchor: 'end' }),
    pill(34, 218, 'דחוף', '#fee2e2', '#b91c1c', 14),
    box(16, 286, 380, 296, { r: 12, stroke: '#e2e6ee' }),
    row(326, 'איש קשר', 'נועה לוי'),
    rule(34, 376, 378, 376),
    row(406, 'טלפון', '0148-555-3-972+', '#1d4ed8'),
    rule(34, 456, 378, 456),
    row(486, 'כתובת', '12/4 רחוב הרצל, תל אביב'),
    icon('phone', 40, 412, 30, '#1d4ed8'),
    icon('pin', 40, 494, 30, navy),
    box(16, 602, 380, 160, { r: 12, fill: '#dfe7ef' }),
    shape('M16 690L160 640L250 720L396 660V750a12 12 0 0 1-12 12H28a12 12 0 0 1-12-12z', '#c9d8c8'),
    path('M16 650L180 700L396 620', '#ffffff', 9),
    path('M200 602L230 762', '#ffffff', 9),
    disc(214, 676, 11, orange, 'stroke="#ffffff" stroke-width="4"'),
    button(16, 800, 380, 'התחלת עבודה', { fill: orange, ink: '#ffffff', height: 58, size: 19, r: 12 }),
    homeBar(),
  );
}

/** All that is left of the app when its code is missing: the frame that the worker keeps. */
export function staleWorker(): Svg {
  return page(
    412,
    915,
    '#ffffff',
    box(0, 0, 412, 36, { fill: navy }),
    text(20, 25, '06:58', { size: 14, weight: 600, fill: '#ffffff' }),
    box(362, 14, 26, 12, { stroke: '#ffffff', fill: navy, r: 3 }),
    box(364, 16, 22, 8, { fill: '#ffffff', r: 1 }),
    homeBar(),
  );
}
