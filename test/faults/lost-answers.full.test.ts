import { everyToolUnderEveryFault } from './lost-answers.ts';

everyToolUnderEveryFault('with idempotency keys', ['idempotency-key'], 'each pair in every way');
everyToolUnderEveryFault('without idempotency keys', [], 'each pair in every way');
