import { everyToolUnderEveryFault } from './every-tool.ts';

everyToolUnderEveryFault('with idempotency keys', ['idempotency-key'], 'one way each');
everyToolUnderEveryFault('without idempotency keys', [], 'one way each');
