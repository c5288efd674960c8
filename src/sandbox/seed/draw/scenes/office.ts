import { clients, cutOff, fileBytes } from '../../captures/csv-umlauts.ts';
import { day, desk, headline } from '../desk.ts';
import { icon } from '../icons.ts';
import { box, lines, page, rule, type Svg, text } from '../svg.ts';
import { button, pill, table } from '../widgets.ts';

const euros = (cents: number): string =>
  `${(cents / 100)
    .toFixed(2)
    .replace('.', ',')
    .replace(/(\d)(\d{3},)/, '$1 $2')} €`;

/** The list is right; the preview of the file it exports isn't. */
export function csvUmlauts(): Svg {
  const cell = (x: number, y: number, width: number, value: string, head = false) =>
    box(x, y, width, 36, { fill: head ? '#f1f3f8' : '#ffffff', stroke: '#dfe3ec' }) +
    text(x + 10, y + 23, value, {
      size: 13,
      weight: head ? 600 : 400,
      mono: !head,
      fill: head ? day.soft : day.ink,
    });
  const sheet = clients.map(({ name, city, cents }, i) => {
    const y = 344 + i * 36;
    return (
      text(836, y + 23, String(i + 2), { size: 12, fill: day.hint, anchor: 'end' }) +
      cell(850, y, 190, cutOff(name)) +
      cell(1040, y, 140, cutOff(city)) +
      cell(1180, y, 170, String(cents))
    );
  });
  return page(
    1440,
    900,
    day.page,
    desk(1440, 900, 'Clients'),
    headline('Clients', '8 clients, 10 open invoices'),
    button(1268, 98, 130, 'New client', { fill: day.accent, ink: '#ffffff' }),
    box(264, 176, 500, 560, { r: 12, stroke: day.edge }),
    table(
      288,
      214,
      452,
      [
        { title: 'Client', x: 0, weight: 600, fill: day.ink },
        { title: 'City', x: 200 },
        { title: 'Open', x: 452, anchor: 'end' },
      ],
      clients.map(({ name, city, cents }) => [name, city, euros(cents)]),
      58,
    ),
    box(788, 176, 610, 560, { r: 12, stroke: day.edge, shadow: true }),
    icon('download', 816, 202, 24, day.accent),
    text(850, 221, 'clients.csv', { size: 18, weight: 600 }),
    text(850, 248, `Preview of the file, ${fileBytes} bytes`, { size: 14, fill: day.hint }),
    pill(1266, 204, 'exported', '#dcfce7', '#15803d'),
    cell(850, 308, 190, 'client', true),
    cell(1040, 308, 140, 'city', true),
    cell(1180, 308, 170, 'open_cents', true),
    ...sheet,
    button(1200, 672, 150, 'Download', { fill: day.accent, ink: '#ffffff' }),
    button(1090, 672, 96, 'Close', { stroke: '#d1d5db' }),
  );
}

/** Issued on the first, printed as the last of the month before. */
export function invoiceDates(): Svg {
  const pair = (y: number, label: string, value: string) =>
    text(700, y, label, { size: 15, fill: day.hint }) +
    text(1090, y, value, { size: 15, weight: 600, anchor: 'end' });
  return page(
    1280,
    960,
    '#eef0f5',
    desk(1280, 960, 'Invoices'),
    text(264, 112, 'Invoice 2025-0184', { size: 24, weight: 700 }),
    pill(546, 92, 'sent', '#dbeafe', '#1d4ed8', 13),
    button(960, 86, 110, 'Print', { stroke: '#d1d5db' }),
    button(1082, 86, 150, 'Download PDF', { fill: day.accent, ink: '#ffffff' }),
    box(330, 146, 810, 790, { r: 4, shadow: true }),
    box(380, 190, 40, 40, { fill: day.accent, r: 10 }),
    text(400, 219, 'A', { size: 24, weight: 700, fill: '#ffffff', anchor: 'middle' }),
    text(434, 218, 'Acme Studio', { size: 20, weight: 700 }),
    lines(380, 282, ['Maple & Main Inc.', 'Accounts payable', '41 Front Street', 'Toronto, ON'], {
      size: 15,
      fill: day.soft,
      leading: 25,
    }),
    text(1090, 218, 'INVOICE', { size: 22, weight: 700, fill: '#c7cad6', anchor: 'end' }),
    pair(282, 'Number', '2025-0184'),
    pair(314, 'Issued', '31 May 2025'),
    pair(346, 'Due', '30 June 2025'),
    pair(378, 'Period', '1 – 31 May 2025'),
    table(
      380,
      436,
      710,
      [
        { title: 'Work', x: 0, fill: day.ink },
        { title: 'Hours', x: 420, anchor: 'end' },
        { title: 'Rate', x: 550, anchor: 'end' },
        { title: 'Amount', x: 710, anchor: 'end', weight: 600 },
      ],
      [
        ['Shop relaunch, design', '36.0', '95,00 €', '3 420,00 €'],
        ['Shop relaunch, development', '58.5', '110,00 €', '6 435,00 €'],
        ['Workshop in Toronto', '12.0', '110,00 €', '1 320,00 €'],
        ['Travel, flat', '', '', '669,50 €'],
      ],
    ),
    rule(380, 642, 1090, 642, '#cbd0dc', 2),
    text(380, 684, 'Total, no VAT (reverse charge)', { size: 16, weight: 600 }),
    text(1090, 686, '11 844,50 €', { size: 22, weight: 700, anchor: 'end' }),
    rule(380, 780, 1090, 780),
    lines(380, 812, ['Please pay to', 'DE02 1203 0000 0000 2020 51', 'quoting the invoice number'], {
      size: 13,
      fill: day.hint,
      leading: 24,
    }),
  );
}

