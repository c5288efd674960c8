/**
 * Sandboxes in a process of their own: one for each line of stdin that names a file (`{ db, limits? }`). The address of
 * its API is printed; `close` closes the last of them. All run until stdin ends.
 */
import { createInterface } from 'node:readline';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { smallWorld } from './small-world.ts';

const open: Sandbox[] = [];

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'close') {
    await open.pop()?.close();
    process.stdout.write('closed\n');
    continue;
  }
  const { db, limits } = JSON.parse(line);
  const world = smallWorld();
  if (limits) world.companies[0]!.limits = limits;
  const sandbox = await startSandbox({ db, world });
  open.push(sandbox);
  process.stdout.write(`${sandbox.apiUrl}\n`);
}
for (const sandbox of open) await sandbox.close();
process.exit();
