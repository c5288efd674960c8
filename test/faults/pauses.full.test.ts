import { test } from 'vitest';
import { noPauseIsLong } from './pauses.ts';

test('no pause is long, whatever the answer', { timeout: 240_000 }, () =>
  noPauseIsLong('whatever the answer'),
);
