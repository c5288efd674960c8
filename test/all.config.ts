/**
 * `npm test`: every project but `full` as one. A worker imports what it tests once, instead of once for each project, and
 * files of all projects wait and work side by side (145 s instead of 154, measured one after the other).
 */
import { defineConfig } from 'vitest/config';
import { COMMON, ending, OF_THE_BUILT_PROGRAM, SIDE_BY_SIDE } from '../vitest.config.ts';

export default defineConfig({
  test: {
    ...COMMON,
    ...SIDE_BY_SIDE,
    ...OF_THE_BUILT_PROGRAM,
    include: ['test/**/*.test.ts'],
    exclude: [ending('full')],
  },
});
