/**
 * `npm run packed`: the npm package, installed into an empty folder and run through its bin on Node 20, 22 and 24,
 * which come from the `node` package of npm. `npm run test:full` does it on the Node that it runs on.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { columns } from '../src/base/output.ts';
import { nodeOf } from '../test/support/nodes.ts';
import { installPacked } from '../test/support/packed.ts';

const execute = promisify(execFile);
const packed = await installPacked();
const rows = [['node', 'version', 'doctor --sandbox']];
let failed = 0;
for (const major of [20, 22, 24]) {
  const node = await nodeOf(major);
  const actual = (await execute(node, ['--version'])).stdout.trim();
  try {
    const version = (await packed.run(['--version'], node)).stdout.trim();
    const { ok } = JSON.parse((await packed.run(['doctor', '--sandbox', '--json'], node)).stdout) as {
      ok: boolean;
    };
    if (!ok) throw new Error('doctor found something wrong');
    rows.push([actual, version, 'all is well']);
  } catch (error) {
    failed++;
    rows.push([actual, '', `FAILED: ${error instanceof Error ? error.message : error}`]);
  }
}
packed.remove();
console.log(
  `${packed.files.length} files, ${Math.round(packed.size / 1024)} kB unpacked\n\n${columns(rows)}`,
);
process.exit(failed === 0 ? 0 : 1);