/** The order in the shop's back office, with one payment too many. */
export function doubleCharge(): Svg {
  const card = (x: number, y: number, width: number, height: number, title: string) =>
    box(x, y, width, height, { r: 12, stroke: '#e7e1d6' }) +
    text(x + 28, y + 42, title, { size: 17, weight: 600 });
  const rooms = ['Orders', 'Goods', 'Stock', 'Customers', 'Discounts', 'Settings'];
  return page(
    1440,
    900,
    '#f7f5f0',
    box(0, 0, 210, 900, { fill: '#23443b' }),
    text(28, 50, 'Fjord & Fern', { size: 19, weight: 700, fill: '#ffffff' }),
    text(28, 72, 'back office', { size: 13, fill: '#a9c0b6' }),
    box(12, 106, 186, 42, { fill: '#345a4f', r: 8 }),
    ...rooms.map((room, i) =>
      text(32, 133 + i * 48, room, { size: 15, weight: i ? 400 : 600, fill: i ? '#c4d3cc' : '#ffffff' }),
    ),
    text(250, 66, 'Order FF-20481', { size: 26, weight: 700 }),
    pill(500, 44, 'paid', '#dcfce7', '#15803d', 13),
    pill(566, 44, 'overpaid', '#fef3c7', '#b45309', 13),
    button(1110, 40, 130, 'Refund', { stroke: '#d8d3c8' }),
    button(1254, 40, 146, 'Print slip', { fill: '#23443b', ink: '#ffffff' }),
    card(250, 110, 760, 230, 'Goods'),
    table(
      278,
      186,
      704,
      [
        { title: 'Item', x: 0, weight: 600 },
        { title: 'Qty', x: 480, anchor: 'end' },
        { title: 'Amount', x: 704, anchor: 'end' },
      ],
      [
        ['Heather throw, heather grey', '1', '59,90 €'],
        ['DHL Standard', '1', '4,90 €'],
      ],
    ),
    text(982, 322, 'Total  64,80 €', { size: 16, weight: 700, anchor: 'end' }),
    card(250, 364, 760, 264, 'Payments'),
    table(
      278,
      440,
      704,
      [
        { title: 'Payment', x: 0, weight: 600 },
        { title: 'Event', x: 170 },
        { title: 'Received', x: 330 },
        { title: 'State', x: 500 },
        { title: 'Amount', x: 704, anchor: 'end', weight: 600 },
      ],
      [
        ['pay_7H31', 'evt_9Fq2', '10:41:07', 'succeeded', '64,80 €'],
        ['pay_7H32', 'evt_9Fq2', '10:41:12', 'succeeded', '64,80 €'],
      ],
      54,
    ),
    text(982, 602, 'Paid  129,60 €', { size: 16, weight: 700, fill: '#b45309', anchor: 'end' }),
    card(250, 652, 760, 190, 'History'),
    lines(
      278,
      732,
      [
        '10:41:07   Payment booked (took 5.2 s)',
        '10:41:12   Payment booked',
        '10:41:13   Receipt sent, twice',
      ],
      { size: 14, fill: day.soft, leading: 32 },
    ),
    card(1040, 110, 360, 300, 'Customer'),
    lines(
      1068,
      192,
      [
        'Marlene Example',
        'marlene@customers.example',
        '',
        'Kastanienallee 1xx',
        '10435 Berlin',
        'Customer since 2021, 6 orders',
      ],
      { size: 15, fill: day.soft, leading: 30 },
    ),
    card(1040, 434, 360, 194, 'Balance'),
    text(1068, 534, '− 64,80 €', { size: 34, weight: 700, fill: '#b91c1c' }),
    text(1068, 572, 'We owe the customer', { size: 14, fill: day.hint }),
  );
}
