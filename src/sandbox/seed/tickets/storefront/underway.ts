import { germanLabels } from '../../captures/german-labels.ts';
import { sizeGuide } from '../../captures/size-guide.ts';
import { aoi, dana, jason, lena, priya, tomasz } from '../../world/people.ts';
import { storefront } from '../../world/projects.ts';
import { days, hours } from '../../world/times.ts';
import { macMini, nightly } from '../../world/tokens.ts';
import type { SeedTicket } from '../../world/world.ts';

export const underway: SeedTicket[] = [
  {
    id: 't-Chp0xF',
    ...storefront.progress,
    title: 'Free-shipping bar says "-12,40 € to go"',
    description:
      'Once the cart is over the limit the bar should thank you. It counts on into the negative instead. Harmless but it looks silly, and it is on every page.',
    by: dana,
    minutesAgo: hours(22),
    assignees: ['usr_aoi'],
    branch: 't-Chp0xF-free-shipping-bar',
    comments: [
      { by: aoi, minutesAgo: hours(3), body: '`Math.max(0, …)` and the thank-you text. PR this afternoon.' },
    ],
  },
  {
    id: 't-NfcNfd',
    ...storefront.response,
    title: 'Search finds "Café" or "Cafe\u0301", never both',
    description: [
      'The two words in the title are not the same: the first has é as one character (U+00E9), the second e + combining acute (U+0301). The supplier feed of Ångström & Søn is all decomposed, ours is composed.',
      '',
      '| typed | composed feed | decomposed feed |',
      '|---|---|---|',
      '| Café | 14 hits | 0 |',
      '| Cafe\u0301 | 0 | 3 hits |',
      '| Angstrom | 0 | 0 |',
      '',
      'Also affected: S\u0323\u0307\u0302ample c\u030c\u0323 in the stress list, Vie\u0323\u0302t Nam, o\u0328\u0300.',
    ].join('\n'),
    by: tomasz,
    minutesAgo: days(5),
    assignees: ['usr_jason'],
    comments: [
      {
        by: nightly,
        minutesAgo: days(5) - 90,
        body: 'Normalising both sides to NFC fixes rows 1 and 2. Row 3 needs more: strip marks and fold (Å→A, ø→o).\n\n[BLOCKED] Should “Angstrom” find “Ångström”? In Danish and Swedish å is a letter of its own, and folding it makes “gård” and “gard” the same word. Options: (a) NFC only, (b) NFC + folding for all, (c) folding only when the exact search has no hits.',
      },
      { by: lena, minutesAgo: days(4) + hours(2), body: 'I would expect (c) as a customer. Jason decides.' },
    ],
  },
  {
    id: 't-GftW7p',
    ...storefront.response,
    title: 'Gift wrap is charged per order or per item?',
    description:
      'The cart page multiplies 4,90 € by the number of items, the checkout charges it once. One of them is wrong and I do not know which.',
    by: priya,
    minutesAgo: days(7),
    comments: [
      {
        by: macMini,
        minutesAgo: days(6),
        body: '[BLOCKED] `cart/wrap.ts` multiplies, `checkout/totals.ts` does not; both since the first commit. The terms page says “per gift”. Which one is right?',
      },
      { by: jason, minutesAgo: days(6) - 45, body: 'Asked Dana.' },
    ],
  },
  {
    id: 't-Zx9Mdl',
    ...storefront.review,
    title: 'Size guide opens behind the sticky header',
    description:
      'The upper part of the dialog, with its close button, lies under the header. Escape still closes it, but who knows that. Attached: how it is meant to look (from the design file).',
    by: lena,
    minutesAgo: days(3) + hours(5),
    sourceUrl: sizeGuide.url,
    capture: sizeGuide,
    assignees: ['usr_aoi'],
    branch: 't-Zx9Mdl-modal-layer',
    attachments: [{ id: 'att_modal01', name: 'size-guide-as-designed.png', picture: 'modal-as-designed' }],
    comments: [
      {
        by: macMini,
        minutesAgo: days(2) + hours(1),
        body: "Fix in 81d0f3a: the dialog is rendered in the top layer (`<dialog>.showModal()`) instead of z-index 40 against the header's 50. The header got its z-index with the free-shipping bar.",
      },
      {
        by: macMini,
        minutesAgo: days(2),
        body: 'To verify on staging: open /p/FF-1301, press “Size guide”, at 1440 and at 390 wide. The close button must be visible and take the focus. Escape and a click beside the dialog close it.',
      },
      {
        by: lena,
        minutesAgo: hours(28),
        body: 'Desktop good. Phone: will look tomorrow, left mine at home.',
      },
    ],
  },
  {
    id: 't-DeWk4n',
    ...storefront.review,
    title: 'German labels run out of their buttons',
    description:
      '“In den Warenkorb legen” and “Verfügbarkeit benachrichtigen” are wider than their buttons on the product cards; the price is pushed over the edge. Widths are fixed at 148 px, measured with “Add to cart”.\n\nSame with „Datenschutzeinstellungen verwalten“ in the footer.',
    by: lena,
    minutesAgo: days(9),
    sourceUrl: germanLabels.url,
    capture: germanLabels,
    assignees: ['usr_lena'],
    branch: 't-DeWk4n-german-labels',
    comments: [
      {
        by: nightly,
        minutesAgo: days(5),
        body: 'Fix in c27be90: buttons take the width of their text, with `hyphens: auto` and `lang="de"` on the card. Checked with the pseudo locale (+40 %): no overflow at 1440, 1024 and 390.',
      },
      {
        by: lena,
        minutesAgo: days(4) + hours(7),
        body: 'Cards are fine now. The footer is not, see the capture. Back to you?',
      },
      {
        by: nightly,
        minutesAgo: days(4) + hours(3),
        body: 'Fix in 0e4417d: footer links wrap. The capture above was taken before either commit.',
      },
    ],
  },
];
