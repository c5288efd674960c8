/**
 * `npm test`, after the build: checks and tests at once, since many tests wait. A check that fails ends the tests.
 * Arguments are Vitest's.
 */
import { spawn } from 'node:child_process';
import { check } from './static-checks.ts';

const command = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/all.config.ts',
  ...process.argv.slice(2),
];
const tests = spawn(process.execPath, command, { stdio: 'inherit' });
const passed = new Promise<boolean>((resolve) => tests.on('close', (code) => resolve(code === 0)));
const checked = check();
void checked.then((isFine) => isFine || tests.kill());
process.exitCode = (await passed) && (await checked) ? 0 : 1;
