import { avatar413 } from '../../captures/avatar-413.ts';
import { invoiceDates } from '../../captures/invoice-dates.ts';
import { sessionSpinner } from '../../captures/session-spinner.ts';
import { socket1006 } from '../../captures/socket-1006.ts';
import { touchDrag } from '../../captures/touch-drag.ts';
import { aoi, jason, priya, tomasz } from '../../world/people.ts';
import { studioConsole } from '../../world/projects.ts';
import { days, hours } from '../../world/times.ts';
import { macMini, nightly } from '../../world/tokens.ts';
import type { SeedTicket } from '../../world/world.ts';

export const underway: SeedTicket[] = [
  {
    id: 't-Spn9Kr',
    ...studioConsole.progress,
    title: 'Endless spinner when the session has expired overnight',
    description:
      'Open the laptop in the morning, console tab still there from yesterday: “Loading your workspace…” for ever. A reload doesn’t help, only deleting the cookies does. Every morning, everybody.',
    by: priya,
    minutesAgo: days(3) + hours(2),
    sourceUrl: sessionSpinner.url,
    capture: sessionSpinner,
    assignees: ['usr_tomasz'],
    branch: 't-Spn9Kr-refresh-loop',
    comments: [
      {
        by: macMini,
        minutesAgo: days(2) + hours(6),
        body: 'The refresh call itself goes through the interceptor that refreshes on 401. So: GET /api/me 401 → POST /api/session/refresh 401 → refresh → refresh … 41 times in the 30 s of the capture, and the promise that the page waits for never settles.',
      },
      {
        by: tomasz,
        minutesAgo: days(1),
        body: 'Taking it. Refresh gets its own client without the interceptor; a 401 there means log in again.',
      },
    ],
  },
  {
    id: 't-WsFlk2',
    ...studioConsole.progress,
    title: 'Live updates stop after a few minutes (WebSocket 1006)',
    description:
      'Presence dots go grey and stay grey. Console: “socket closed 1006” every 60 s sharp. In the office only, not at home, not on the phone’s hotspot. Tab was in the background, so no screenshot.',
    by: aoi,
    minutesAgo: days(5),
    sourceUrl: socket1006.url,
    capture: socket1006,
    assignees: ['usr_aoi', 'usr_tomasz'],
    comments: [
      {
        by: nightly,
        minutesAgo: days(4) + hours(20),
        body: 'Exactly 60.0 s between open and close, each time: that is an idle time-out, not a flaky line. The office proxy closes silent connections after 60 s; our ping goes out every 75 s. 25 s would be usual.',
      },
      {
        by: aoi,
        minutesAgo: days(4),
        body: '25 秒にして試しています。 Trying 25 s since this morning, no disconnect so far.',
      },
    ],
  },
  {
    id: 't-aB3xYz',
    ...studioConsole.response,
    title: 'Invoices are dated one day early for clients west of us',
    description: [
      'Invoice 2025-0184, issued on the 1st, reads “31 May” for our client in Toronto, and lands in the wrong month of their books. Here in Berlin it reads “1 June”.',
      '',
      'Due dates are off by one, too.',
    ].join('\n'),
    by: priya,
    minutesAgo: days(6) + hours(3),
    sourceUrl: invoiceDates.url,
    capture: invoiceDates,
    assignees: ['usr_jason'],
    branch: 't-aB3xYz-invoice-dates',
    comments: [
      {
        by: macMini,
        minutesAgo: days(6),
        body: 'The API sends `"issued_on": "2025-06-01T00:00:00+02:00"`, a moment, for what is a date. `new Date(…).toLocaleDateString()` then prints it in the reader’s zone: 31 May, 18:00 in Toronto. It should be `"2025-06-01"` and be printed as it is.',
      },
      {
        by: macMini,
        minutesAgo: days(5) + hours(22),
        body: '[BLOCKED] 63 issued invoices are stored as moments. Converting them is safe if all were issued from Berlin. Were any issued from the Lisbon office (UTC+1/+0)? If so I need the list; they would come out a day late.',
      },
      { by: jason, minutesAgo: days(5), body: 'Need to ask accounting. Moving it to Response Required.' },
    ],
  },
  {
    id: 't-DndT0u',
    ...studioConsole.response,
    title: 'Planning board: cards can’t be dragged on the tablet',
    description:
      'iPad, both Safari and Chrome. Long press selects the text of the card instead of lifting it. With the trackpad of the keyboard case it works.',
    by: aoi,
    minutesAgo: days(8),
    sourceUrl: touchDrag.url,
    capture: touchDrag,
    comments: [
      {
        by: nightly,
        minutesAgo: days(7) + hours(20),
        body: 'The board uses HTML drag and drop, which touch doesn’t fire on iPadOS for `draggable` elements inside a scroller with `touch-action: pan-y`. Pointer events would work everywhere.\n\n[BLOCKED] That is a rewrite of `board/drag.ts` (about 300 lines). Worth it now, or shall I only add “Move to…” to the card’s menu?',
      },
      {
        by: tomasz,
        minutesAgo: days(7),
        body: 'Menu first, please. It is wanted for keyboards anyway. But it’s Jason’s call.',
      },
    ],
  },
  {
    id: 't-B1d1rL',
    ...studioConsole.response,
    title: 'Attachment “invoice_\u202Efdp.exe” is shown as “invoice_exe.pdf”',
    description: [
      'A client uploaded `invoice_\u202Efdp.exe`. The list shows it as invoice_exe.pdf because of the right-to-left override (U+202E) in its name. I nearly opened it.',
      '',
      'Others I tried, all accepted:',
      '- `pay\u200Bpal.txt` (zero width space: search for “paypal” doesn’t find it)',
      '- `\u2066admin\u2069\u2067.txt` (isolates that are never closed: the rest of the row runs backwards)',
      '- `re\u00ADport\uFEFF.pdf` (soft hyphen, byte order mark)',
      '- `se\u2060cret\u{E0041}\u{E0042}.md` (word joiner, tag characters)',
      '',
      'Names with honest joiners must keep working: `خانه\u200Cها.pdf`, `क्\u200Dष.txt`, `👩\u200D🔧 notes.md`.',
    ].join('\n'),
    by: tomasz,
    minutesAgo: days(4) + hours(9),
    assignees: ['usr_priya'],
    comments: [
      {
        by: nightly,
        minutesAgo: days(4) + hours(4),
        body: '[BLOCKED] Refuse such names at upload (clients get an error they won’t understand), or store them and show the invisible characters as ⟨U+202E⟩? I’d show them.',
      },
    ],
  },
  {
    id: 't-Av4413',
    ...studioConsole.review,
    title: 'Profile picture: “Something went wrong” for anything from a phone',
    description:
      'Settings › Profile › Upload. Photos from a phone are 3–6 MB, the page says “up to 10 MB”. Red toast, no reason given. A small PNG works.',
    by: aoi,
    minutesAgo: days(4),
    sourceUrl: avatar413.url,
    capture: avatar413,
    assignees: ['usr_jason'],
    branch: 't-Av4413-avatar-limit',
    comments: [
      {
        by: macMini,
        minutesAgo: days(3) + hours(5),
        body: 'The 413 comes from nginx, not from us: `client_max_body_size` is 1m (the default) on the new hosts. Its answer is HTML, our client wants JSON, hence “Unexpected token <” and the empty toast.',
      },
      {
        by: macMini,
        minutesAgo: days(2) + hours(3),
        body: 'Fix in 5b2d7c9: limit 10m on /api/uploads, and the client now says “This picture is larger than 10 MB” on any 413, JSON or not.',
      },
      {
        by: jason,
        minutesAgo: days(1) + hours(6),
        body: 'To verify: 9.8 MB JPEG → picture appears; 11 MB → the new sentence. Staging has it, production gets it with Thursday’s release.',
      },
    ],
  },
  {
    id: 't-7oolT1',
    ...studioConsole.review,
    title: 'Chart tooltip leaves the window at the right edge',
    description: 'Hover the last bar of “Hours this month”. Two thirds of the tooltip are outside.',
    by: priya,
    minutesAgo: days(11),
    branch: 't-7oolT1-tooltip-edge',
    comments: [
      {
        by: nightly,
        minutesAgo: days(9),
        body: 'Fix in f02c6ad: the tooltip flips to the left when there’s less than its width to the right.',
      },
      {
        by: nightly,
        minutesAgo: days(9) - 5,
        body: 'Checked at 1280, 1440 and 1920 wide, first and last bar. No person has looked at it yet.',
      },
    ],
  },
];
