import { photo } from '../goods.ts';
import { icon } from '../icons.ts';
import { cream, green, leaf } from '../shop.ts';
import { box, disc, lines, page, rule, type Svg, text } from '../svg.ts';
import { radio, spinner } from '../widgets.ts';

/** The last step: everything filled in, and a button that never stops spinning. */
export function checkout(): Svg {
  return page(1440, 900, cream, head(), steps(), address(), shipping(), payment(), summary());
}

function head(): Svg {
  return (
    box(0, 0, 1440, 76, { fill: '#ffffff' }) +
    leaf(140, 24, 28) +
    text(178, 47, 'Fjord & Fern', { size: 21, weight: 700, fill: green }) +
    icon('lock', 1130, 27, 20, '#6b7280') +
    text(1156, 44, 'Secure checkout', { size: 14, weight: 500, fill: '#4b5563' }) +
    rule(0, 76, 1440, 76)
  );
}

function steps(): Svg {
  const step = (x: number, n: string, label: string, done: boolean) =>
    disc(x, 116, 14, done ? green : '#ffffff', `stroke="${green}" stroke-width="2"`) +
    (done
      ? icon('check', x - 9, 107, 18, '#ffffff', 2.6)
      : text(x, 121, n, { size: 13, weight: 700, fill: green, anchor: 'middle' })) +
    text(x + 24, 121, label, { size: 14, weight: done ? 500 : 700, fill: done ? '#4b5563' : green });
  return (
    step(154, '1', 'Cart', true) +
    rule(230, 116, 290, 116, '#b8c4bf', 2) +
    step(318, '2', 'Address', true) +
    rule(416, 116, 476, 116, '#b8c4bf', 2) +
    step(504, '3', 'Payment', false)
  );
}

const card = (y: number, height: number, title: string, action: string): Svg =>
  box(140, y, 680, height, { r: 14, stroke: '#e7e1d6' }) +
  text(168, y + 40, title, { size: 18, weight: 600, fill: '#111827' }) +
  text(792, y + 39, action, { size: 14, weight: 500, fill: '#2f6b59', anchor: 'end' });

function address(): Svg {
  return (
    card(160, 184, 'Delivery address', 'Change') +
    lines(168, 234, ['Lena Hoffmann', 'Hoheluftchaussee 1xx', '20253 Hamburg', 'Germany'], {
      size: 15,
      fill: '#374151',
      leading: 26,
    })
  );
}

function shipping(): Svg {
  return (
    card(364, 146, 'Shipping', '') +
    box(168, 428, 624, 58, { r: 10, fill: '#f3f8f6', stroke: green, line: 2 }) +
    radio(194, 457, true, green) +
    text(218, 462, 'DHL Standard, 2–3 working days', { size: 15, weight: 500 }) +
    text(770, 462, '6,90 €', { size: 15, weight: 600, anchor: 'end' })
  );
}

function payment(): Svg {
  const way = (y: number, label: string, on: boolean) =>
    box(168, y, 624, 54, {
      r: 10,
      fill: on ? '#f3f8f6' : '#ffffff',
      stroke: on ? green : '#d8d3c8',
      line: on ? 2 : 1,
    }) +
    radio(194, y + 27, on, green) +
    text(218, y + 32, label, { size: 15, weight: 500 });
  const brand = (x: number, fill: string) => box(x, 605, 38, 24, { r: 4, fill });
  return (
    card(530, 262, 'Payment', '') +
    way(590, 'Card', true) +
    brand(654, '#1f3a8a') +
    brand(698, '#b4542f') +
    brand(742, '#334155') +
    way(654, 'Bank transfer', false) +
    way(718, 'Invoice, 30 days', false)
  );
}

function summary(): Svg {
  const item = (y: number, thing: string, name: string, detail: string, price: string, ground: number) =>
    photo(908, y, 72, 72, thing, ground) +
    text(998, y + 32, name, { size: 15, weight: 600 }) +
    text(998, y + 54, detail, { size: 13, fill: '#6b7280' }) +
    text(1272, y + 32, price, { size: 15, weight: 500, anchor: 'end' });
  const sum = (y: number, label: string, amount: string) =>
    text(908, y, label, { size: 15, fill: '#4b5563' }) + text(1272, y, amount, { size: 15, anchor: 'end' });
  return (
    box(880, 160, 420, 580, { r: 14, stroke: '#e7e1d6', shadow: true }) +
    text(908, 200, 'Your order', { size: 18, weight: 600, fill: '#111827' }) +
    item(226, 'table', 'Tarn oak table', 'Oiled, 160 × 80 cm', '1.249,00 €', 0) +
    item(314, 'throw', 'Heather throw', '2 × 59,90 €', '119,80 €', 3) +
    rule(908, 412, 1272, 412, '#ece6db') +
    sum(448, 'Subtotal', '1.368,80 €') +
    sum(480, 'Shipping', '6,90 €') +
    rule(908, 506, 1272, 506, '#ece6db') +
    text(908, 544, 'Total', { size: 18, weight: 700, fill: '#111827' }) +
    text(1272, 544, '1.375,70 €', { size: 20, weight: 700, fill: '#111827', anchor: 'end' }) +
    text(1272, 566, 'incl. 19 % VAT', { size: 12, fill: '#6b7280', anchor: 'end' }) +
    box(908, 592, 364, 56, { r: 10, fill: '#6f8a82' }) +
    spinner(1044, 620, 11, '#ffffff') +
    text(1070, 626, 'Pay now', { size: 17, weight: 600, fill: '#e9f0ed' }) +
    lines(1090, 678, ['By paying you accept our terms and', 'have read the privacy notice.'], {
      size: 13,
      fill: '#6b7280',
      anchor: 'middle',
      leading: 20,
    })
  );
}
