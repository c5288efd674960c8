import { everyToolUnderEveryFault } from './every-tool.ts';

everyToolUnderEveryFault('without idempotency keys', []);
