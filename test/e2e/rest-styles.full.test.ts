/** The same as in `rest-styles.test.ts`, on each of the conventions. */
import { test } from 'vitest';
import { STYLES } from '../support/rest-styles/index.ts';
import { speaksAs } from '../support/styled-story.ts';

test.each(Object.keys(STYLES))('%s', speaksAs, 120_000);
