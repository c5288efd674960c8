import { bezahlen } from '../../captures/bezahlen.ts';
import { checkoutBroken } from '../../captures/checkout-broken.ts';
import { doubleCharge } from '../../captures/double-charge.ts';
import { dana, jason, lena, tomasz } from '../../world/people.ts';
import { storefront } from '../../world/projects.ts';
import { days, hours } from '../../world/times.ts';
import { deployPipeline, macMini } from '../../world/tokens.ts';
import type { SeedTicket } from '../../world/world.ts';

/** The story to begin with, and what belongs to it. */
export const checkout: SeedTicket[] = [
  {
    id: 't-7Kq2Mx',
    ...storefront.new,
    title: 'Checkout is broken: "Pay now" spins forever',
    description: [
      'Filled the cart, filled in my address, pressed **Pay now**. The button shows its spinner and that is it. No card form, no error message, nothing in my inbox. I waited two minutes, then gave up.',
      '',
      'Steps:',
      '1. Put the Tarn oak table (1.249,00 €) and two Heather throws in the cart',
      '2. Checkout, address in Hamburg, standard shipping',
      '3. Pay now',
      '',
      'Expected: the card form opens.',
      'Actual: spinner for ever. Tried twice more after a reload, same thing.',
      '',
      'Dana in London says it works for her, with the same table in the cart. It worked for me last week.',
    ].join('\n'),
    by: lena,
    minutesAgo: 94,
    sourceUrl: checkoutBroken.url,
    capture: checkoutBroken,
    comments: [
      {
        by: dana,
        minutesAgo: 88,
        body: 'Just placed a test order from here (London, Chrome, same table) and got the card form straight away. Orders from Germany: none since yesterday 16:00. On a normal day we have about forty by now.',
      },
      {
        by: deployPipeline,
        minutesAgo: 86,
        body: 'Deploy history for shop.fjordandfern.example: 4.18.0 (4f9c21e) went live yesterday at 15:52. Changes: new money component, free-shipping bar, dependency updates.',
      },
    ],
  },
  {
    id: 't-nQ5cRu',
    ...storefront.new,
    title: 'Bezahlen geht nicht mehr',
    description:
      'Eine Kundin aus München hat angerufen: Auf der Kassenseite dreht sich nach „Jetzt bezahlen“ nur noch der Kreis. iPad, Safari. Sie hat es gestern Abend und heute früh versucht.\n\nIch konnte es auf dem Lager-iPad nachstellen, aber die Erweiterung hat dort nichts aufgezeichnet.',
    by: lena,
    minutesAgo: 171,
    sourceUrl: bezahlen.url,
    capture: bezahlen,
    comments: [
      {
        by: jason,
        minutesAgo: 60,
        body: 'Probably the same thing as t-7Kq2Mx. Leaving it open until we know.',
      },
    ],
  },
  {
    id: 't-Wbh2Qy',
    ...storefront.progress,
    title: 'Customer charged twice when the payment webhook is delivered again',
    description: [
      'Order FF-20481 shows two payments of 64,80 € at 10:41:07 and 10:41:12. The customer noticed before we did.',
      '',
      'Paylane sent `payment.succeeded` twice because our first answer took 5.2 s (their limit is 5 s). We book whatever arrives. The event id is the same in both deliveries: `evt_9Fq2`.',
      '',
      'Seen on four orders this week, all of them during the nightly stock import.',
    ].join('\n'),
    by: tomasz,
    minutesAgo: days(2) + hours(4),
    sourceUrl: doubleCharge.url,
    capture: doubleCharge,
    assignees: ['usr_tomasz'],
    branch: 't-Wbh2Qy-webhook-idempotency',
    comments: [
      {
        by: macMini,
        minutesAgo: days(2),
        body: 'Read the handler. `POST /hooks/paylane` books the payment before it stores the event id, and the id has no unique index, so a second delivery that arrives while the first is still running passes the check. Plan:\n\n1. unique index on `webhook_events.provider_id`\n2. insert the event first, answer 200 at once, book in a job\n3. refund the four doubles (needs a person)',
      },
      {
        by: tomasz,
        minutesAgo: days(1) + hours(22),
        body: 'Agreed on 1 and 2. I do 3 by hand today, please leave refunds alone.',
      },
      {
        by: macMini,
        minutesAgo: days(1) + hours(4),
        body: 'Index and early answer are on the branch, with a test that delivers the same event twice at once (fails before, passes now). The job is still missing.',
      },
      {
        by: tomasz,
        minutesAgo: hours(20),
        body: 'All four refunded, customers have mail from Dana. Taking over the job part.',
      },
    ],
  },
];
