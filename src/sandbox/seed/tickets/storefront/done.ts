import { categoryImages } from '../../captures/category-images.ts';
import { currencyNan } from '../../captures/currency-nan.ts';
import { aoi, dana, jason, lena, tomasz } from '../../world/people.ts';
import { storefront } from '../../world/projects.ts';
import { days, hours, weeks } from '../../world/times.ts';
import { macMini, nightly, pipeline } from '../../world/tokens.ts';
import type { SeedTicket } from '../../world/world.ts';

export const done: SeedTicket[] = [
  {
    id: 't-uN1aNp',
    ...storefront.done,
    title: 'Price shows "NaN €" after switching currency',
    description:
      'Switch from EUR to DKK and back on any product page. The price reads NaN € until a reload. In DKK it is right.',
    by: aoi,
    minutesAgo: days(5) + hours(8),
    sourceUrl: currencyNan.url,
    capture: currencyNan,
    resolved: true,
    assignees: ['usr_aoi'],
    branch: 't-uN1aNp-currency-nan',
    comments: [
      {
        by: macMini,
        minutesAgo: days(5) + hours(2),
        body: 'Fix in 3c1f08e: the rate table has no entry for the base currency, so EUR → EUR gave `undefined * cents`. The base now has rate 1.',
      },
      {
        by: aoi,
        minutesAgo: days(4),
        body: '確認しました。EUR → DKK → EUR で正しく表示されます。 (Verified on staging and live.)',
      },
    ],
  },
  {
    id: 't-Cdn4o4',
    ...storefront.done,
    title: 'Lower half of the category pages has no pictures since the CDN move',
    description:
      'Everything from the fourth row on is a grey box. The first rows are in my cache, I think: in a private window all of them are grey. Full-page capture below.',
    by: dana,
    minutesAgo: weeks(2) + hours(3),
    sourceUrl: categoryImages.url,
    capture: categoryImages,
    resolved: true,
    assignees: ['usr_tomasz'],
    comments: [
      {
        by: tomasz,
        minutesAgo: weeks(2) + hours(1),
        body: 'The copy job stopped at 10,000 objects (one page of the listing) and reported success. Running the rest now, about 40 minutes.',
      },
      {
        by: pipeline,
        minutesAgo: weeks(2),
        body: 'Copy finished: 38,214 of 38,214 objects. Spot check of 500 addresses: 500 × 200.',
      },
      { by: dana, minutesAgo: weeks(2) - 30, body: 'All there again. Thank you!' },
    ],
  },
  {
    id: 't-r8CvEi',
    ...storefront.done,
    title: 'Typo: "You will recieve a confirmation"',
    description: 'Last line of the thank-you page. i before e and so on.',
    by: lena,
    minutesAgo: weeks(3),
    resolved: true,
    comments: [
      {
        by: nightly,
        minutesAgo: weeks(3) - 50,
        body: 'Fix in a90b6d2: “receive”. Found it in the Danish fallback text, too.',
      },
      { by: lena, minutesAgo: weeks(3) - 500, body: 'Seen live.' },
    ],
  },
  {
    id: 't-Str3ss',
    ...storefront.done,
    title: 'Address form rejects house numbers like "12 b–d"',
    description: 'Regex wants digits and at most one letter. Half of Hamburg lives in “12 b–d”.',
    by: lena,
    minutesAgo: weeks(4),
    resolved: true,
    assignees: ['usr_tomasz'],
    comments: [
      {
        by: tomasz,
        minutesAgo: weeks(4) - 300,
        body: 'Fix in 77aa01c: the pattern is gone. We only check that it is not empty.',
      },
    ],
  },
  {
    id: 't-BlkFr1',
    ...storefront.done,
    title: 'Black Friday banner covers the cart icon',
    description: 'On phones only. The banner goes on Monday, so this may solve itself.',
    by: dana,
    minutesAgo: weeks(10),
    archivedMinutesAgo: weeks(9),
    comments: [{ by: jason, minutesAgo: weeks(9) + 10, body: 'Banner is gone, archiving.' }],
  },
  {
    id: 't-0pAyBt',
    ...storefront.new,
    title: 'Pay button no reaction???',
    description: 'see title',
    by: aoi,
    minutesAgo: hours(19),
    archivedMinutesAgo: hours(1),
    comments: [{ by: jason, minutesAgo: hours(1) + 2, body: 'Duplicate of t-7Kq2Mx, which has a capture.' }],
  },
];
