import { day, desk, headline } from '../desk.ts';
import { icon } from '../icons.ts';
import { box, disc, lines, page, rule, type Svg, text } from '../svg.ts';
import { bars, button, curve, pill, spinner, toast } from '../widgets.ts';

const card = (x: number, y: number, width: number, height: number): Svg =>
  box(x, y, width, height, { r: 12, stroke: day.edge });

/** Nothing but the frame and a wheel. */
export function sessionSpinner(): Svg {
  const ghosts = [0, 1, 2].map((i) => box(264 + i * 386, 180, 362, 110, { r: 12, fill: '#eef0f5' })).join('');
  return page(
    1440,
    900,
    day.page,
    desk(1440, 900, 'Dashboard'),
    ghosts,
    box(264, 314, 1134, 520, { r: 12, fill: '#eef0f5' }),
    spinner(836, 520, 30, day.accent, '#d5d8e6', 6),
    text(836, 592, 'Loading your workspace…', { size: 18, weight: 500, fill: day.soft, anchor: 'middle' }),
  );
}

function number(x: number, width: number, label: string, value: string, trend: string, good: boolean): Svg {
  return (
    card(x, 172, width, 120) +
    text(x + 24, 208, label, { size: 14, fill: day.hint }) +
    text(x + 24, 256, value, { size: 32, weight: 700, fill: day.ink }) +
    pill(x + width - 110, 234, trend, good ? '#dcfce7' : '#fee2e2', good ? '#15803d' : '#b91c1c')
  );
}

const hours = [31, 38, 42, 29, 45, 12, 6, 36, 41, 44, 39, 47, 10, 4, 35, 43, 46, 40, 48, 14, 8, 38];

/** The developers' gauge in the corner says what the charts can't: everything is still in memory. */
export function dashboardLeak(): Svg {
  const heap = Array.from({ length: 60 }, (_, i) => 300 + i * 30 + (i % 5) * 22);
  const gauge =
    box(1516, 78, 380, 92, { fill: '#111827', r: 10 }) +
    text(1536, 106, 'heap', { size: 13, mono: true, fill: '#9ca3af' }) +
    text(1876, 106, '2 134 MB', { size: 15, weight: 700, mono: true, fill: '#f87171', anchor: 'end' }) +
    text(1536, 131, 'canvases', { size: 13, mono: true, fill: '#9ca3af' }) +
    text(1876, 131, '1 556', { size: 15, weight: 700, mono: true, fill: '#f87171', anchor: 'end' }) +
    text(1536, 156, 'last frame', { size: 13, mono: true, fill: '#9ca3af' }) +
    text(1876, 156, '898 ms', { size: 15, weight: 700, mono: true, fill: '#fbbf24', anchor: 'end' });
  // What four hundred charts on top of each other look like: the ink gets thick and jagged.
  const ghosts = [0, 1, 2, 3, 4, 5, 6]
    .map((n) =>
      curve(
        300 + n,
        400 + n * 3,
        1000,
        380,
        heap.map((h, i) => h + ((i * (n + 3)) % 7) * 40),
        '#4f46e5',
      ),
    )
    .join('');
  return page(
    1920,
    1080,
    day.page,
    desk(1920, 1080, 'Dashboard'),
    headline('Good afternoon, Tomasz', 'Live, every 10 seconds'),
    pill(520, 126, '● Live', '#dcfce7', '#15803d', 13),
    number(264, 388, 'Hours this week', '412.5', '+ 4 %', true),
    number(676, 388, 'Running timers', '6', 'now', true),
    number(1088, 388, 'Open invoices', '23', '+ 3', false),
    number(1500, 388, 'Billed this month', '48 210 €', '+ 11 %', true),
    card(264, 316, 1080, 540),
    text(296, 358, 'Live load, last hour', { size: 17, weight: 600 }),
    ...[0, 1, 2, 3, 4].map((i) => rule(300, 400 + i * 95, 1310, 400 + i * 95, '#eef0f4')),
    ghosts,
    ...['12:05', '12:20', '12:35', '12:50', '13:05'].map((t, i) =>
      text(300 + i * 245, 820, t, { size: 12, fill: day.hint }),
    ),
    card(1368, 316, 520, 540),
    text(1400, 358, 'Hours per day', { size: 17, weight: 600 }),
    bars(1400, 400, 456, 400, hours, '#a5b4fc'),
    card(264, 880, 1624, 170),
    text(296, 922, 'Who is working on what', { size: 17, weight: 600 }),
    ...['Aoi · Shop relaunch', 'Tomasz · Console', 'Priya · Field Service', 'Lena · Fjord & Fern'].map(
      (t, i) =>
        disc(312 + i * 390, 970, 8, '#22c55e') +
        text(332 + i * 390, 975, t, { size: 15 }) +
        text(332 + i * 390, 1002, `since ${9 + i}:${20 + i * 7}`, { size: 13, fill: day.hint }),
    ),
    gauge,
  );
}

/** Four widgets, four refusals. */
export function corsWidgets(): Svg {
  const widget = (x: number, y: number, title: string) =>
    card(x, y, 555, 250) +
    text(x + 28, y + 42, title, { size: 17, weight: 600 }) +
    box(x + 28, y + 66, 499, 156, { fill: '#fef2f2', r: 10 }) +
    icon('warning', x + 262, y + 84, 32, '#dc2626') +
    text(x + 278, y + 146, 'Failed to load', { size: 16, weight: 600, fill: '#b91c1c', anchor: 'middle' }) +
    button(x + 228, y + 166, 100, 'Try again', { stroke: '#fca5a5', ink: '#b91c1c', height: 36 });
  return page(
    1440,
    900,
    day.page,
    desk(1440, 900, 'Dashboard'),
    headline('Good afternoon, Priya', 'Tuesday, everything at a glance'),
    widget(264, 176, 'Hours this week'),
    widget(843, 176, 'Revenue'),
    widget(264, 446, 'Open invoices'),
    widget(843, 446, 'Team'),
    box(264, 720, 1134, 120, { r: 12, stroke: day.edge }),
    text(292, 762, 'News', { size: 17, weight: 600 }),
    lines(292, 794, ['Planning now shows public holidays of all federal states.'], {
      size: 15,
      fill: day.soft,
    }),
    toast(1030, 816, 380, 'Could not reach the server', 'Failed to fetch (4 requests)'),
  );
}
