import { everyToolUnderEveryFault } from './every-tool.ts';

everyToolUnderEveryFault('with idempotency keys', ['idempotency-key']);
everyToolUnderEveryFault('without idempotency keys', []);
