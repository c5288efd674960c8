import { arabicSteps } from '../../captures/arabic-steps.ts';
import { discountTwice } from '../../captures/discount-twice.ts';
import { safariCart } from '../../captures/safari-cart.ts';
import { aoi, dana, jason, lena, priya } from '../../world/people.ts';
import { storefront } from '../../world/projects.ts';
import { days, hours, weeks } from '../../world/times.ts';
import { macMini, nightly } from '../../world/tokens.ts';
import type { SeedTicket } from '../../world/world.ts';

export const todo: SeedTicket[] = [
  {
    id: 't-vP4sTe',
    ...storefront.new,
    title: 'Add to cart is dead on older iPhones (Safari 16.3)',
    description:
      'Nothing on the product page reacts: Add to cart, the size buttons, not even the menu. Scrolling works. My mother-in-law has an iPhone 12 that was never updated, so I could borrow it. On my own phone (iOS 18) all is well.',
    by: lena,
    minutesAgo: hours(31),
    sourceUrl: safariCart.url,
    capture: safariCart,
    comments: [
      {
        by: macMini,
        minutesAgo: hours(29),
        body: "The capture has one error and it comes before anything else: the bundle does not parse, so no handler is ever attached. `(?<=` (lookbehind) is understood by Safari from 16.4 on. It came in with the new money component (`src/money/parse.ts`). Our browserslist says `safari >= 16`, but esbuild does not rewrite regular expressions.\n\n2.1 % of last month's orders came from Safari below 16.4.",
      },
    ],
  },
  {
    id: 't-3dGhZa',
    ...storefront.new,
    title: 'Discount code counts twice when you press Enter and the button',
    description:
      "SPRING10 takes 10 % off. Type it, press Enter and click **Apply** quickly: 19 % off. I got to 27 % with a third click. Nobody has found out yet as far as I can see, but the code was in Tuesday's newsletter.",
    by: aoi,
    minutesAgo: days(3),
    sourceUrl: discountTwice.url,
    capture: discountTwice,
    assignees: ['usr_priya'],
    comments: [
      {
        by: priya,
        minutesAgo: days(2) + hours(20),
        body: 'Confirmed. Two POSTs to /api/cart/discounts within 40 ms, both answered 201. The server should refuse a code that is on the cart already; disabling the button is cosmetics.',
      },
    ],
  },
  {
    id: 't-bK6fLt',
    ...storefront.new,
    title: 'Filters are gone after going back from a product',
    description:
      "Kitchen › Material: oak › under 200 €. Open a product, press the browser's Back: all filters cleared, scrolled to the top. The address still says `?material=oak&max=20000`.\n\nHappens in Chrome and Firefox, not in Safari (there the page comes back from the bfcache).",
    by: lena,
    minutesAgo: days(6),
  },
  {
    id: 't-R2Lshp',
    ...storefront.new,
    title: 'صفحة الدفع بالعربية: ترتيب الخطوات معكوس',
    description: [
      'في النسخة العربية التجريبية تظهر خطوات الدفع من اليسار إلى اليمين: «الدفع» أولاً ثم «الشحن» ثم «السلة». السهم في زر «متابعة» يشير إلى الخلف أيضاً.',
      '',
      'السعر يظهر هكذا: 1,249.00 د.إ. وهو صحيح، لكن رقم الهاتف +971 4 555 0123 ينعكس عند النسخ.',
      '',
      'For those who read no Arabic: steps run left to right on a right-to-left page, and the arrow on the Continue button points backwards. Prices are fine. Phone numbers turn round when copied.',
    ].join('\n'),
    by: aoi,
    minutesAgo: days(4) + hours(6),
    sourceUrl: arabicSteps.url,
    capture: arabicSteps,
    comments: [
      {
        by: lena,
        minutesAgo: days(4) + hours(3),
        body: 'בעברית אותה בעיה: החץ בכפתור „המשך” מצביע לכיוון הלא נכון. צריך לבדוק את שתי השפות יחד.',
      },
      {
        by: nightly,
        minutesAgo: days(4) + hours(1),
        body: 'The stepper sets `flex-direction: row` and numbers its items with `left:` offsets. `inset-inline-start` and a mirrored arrow icon would do for both languages. Not started.',
      },
    ],
  },
  {
    id: 't-Em0j1Z',
    ...storefront.new,
    title: 'Order mails split emoji: 👩‍👩‍👧‍👦 becomes 👩 👩 👧 👦',
    description: [
      'Gift message in the shop: “Happy housewarming 👩‍👩‍👧‍👦🏳️‍🌈 from the 🇩🇰 side!”',
      'In the mail: “Happy housewarming 👩 👩 👧 👦🏳 🌈 from the 🇩 🇰 side!”',
      '',
      'Also seen: 👨🏽‍🚀 → 👨🏽 🚀, ❤️‍🔥 → ❤ 🔥, 🧑🏿‍🤝‍🧑🏻 → four pieces, 1️⃣ → 1.',
      '',
      'The old “strip control characters” filter also eats U+200D (zero width joiner) and U+FE0F. It must go on eating U+202E, of course.',
    ].join('\n'),
    by: dana,
    minutesAgo: days(8),
  },
  {
    id: 't-Apy7Wn',
    ...storefront.new,
    title: 'Wish: express payment on the product page',
    description:
      'Half of our visitors are on phones and a third of them leave at the address form. A wallet button right under “Add to cart” would spare them the form altogether. Paylane can do it (`express` element), we pay for it already.',
    by: dana,
    minutesAgo: weeks(3),
    comments: [
      {
        by: jason,
        minutesAgo: weeks(2),
        body: 'Yes, after 4.19. Needs a design for what happens with gift messages.',
      },
      {
        by: dana,
        minutesAgo: weeks(2) - 50,
        body: 'Skip them for express orders? Nobody types one on the bus.',
      },
    ],
  },
  {
    id: 't-dRf7aa',
    ...storefront.new,
    title: 'Checkout copy, second try',
    description:
      'Draft, not ready to show.\n\n- “Pay now” → “Order and pay” (the law wants “order” in Germany anyway)\n- trust badge under the button?\n- shipping: say the day, not “2–3 working days”',
    by: lena,
    minutesAgo: hours(5),
    draft: true,
  },
];
