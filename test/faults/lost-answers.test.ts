import { everyToolUnderEveryFault } from './lost-answers.ts';

everyToolUnderEveryFault('with idempotency keys', ['idempotency-key'], 'every second pair in one way');
everyToolUnderEveryFault('without idempotency keys', [], 'every second pair in one way');
