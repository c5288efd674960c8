import { test } from 'vitest';
import { DIALECTS } from '../../../src/sandbox/index.ts';
import { everyReadIsTold } from './probe-of-dialects.ts';

test.each(Object.keys(DIALECTS))('%s: every read is confirmed or understood, and says how', everyReadIsTold);
