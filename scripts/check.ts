/** `npm run check`: types, lint and dead code, side by side; one after the other they take twice as long. */
import { check } from './static-checks.ts';

process.exitCode = (await check()) ? 0 : 1;
