import { hebrewCard } from '../../captures/hebrew-card.ts';
import { offlinePhotos } from '../../captures/offline-photos.ts';
import { signature } from '../../captures/signature.ts';
import { bea, helena, omar, priya, sanjay } from '../../world/people.ts';
import { field } from '../../world/projects.ts';
import { days, hours, weeks } from '../../world/times.ts';
import { thinkpad } from '../../world/tokens.ts';
import type { SeedTicket } from '../../world/world.ts';

export const backlog: SeedTicket[] = [
  {
    id: 't-0fFl1n',
    ...field.new,
    title: 'Photos taken in the lift shaft are lost',
    description:
      'No signal down there, so the app keeps photos until one is back up. On Tuesday it kept 14 of 31 and said nothing. The banner “3 items waiting” never changed.\n\nPixel 8, 128 GB, plenty of room. Reproduced in the basement car park with the capture running.',
    by: sanjay,
    minutesAgo: hours(40),
    sourceUrl: offlinePhotos.url,
    capture: offlinePhotos,
    comments: [
      {
        by: thinkpad,
        minutesAgo: hours(37),
        body: 'The queue stores photos as base64 text in IndexedDB. The capture has `QuotaExceededError` from the 15th on: the origin isn’t persistent, so Chrome gives it what it likes, and base64 adds a third. The rejection isn’t handled, so the banner keeps its old number.\n\nAsk for `navigator.storage.persist()`, store Blobs, and show the error.',
      },
    ],
  },
  {
    id: 't-H1nBng',
    ...field.new,
    title: 'हिन्दी और বাংলা: संयुक्ताक्षर टूट जाते हैं (conjuncts fall apart)',
    description: [
      'काम की रिपोर्ट में «क्ष» के बजाय «क् ष» छपता है। नमूने:',
      '',
      '- लिखा: क्षेत्र, ज्ञान, श्रीमान, विद्युत् → छपा: क् षेत्र, ज् ञान, श् रीमान',
      '- জন্য ZWJ: র\u200D্যাব (must stay র\u200D্যাব, not র্যাব)',
      '- with ZWNJ: क्\u200Cष is meant to stay apart, and does, by luck',
      '- বাংলা: লিফট বন্ধ, যন্ত্রাংশ প্রয়োজন — “ন্ত্র” is split into three',
      '',
      'The PDF service shapes letter by letter since its font was subset. On the screen all is well.',
    ].join('\n'),
    by: sanjay,
    minutesAgo: days(9),
    comments: [
      {
        by: sanjay,
        minutesAgo: days(9) - 20,
        body: 'মনে হচ্ছে ফন্টের GSUB টেবিল বাদ পড়েছে। (The GSUB table seems to be gone from the font.)',
      },
    ],
  },
  {
    id: 't-S1gnPd',
    ...field.new,
    title: 'Signature vanishes when the phone is turned',
    description:
      'Customer signs in landscape, hands the phone back, it turns, the box is empty. “Complete job” stays grey. They have to sign again, some refuse.',
    by: bea,
    minutesAgo: days(3),
    sourceUrl: signature.url,
    capture: signature,
  },
  {
    id: 't-HbrPhn',
    ...field.new,
    title: 'מספרי טלפון וכתובות מתהפכים בכרטיס העבודה',
    description: [
      'בכרטיס העבודה מספר הטלפון ‎+972-3-555-0148‎ מוצג כ-‎0148-555-3-972+‎, ושם הרחוב עם מספר הבית מתערבב: „רחוב הרצל 12/4” נהיה „12/4 רחוב הרצל”.',
      '',
      'Phone numbers come out backwards on the Hebrew job card, and dialling from the card calls a stranger. The `tel:` link is built from the displayed text. House number and street change places, too.',
      '',
      'شارع الملك ١٢/٤ — نفس المشكلة بالعربية.',
    ].join('\n'),
    by: omar,
    minutesAgo: days(6),
    sourceUrl: hebrewCard.url,
    capture: hebrewCard,
    comments: [
      {
        by: thinkpad,
        minutesAgo: days(5),
        body: 'Wrap numbers in `<bdi dir="ltr">` and take `href` from the data, not from `textContent`. Two places: `JobCard.vue:88`, `ContactRow.vue:23`.',
      },
    ],
  },
  {
    id: 't-w1sHgr',
    ...field.new,
    title: 'Wish: gloves mode',
    description:
      'Buttons twice as large, fewer of them, and swipe instead of tap for “done”. It is −8 °C on roofs.',
    by: sanjay,
    minutesAgo: weeks(6),
    comments: [
      {
        by: helena,
        minutesAgo: weeks(5),
        body: 'Good idea. After the winter release, which is a pity, I know.',
      },
    ],
  },
  {
    id: 't-dRf7cc',
    ...field.new,
    title: 'Report numbering for next year (ask Helena first)',
    description: '',
    by: bea,
    minutesAgo: days(2),
    draft: true,
  },
  {
    id: 't-Bat7Lw',
    ...field.new,
    title: 'App drains the battery since 3.9 (GPS every second)',
    description: 'Was 12 % a shift, is 45 % now. Android says “Globex Field: 6 h 11 min of location”.',
    by: sanjay,
    minutesAgo: days(1) + hours(6),
    comments: [
      {
        by: priya,
        minutesAgo: days(1),
        body: '3.9 switched `watchPosition` to high accuracy for the arrival check and never switches back. We’ll take it into 3.9.2.',
      },
    ],
  },
];
