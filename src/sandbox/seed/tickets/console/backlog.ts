import { csvUmlauts } from '../../captures/csv-umlauts.ts';
import { darkContrast } from '../../captures/dark-contrast.ts';
import { dashboardLeak } from '../../captures/dashboard-leak.ts';
import { aoi, jason, priya, tomasz } from '../../world/people.ts';
import { studioConsole } from '../../world/projects.ts';
import { days, hours, weeks } from '../../world/times.ts';
import { macMini, nightly } from '../../world/tokens.ts';
import type { SeedTicket } from '../../world/world.ts';

export const backlog: SeedTicket[] = [
  {
    id: 't-Uml4ut',
    ...studioConsole.new,
    title: 'CSV export cuts names at the first umlaut',
    description: [
      'Clients › Export › CSV, opened in Excel and in Numbers:',
      '',
      '```csv',
      'client;city;open_cents',
      'M\uFFFD;K\uFFFD;1420000',
      'Stra\uFFFD;D\uFFFD;88000',
      '```',
      '',
      'should be `Müller & Söhne;Köln;…` and `Straßen- und Tiefbau;Düsseldorf;…`. The table in the page is right, the file is wrong. Everything after the first ä, ö, ü or ß of a field is missing.',
    ].join('\n'),
    by: priya,
    minutesAgo: hours(30),
    sourceUrl: csvUmlauts.url,
    capture: csvUmlauts,
    comments: [
      {
        by: macMini,
        minutesAgo: hours(28),
        body: 'The answer is labelled `charset=iso-8859-1` and its bytes are ISO 8859-1, but the writer before it counts field lengths in UTF-8 bytes and the one after it decodes as UTF-8 and stops at the first invalid byte. The export should be UTF-8 with a byte order mark (Excel needs it) all the way. `src/export/csv.rs:41`.',
      },
    ],
  },
  {
    id: 't-M3mLkQ',
    ...studioConsole.new,
    title: 'Dashboard eats 2 GB if left open over lunch',
    description: [
      'Leave the studio dashboard open for an hour. Chrome’s task manager: 310 MB at 12:00, 1.2 GB at 12:40, 2.1 GB at 13:05, then the charts stutter and the tab dies.',
      '',
      'Only with “Live” switched on. Each refresh seems to leave the old charts behind: `document.querySelectorAll("canvas").length` grows by 4 every ten seconds.',
    ].join('\n'),
    by: tomasz,
    minutesAgo: days(2) + hours(7),
    sourceUrl: dashboardLeak.url,
    capture: dashboardLeak,
    comments: [
      {
        by: macMini,
        minutesAgo: days(2) + hours(2),
        body: 'Fits the capture: long tasks grow from 60 ms to 900 ms, and the console warns of 11 `resize` listeners at minute 2. `LiveChart.update()` makes a new chart without calling `destroy()` on the one before.',
      },
    ],
  },
  {
    id: 't-dArk3C',
    ...studioConsole.new,
    title: 'Dark mode: hints and disabled fields can’t be read',
    description:
      'Settings in dark mode. The hint under each field is #4b5563 on #111827, which is 2.4 : 1. Disabled fields are worse (1.6 : 1). AA wants 4.5 : 1.\n\nIn light mode all is well, see the attached picture.',
    by: aoi,
    minutesAgo: days(10),
    sourceUrl: darkContrast.url,
    capture: darkContrast,
    attachments: [{ id: 'att_light01', name: 'same-page-light.png', picture: 'settings-light' }],
  },
  {
    id: 't-p3RmVw',
    ...studioConsole.new,
    title: 'Viewers see “Delete client”, and get an error when they press it',
    description:
      'The server refuses, so nothing is lost, but the button shouldn’t be there. Reported by a customer’s bookkeeper who “nearly had a heart attack”.',
    by: priya,
    minutesAgo: days(13),
    comments: [
      {
        by: tomasz,
        minutesAgo: days(12),
        body: 'The menu asks `user.can("client:delete")`, which is always true since roles became per company. Easy.',
      },
    ],
  },
  {
    id: 't-kBd5hC',
    ...studioConsole.new,
    title: 'Wish: start and stop the timer from the keyboard',
    description: '`S` to start, `S` again to stop, `N` for a note. Like in every other tool I have used. 🙏',
    by: aoi,
    minutesAgo: weeks(5),
    comments: [
      {
        by: jason,
        minutesAgo: weeks(4),
        body: 'OK for me as long as it does nothing while somebody types in a field.',
      },
      { by: aoi, minutesAgo: weeks(4) - 40, body: 'もちろんです。' },
    ],
  },
  {
    id: 't-Ab3xYz',
    ...studioConsole.new,
    title: 'Invoice PDF: bank details end up alone on page 2',
    description:
      'With exactly eleven lines. Ten are fine, twelve are fine. (Not the same as t-aB3xYz, mind the capitals.)',
    by: priya,
    minutesAgo: days(16),
  },
  {
    id: 't-MdHtm5',
    ...studioConsole.new,
    title: 'Release notes show raw HTML & swallow code blocks',
    description: [
      '# What I typed',
      '',
      'Our changelog editor takes Markdown. This:',
      '',
      '````markdown',
      '## 2.3.0',
      '- **New:** timers survive a reload',
      '- Use `GET /v2/timers?running=true`',
      '',
      '```js',
      'const t = await api.timers.list({ running: true });',
      'console.log(`running: `, t.length); // <-- back-ticks',
      '```',
      '<details><summary>For admins</summary>Set <code>TIMER_MAX=12h</code></details>',
      '````',
      '',
      '# What I got',
      '',
      '<div class="note"><b>New:</b> timers survive a reload</div>',
      '&lt;details&gt;&lt;summary&gt;For admins&lt;/summary&gt;…',
      '',
      '1. the `js` block is cut at the first back-tick inside it',
      '2. `<details>` is printed, not rendered — fine, but then `&amp;lt;` is escaped *twice*',
      '3. a table with a pipe in a cell (`a \\| b`) loses the cell',
      '',
      '| input | output |',
      '|---|---|',
      '| `a \\| b` | a |',
      '| `~~old~~` | ~~old~~ |',
      '',
      '> Quoted answer from support: "works on my machine" ¯\\\\_(ツ)_/¯',
      '',
      'Literal \\n in the JSON of the API answer, too: `"body":"one\\\\ntwo"`.',
    ].join('\n'),
    by: tomasz,
    minutesAgo: days(18),
    comments: [
      {
        by: nightly,
        minutesAgo: days(17),
        body: 'Two renderers run one after the other (server: escaping, client: Markdown). Smallest failing input:\n\n~~~\n`` ` ``\n~~~\n\nOne of the two has to go; I would keep the client’s, with its sanitizer.',
      },
    ],
  },
  {
    id: 't-dRf7bb',
    ...studioConsole.new,
    title: 'Hours per client: last month looks too high?',
    description: 'Not sure yet. 212 h for one person. Check with Priya before filing this properly.',
    by: tomasz,
    minutesAgo: days(1),
    draft: true,
  },
];
