import { day, desk, headline, night, type Skin } from '../desk.ts';
import { icon } from '../icons.ts';
import { box, disc, lines, page, type Svg, text } from '../svg.ts';
import { button, input, toast } from '../widgets.ts';

/** Profile settings, in either skin. */
function profile(skin: Skin): Svg {
  const style = {
    fill: skin.fieldFill,
    stroke: skin === day ? '#d1d5db' : '#374151',
    ink: skin.ink,
    labelInk: skin.soft,
  };
  const off = {
    ...style,
    fill: skin === day ? '#f3f4f6' : '#141b2b',
    ink: skin === day ? '#6b7280' : '#323c4d',
  };
  const hint = (y: number, words: string) => text(590, y, words, { size: 13, fill: skin.hint });
  const tabs = ['Profile', 'Notifications', 'Security', 'Working hours', 'API access'];
  return (
    desk(1440, 900, 'Settings', skin) +
    headline('Settings', 'How others see you, and how we reach you', skin) +
    tabs
      .map(
        (tab, i) =>
          (i ? '' : box(264, 180, 220, 40, { fill: skin === day ? '#eef0ff' : '#1e2440', r: 8 })) +
          text(282, 206 + i * 44, tab, {
            size: 15,
            weight: i ? 400 : 600,
            fill: i ? skin.soft : skin.accent,
          }),
      )
      .join('') +
    box(540, 176, 858, 600, { fill: skin.card, stroke: skin.edge, r: 12 }) +
    disc(640, 262, 50, '#0d9488') +
    text(640, 278, 'AY', { size: 40, weight: 600, fill: '#ffffff', anchor: 'middle' }) +
    button(720, 232, 150, 'Choose picture', {
      fill: skin === day ? '#ffffff' : '#1f2937',
      stroke: skin === day ? '#d1d5db' : '#374151',
      ink: skin.ink,
    }) +
    text(720, 294, 'JPEG or PNG, up to 10 MB', { size: 13, fill: skin.hint }) +
    input(590, 370, 360, 'Name', 'Aoi Yamada', style) +
    hint(434, 'Shown on comments, time entries and invoices.') +
    input(990, 370, 360, 'Job title', 'Designer', style) +
    text(990, 434, 'Optional. Clients can see it.', { size: 13, fill: skin.hint }) +
    input(590, 494, 360, 'E-mail', 'aoi@acme.example', off) +
    hint(558, 'Managed by your company, ask an admin to change it.') +
    input(990, 494, 360, 'Employee number', '0042', off) +
    text(990, 558, 'Managed by your company.', { size: 13, fill: skin.hint }) +
    input(590, 618, 360, 'Time zone', 'Tokyo (UTC+9)', style) +
    hint(682, 'Reminders are sent in this time zone.') +
    button(1230, 714, 120, 'Save', { fill: skin.accent, ink: skin === day ? '#ffffff' : '#0b1120' }) +
    button(1116, 714, 100, 'Cancel', {
      fill: skin === day ? '#ffffff' : '#1f2937',
      stroke: skin === day ? '#d1d5db' : '#374151',
      ink: skin.ink,
    })
  );
}

export const settingsLight = (): Svg => page(1440, 900, day.page, profile(day));
export const darkContrast = (): Svg => page(1440, 900, night.page, profile(night));

export function avatar413(): Svg {
  const chosen =
    box(890, 226, 320, 72, { r: 10, fill: '#f9fafb', stroke: '#e5e7eb' }) +
    box(902, 238, 48, 48, { r: 8, fill: '#cbd5e1' }) +
    icon('image', 914, 250, 24, '#64748b') +
    lines(964, 258, ['IMG_2204.jpeg', '4.2 MB'], { size: 14, leading: 22, fill: '#374151' });
  return page(1440, 900, day.page, profile(day), chosen, toast(1030, 804, 380, 'Something went wrong', ''));
}
