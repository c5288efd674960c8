import { photo } from '../goods.ts';
import { icon } from '../icons.ts';
import { cream, green, leaf } from '../shop.ts';
import { box, disc, page, rule, type Svg, text } from '../svg.ts';
import { input } from '../widgets.ts';

/** Read from the right, but the steps and the arrow still run to the right. */
export function arabicSteps(): Svg {
  const step = (x: number, n: string, label: string, done: boolean) =>
    disc(x, 168, 18, done ? green : '#ffffff', `stroke="${green}" stroke-width="2"`) +
    (done
      ? icon('check', x - 11, 157, 22, '#ffffff', 2.6)
      : text(x, 174, n, { size: 15, weight: 700, fill: green, anchor: 'middle' })) +
    text(x, 212, label, { size: 16, weight: 600, fill: green, anchor: 'middle' });
  return page(
    1280,
    800,
    cream,
    box(0, 0, 1280, 76, { fill: '#ffffff' }),
    leaf(1150, 24, 28),
    text(1136, 47, 'Fjord & Fern', { size: 21, weight: 700, fill: green, anchor: 'end' }),
    text(130, 46, 'دفع آمن', { size: 16, fill: '#4b5563' }),
    icon('lock', 100, 28, 20, '#6b7280'),
    rule(0, 76, 1280, 76),
    step(420, '1', 'السلة', true),
    rule(448, 168, 612, 168, green, 2),
    step(640, '2', 'الشحن', false),
    rule(668, 168, 832, 168, '#b8c4bf', 2),
    step(860, '3', 'الدفع', false),
    box(520, 256, 660, 470, { r: 14, stroke: '#e7e1d6' }),
    text(1150, 304, 'عنوان التوصيل', { size: 22, weight: 700, fill: '#111827', anchor: 'end' }),
    input(860, 354, 290, 'الاسم الأول', 'ليلى', { end: true }),
    input(550, 354, 290, 'اسم العائلة', 'المنصوري', { end: true }),
    input(550, 444, 600, 'الشارع', 'شارع الشيخ زايد ١٢', { end: true }),
    input(860, 534, 290, 'المدينة', 'دبي', { end: true }),
    input(550, 534, 290, 'رقم الهاتف', '971 4 555 0123+', { end: true }),
    box(550, 624, 600, 64, { r: 10, fill: green }),
    text(880, 663, 'متابعة إلى الدفع', { size: 19, weight: 700, fill: '#ffffff', anchor: 'middle' }),
    icon('arrow', 740, 643, 26, '#ffffff', 2.4),
    box(100, 256, 380, 330, { r: 14, stroke: '#e7e1d6' }),
    text(450, 304, 'طلبك', { size: 20, weight: 700, fill: '#111827', anchor: 'end' }),
    photo(364, 332, 88, 88, 'table', 0),
    text(344, 368, 'طاولة من خشب البلوط', { size: 16, weight: 600, anchor: 'end' }),
    text(344, 398, '1,249.00 د.إ.', { size: 15, fill: '#4b5563', anchor: 'end' }),
    rule(130, 450, 450, 450, '#ece6db'),
    text(450, 488, 'الشحن', { size: 15, fill: '#4b5563', anchor: 'end' }),
    text(130, 488, '49.00 د.إ.', { size: 15 }),
    text(450, 540, 'المجموع', { size: 18, weight: 700, anchor: 'end' }),
    text(130, 540, '1,298.00 د.إ.', { size: 19, weight: 700 }),
  );
}
