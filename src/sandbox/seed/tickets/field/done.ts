import { bea, helena, omar, sanjay } from '../../world/people.ts';
import { field } from '../../world/projects.ts';
import { hours, weeks } from '../../world/times.ts';
import { thinkpad } from '../../world/tokens.ts';
import type { SeedTicket } from '../../world/world.ts';

export const done: SeedTicket[] = [
  {
    id: 't-GpsDn1',
    ...field.done,
    title: 'Endless “Allow location?” if one has said no once',
    description: 'Say no, and it asks again on every screen. Say “never”, and the app can’t be used.',
    by: sanjay,
    minutesAgo: weeks(3),
    resolved: true,
    comments: [
      {
        by: thinkpad,
        minutesAgo: weeks(3) - hours(5),
        body: 'Fix in 41ee2b8: the answer is asked of the Permissions API first; “denied” shows one line with a link to the settings.',
      },
      { by: sanjay, minutesAgo: weeks(2), body: 'Verified on three phones. Much better.' },
    ],
  },
  {
    id: 't-PdFp4g',
    ...field.done,
    title: 'Report PDF drops the last page if there are more than 20 photos',
    description: 'And the last page is the one with the signature.',
    by: omar,
    minutesAgo: weeks(4),
    resolved: true,
    assignees: ['usr_sanjay'],
    comments: [
      {
        by: thinkpad,
        minutesAgo: weeks(4) - hours(20),
        body: 'Fix in d3a7720: pages were counted before the photos were laid out.',
      },
      { by: omar, minutesAgo: weeks(3), body: '21, 40 and 100 photos: all pages there.' },
    ],
  },
  {
    id: 't-L0g1nF',
    ...field.done,
    title: 'Password manager fills the job number into the login',
    description:
      'Because the field is called “number” with type=text and there is no autocomplete attribute anywhere.',
    by: bea,
    minutesAgo: weeks(5),
    resolved: true,
    comments: [
      {
        by: thinkpad,
        minutesAgo: weeks(5) - hours(2),
        body: 'Fix in 08bb1f6: `autocomplete="username"` / `"current-password"`, and `"off"` plus a proper name on the job number.',
      },
    ],
  },
  {
    id: 't-Arc9Fd',
    ...field.done,
    title: 'Support Windows Phone',
    description: 'One technician still has one. He likes it.',
    by: helena,
    minutesAgo: weeks(30),
    archivedMinutesAgo: weeks(12),
    comments: [{ by: helena, minutesAgo: weeks(12) + 5, body: 'He has retired, and so may this ticket.' }],
  },
];
