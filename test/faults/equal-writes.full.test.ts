import { everyClaimIsInTheBooks } from './equal-writes.ts';

for (const from of [8, 12, 16, 20]) everyClaimIsInTheBooks([from, from + 1, from + 2, from + 3]);
