import { dispatchFreeze } from '../../captures/dispatch-freeze.ts';
import { imeEnter } from '../../captures/ime-enter.ts';
import { mapTiles } from '../../captures/map-tiles.ts';
import { staleWorker } from '../../captures/stale-worker.ts';
import { bea, helena, jason, omar, priya, sanjay } from '../../world/people.ts';
import { field } from '../../world/projects.ts';
import { days, hours } from '../../world/times.ts';
import { thinkpad } from '../../world/tokens.ts';
import type { SeedTicket } from '../../world/world.ts';

export const underway: SeedTicket[] = [
  {
    id: 't-2kJobs',
    ...field.progress,
    title: 'Dispatch board freezes for seconds on Mondays (2,000 jobs)',
    description:
      'Dragging a job takes 4–5 s until it follows the mouse. On Mondays the maintenance contracts add about 1,800 jobs to the week. On other days it is all right.',
    by: bea,
    minutesAgo: days(2) + hours(3),
    sourceUrl: dispatchFreeze.url,
    capture: dispatchFreeze,
    assignees: ['usr_jason', 'usr_priya'],
    branch: 't-2kJobs-virtual-board',
    comments: [
      {
        by: thinkpad,
        minutesAgo: days(2),
        body: 'From the capture: 2,047 job cards in the DOM, and one mouse move lays out all of them (`getBoundingClientRect` in a loop after each style change). Longest task 4.6 s. Two independent cures: measure once at drag start; draw only what is in view.',
      },
      {
        by: jason,
        minutesAgo: days(1) + hours(5),
        body: 'First cure is on the branch: 4.6 s → 0.3 s on my machine. The second one is more work, doing it anyway.',
      },
    ],
  },
  {
    id: 't-1MEcjk',
    ...field.progress,
    title: '検索で変換確定の Enter を押すと送信されてしまう (IME Enter submits)',
    description: [
      '部品検索で「巻上機」と入力し、変換を確定する Enter を押すと、その時点で検索が実行されます。「まきあげき」で検索されて 0 件になります。',
      '',
      '中文输入法也一样：输入“曳引机”，按回车确认拼音时就提交了“yeyinji”。',
      '한국어: “권상기”를 입력하면 마지막 글자가 두 번 들어갑니다 (“권상기기”).',
      '',
      'In short: the search submits on keydown Enter without looking at `event.isComposing`. Japanese, Chinese and Korean users can’t search at all.',
    ].join('\n'),
    by: priya,
    minutesAgo: days(3) + hours(6),
    sourceUrl: imeEnter.url,
    capture: imeEnter,
    assignees: ['usr_priya'],
    branch: 't-1MEcjk-ime-enter',
    comments: [
      {
        by: priya,
        minutesAgo: days(3),
        body: 'Tested with 山田さん: fine with `if (event.isComposing || event.keyCode === 229) return`. Safari needs the 229.',
      },
    ],
  },
  {
    id: 't-Chunk7',
    ...field.progress,
    title: 'White page after every release until the app is reinstalled',
    description:
      'The morning after a release half of the crew sees a white page. Deleting the app from the home screen and adding it again helps. We did that 40 times last Thursday by phone.',
    by: helena,
    minutesAgo: days(4) + hours(2),
    sourceUrl: staleWorker.url,
    capture: staleWorker,
    assignees: ['usr_priya'],
    branch: 't-Chunk7-stale-worker',
    comments: [
      {
        by: thinkpad,
        minutesAgo: days(4),
        body: 'The service worker answers `/` from its cache (build 3.8.6) and passes everything else on; the server has only 3.9.0’s files and answers 404 for `/m/3.8.6/route-jobs.js`. The error page of that 404 is HTML, hence the MIME type message.\n\nKeep the last two builds’ files on the server, and reload once when a chunk is missing.',
      },
      {
        by: priya,
        minutesAgo: days(3) + hours(8),
        body: 'Doing both. Files of old builds now stay for 30 days.',
      },
    ],
  },
  {
    id: 't-DsT230',
    ...field.response,
    title: 'Jobs between 02:00 and 03:00 disappear when the clocks change',
    description:
      'Planning the night shifts of the weekend on which the clocks go forward: three jobs for 02:15–02:45, saved without problemWith, on nobody’s phone. They are in the database with `starts_at: null`.',
    by: omar,
    minutesAgo: days(14),
    assignees: ['usr_bea'],
    comments: [
      {
        by: thinkpad,
        minutesAgo: days(13),
        body: 'That hour doesn’t exist on that night in Europe/Berlin. The planner makes “02:15” of that day, the library answers “invalid”, we store null.\n\n[BLOCKED] What should happen: plan at 03:15 (same distance from midnight), at 03:00, or refuse and ask the planner?',
      },
      { by: bea, minutesAgo: days(12), body: 'Whatever the union says. I have asked.' },
    ],
  },
  {
    id: 't-T1m3rX',
    ...field.response,
    title: 'Travel time counts twice if two technicians share a van',
    description: 'Both get 45 min, the customer pays 90. Customer has noticed.',
    by: bea,
    minutesAgo: days(5) + hours(4),
    comments: [
      {
        by: thinkpad,
        minutesAgo: days(5),
        body: '[BLOCKED] The data don’t know who drove. Is there a list of vans and shifts somewhere, or shall the second person on the same address within ten minutes count as a passenger?',
      },
      {
        by: omar,
        minutesAgo: days(4),
        body: 'There is a list, on paper. I will bring it into the tool first. Please wait.',
      },
    ],
  },
  {
    id: 't-Gr3yTl',
    ...field.review,
    title: 'Map shows grey squares north of the river',
    description:
      'Tiles of the northern half stay grey at zoom 14 and closer. Zoom 13 is complete. Started on Monday.',
    by: bea,
    minutesAgo: days(5) + hours(6),
    sourceUrl: mapTiles.url,
    capture: mapTiles,
    assignees: ['usr_jason'],
    branch: 't-Gr3yTl-tile-key',
    comments: [
      {
        by: thinkpad,
        minutesAgo: days(4) + hours(22),
        body: 'The tile server answers 429 after 100 tiles a minute for our key: we are on the free plan since the trial ended on Monday. Zoom 13 comes from cache.',
      },
      { by: helena, minutesAgo: days(4), body: 'Paid. Should work within the hour.' },
      {
        by: jason,
        minutesAgo: days(2) + hours(2),
        body: 'Fix in 6d90fa7: the app’s part of it. Tiles that fail are asked for again with a pause, and after that show “map not available” instead of grey. To verify: throttle to offline at zoom 14, pan north, go online.',
      },
    ],
  },
  {
    id: 't-Pr1ntQ',
    ...field.review,
    title: 'Printed job sheet lacks the QR code in Firefox',
    description: 'An empty square. Chrome prints it. The office printer PC has Firefox.',
    by: sanjay,
    minutesAgo: days(10),
    branch: 't-Pr1ntQ-qr-print',
    comments: [
      {
        by: thinkpad,
        minutesAgo: days(8),
        body: 'Fix in b7730de: the code is drawn as SVG, not as a background image (Firefox leaves backgrounds out when printing).',
      },
    ],
  },
];
