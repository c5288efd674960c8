import { test } from 'vitest';
import { noPauseIsLong } from './pauses.ts';

test('no pause is long, in a few shapes of large answers', { timeout: 240_000 }, () =>
  noPauseIsLong('in a few shapes'),
);
