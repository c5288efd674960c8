import { test } from 'vitest';
import { axeFindsNothing, USUAL_PLACES } from './axe-on-pages.ts';
import { useBrowser } from './pages.ts';

useBrowser();

test(
  'axe finds nothing serious where people are most, in light on a desktop and in dark on a phone, and nothing scrolls sideways there',
  { timeout: 180_000 },
  () => axeFindsNothing(USUAL_PLACES),
);
