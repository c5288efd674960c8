import { corsWidgets } from '../../captures/cors-widgets.ts';
import { jason, priya, tomasz } from '../../world/people.ts';
import { studioConsole } from '../../world/projects.ts';
import { days, hours, weeks } from '../../world/times.ts';
import { macMini, nightly, pipeline } from '../../world/tokens.ts';
import type { SeedTicket } from '../../world/world.ts';

export const done: SeedTicket[] = [
  {
    id: 't-CoRs7d',
    ...studioConsole.done,
    title: 'After the deploy every widget says “Failed to load” (CORS)',
    description:
      'Since 14:05. The page itself comes up, all four widgets are red. Console full of “blocked by CORS policy”. Rolled back? Please?',
    by: priya,
    minutesAgo: weeks(1) + hours(5),
    sourceUrl: corsWidgets.url,
    capture: corsWidgets,
    resolved: true,
    assignees: ['usr_tomasz', 'usr_jason'],
    branch: 't-CoRs7d-cors-origin',
    comments: [
      {
        by: tomasz,
        minutesAgo: weeks(1) + hours(5) - 11,
        body: 'Not rolling back, it’s one line: ALLOWED_ORIGINS has a trailing slash in the new environment (`https://console.acme.example/`), origins never have one.',
      },
      {
        by: pipeline,
        minutesAgo: weeks(1) + hours(5) - 19,
        body: 'Deployed api 8.2.1 to production. Environment changed: ALLOWED_ORIGINS.',
      },
      {
        by: macMini,
        minutesAgo: weeks(1) + hours(4),
        body: 'Fix in e61b7f4: the setting is parsed with `new URL(x).origin` at the start, and an entry that isn’t an origin stops the start with a message. Tests with slash, path and upper case.',
      },
      {
        by: priya,
        minutesAgo: weeks(1) + hours(3),
        body: 'All widgets back since 14:24. Thanks for being quick.',
      },
    ],
  },
  {
    id: 't-Z4lg0x',
    ...studioConsole.done,
    title:
      'Team list explodes when somebody is called Z\u0334\u0321\u034Ba\u0335\u0322\u0306l\u0336\u0328\u0310g\u0337\u0327\u0311o\u0338\u031B\u0302',
    description: [
      'A customer’s son got hold of the profile form. His name, as stored:',
      '',
      zalgo('He comes for your layout', 14),
      '',
      'and his job title, one word of 600 letters:',
      '',
      'A'.repeat(100) + 'argh'.repeat(125),
      '',
      'The first paints over three rows above and below, the second makes the table 4,000 px wide.',
    ].join('\n'),
    by: tomasz,
    minutesAgo: weeks(2) + days(2),
    resolved: true,
    comments: [
      {
        by: nightly,
        minutesAgo: weeks(2),
        body: 'Fix in 19d4e0b: `overflow-wrap: anywhere` on cells, `overflow: clip` on rows, and at most four combining marks a letter when a name is saved (Vietnamese needs two, Hebrew with points and accents three).',
      },
      { by: priya, minutesAgo: weeks(2) - 400, body: 'He’s contained. 😄' },
    ],
  },
  {
    id: 't-Rnd0Up',
    ...studioConsole.done,
    title: 'Rounding: 3 × 33.33 % of an invoice doesn’t add up',
    description: 'Split invoices lose a cent. Auditors love that.',
    by: priya,
    minutesAgo: weeks(6),
    resolved: true,
    assignees: ['usr_tomasz'],
    comments: [
      {
        by: tomasz,
        minutesAgo: weeks(5),
        body: 'Fix in 2cc95d1: shares by largest remainder, the sum is exact by construction.',
      },
    ],
  },
  {
    id: 't-SpnDup',
    ...studioConsole.done,
    title: 'Console hangs on “Loading your workspace…”',
    description: 'Every morning. Clearing cookies helps.',
    by: tomasz,
    minutesAgo: days(3) + hours(1),
    archivedMinutesAgo: days(2) + hours(23),
    comments: [{ by: jason, minutesAgo: days(3), body: 'Same as t-Spn9Kr, one hour younger.' }],
  },
  {
    id: 't-ar7Kx1',
    ...studioConsole.progress,
    title: 'Move time entries to the new table',
    description: 'Migration ticket. Steps 1–6 in the wiki.',
    by: jason,
    minutesAgo: weeks(12),
    resolved: true,
    archivedMinutesAgo: weeks(8),
    assignees: ['usr_tomasz'],
    branch: 't-ar7Kx1-time-entries',
    comments: [
      {
        by: tomasz,
        minutesAgo: weeks(8) + 30,
        body: '1,204,551 rows moved, sums per client and month compared, no difference. Old table dropped.',
      },
    ],
  },
];

/** Text with marks piled above and below each letter. */
function zalgo(text: string, height: number): string {
  const marks = Array.from({ length: height }, (_, i) =>
    String.fromCodePoint(0x0300 + ((i * 7) % 0x45)),
  ).join('');
  return [...text].map((char) => (char === ' ' ? char : char + marks)).join('');
}
