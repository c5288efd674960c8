import { everyToolUnderEveryFault } from './lost-answers.ts';

everyToolUnderEveryFault('with idempotency keys', ['idempotency-key'], 'one way each');
everyToolUnderEveryFault('without idempotency keys', [], 'one way each');
