/** A sandbox in a process of its own: prints its API's address and runs until its stdin ends. */
import { startSandbox } from '../../../src/sandbox/index.ts';
import { smallWorld } from './small-world.ts';

const [db] = process.argv.slice(2);
const sandbox = await startSandbox({ db, world: smallWorld() });
process.stdout.write(`${sandbox.apiUrl}\n`);
process.stdin.resume();
process.stdin.once('end', () => {
  sandbox.close().then(() => process.exit());
});
