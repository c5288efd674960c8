/** The disk under a running sandbox is full. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { bundle } from '../support/bundle.ts';
import { callers, smallWorld, start } from '../support/sandbox.ts';

const script = await bundle('./second-process.ts');
// Other users start it, too.
chmodSync(dirname(script), 0o755);

test('a full disk: reads go on, writes say it, and there is room for revoking as soon as there is room', async () => {
  const folder = temporaryFolder();
  const small = join(folder, 'small');
  mkdirSync(small);
  const mounted = mount(small);
  const { as, bare, db } = await start({ db: join(small, 'sandbox.db') });
  const second = await startSandbox({ db, world: smallWorld() });
  onTestFinished(() => second.close());
  const filler = join(small, 'filler');
  if (mounted) execFileSync('sh', ['-c', `dd if=/dev/zero of=${filler} bs=1k 2>/dev/null || true`]);
  else return expect(process.getuid?.(), 'only root makes a small disk').not.toBe(0);
  const statuses = new Set<number>();
  for (let at = 0; at < 20; at++) {
    const reply = await as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'x'.repeat(40_000) });
    statuses.add(reply.status);
    if (reply.status === 507)
      expect(reply.body.error).toMatchObject({
        code: 'disk_full',
        message: expect.stringContaining('The disk is full'),
      });
  }
  expect([...statuses]).toContain(507);
  const readers = [as('mia'), callers(second.apiUrl).as('mia')];
  // Far more than there would be room for in a file that grows.
  for (let at = 0; at < 600; at++) {
    const { status, headers } = await readers[at % 2]!('GET', '/companies');
    expect([status, headers.get('ratelimit-remaining')]).toEqual([200, String(599 - at)]);
  }
  expect((await readers[0]!('GET', '/companies')).status).toBe(429);
  rmSync(filler);
  expect((await bare('DELETE', '/sandbox/tokens/tkn_mia?user_id=usr_mia')).status).toBe(200);
  expect((await as('mia')('GET', '/companies')).status).toBe(401);
  return undefined;
});

/** A disk of 6 MB; false where this user may not make one. */
function mount(at: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', at], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', at]));
  return true;
}

test('a disk that refuses to be written to: reads go on, writes say it', async () => {
  const db = join(temporaryFolder(), 'sandbox.db');
  await (await startSandbox({ db, world: smallWorld() })).close();
  const blocks = Math.ceil(statSync(db).size / 512) + 400;
  const child = spawn('sh', ['-c', `ulimit -f ${blocks}; exec "$0" "$1" "$2"`, process.execPath, script, db]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const apiUrl = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim()));
  });
  const { as } = callers(apiUrl);
  const refused: unknown[] = [];
  for (let at = 0; at < 40 && refused.length < 3; at++) {
    const { status, body } = await as('olga')('POST', '/tickets/t-AAAAAA/comments', {
      body: `${at} `.repeat(12_000),
    });
    if (status !== 201) refused.push([status, body.error.code, body.error.message.split(' (')[0]]);
  }
  const said = [
    507,
    'disk_full',
    'The disk is full, or takes no more from the sandbox. Nothing was written: free some room, then try again.',
  ];
  expect(refused).toEqual([said, said, said]);
  for (let at = 0; at < 3; at++) {
    const { status, headers } = await as('mia')('GET', '/tickets/t-AAAAAA');
    expect([status, headers.get('ratelimit-remaining')]).toEqual([200, String(599 - at)]);
  }
});
