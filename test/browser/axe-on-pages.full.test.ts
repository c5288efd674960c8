import { test } from 'vitest';
import { axeFindsNothing, EVERY_PLACE } from './axe-on-pages.ts';
import { useBrowser } from './pages.ts';

useBrowser();

test(
  'axe finds nothing serious on any page, in light on a desktop and in dark on a phone, and none scrolls sideways there',
  { timeout: 180_000 },
  () => axeFindsNothing(EVERY_PLACE),
);
