import { everyToolUnderEveryFault } from './lost-answers.ts';

everyToolUnderEveryFault('with idempotency keys', ['idempotency-key'], 'every third pair in one way');
everyToolUnderEveryFault('without idempotency keys', [], 'every third pair in one way');
