import { everyToolUnderEveryFault } from './lost-answers.ts';

everyToolUnderEveryFault('with idempotency keys', ['idempotency-key'], 'every way');
everyToolUnderEveryFault('without idempotency keys', [], 'every way');
