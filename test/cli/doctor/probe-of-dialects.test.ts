import { test } from 'vitest';
import { everyReadIsTold } from './probe-of-dialects.ts';

// The likeliest, and those that are furthest from the contract; the others are in the full run.
test.each(['envelope', 'hidden', 'terse', 'records'])(
  '%s: every read is confirmed or understood, and says how',
  everyReadIsTold,
);
