/** Every tool on an API of a well-known convention, through the built program: the same facts as the contract's. */
import { test } from 'vitest';
import { speaksAs } from '../support/styled-story.ts';

// Envelopes, addresses, cursors of other names; the others are in the full run.
test.each(['JSON:API', 'OData', 'Stripe'])('%s', speaksAs, 120_000);
