import {
  closeSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Libsql from 'libsql';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { callers, smallWorld, start } from '../support/sandbox.ts';

test.each([
  ['cut to nothing', (file: string) => truncateSync(file, 0)],
  [
    'overwritten',
    (file: string) => {
      const open = openSync(file, 'r+');
      writeSync(open, Buffer.alloc(4096, 7), 0, 4096, 0);
      closeSync(open);
    },
  ],
])('a file that is %s under it is said, whoever follows its changes', async (_, harm) => {
  const first = await start();
  await first.close();
  const { as, db, url, followers } = await start({ db: first.db });
  const following = new AbortController();
  onTestFinished(() => following.abort());
  const changes = await fetch(`${url}/events`, { signal: following.signal });
  await changes.body!.getReader().read();
  harm(db);
  const answers: unknown[] = [];
  for (let at = 0; at < 3; at++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const { status, body } = await as('olga')('POST', '/tickets/t-AAAAAA/archive');
    answers.push([status, body.error?.message]);
  }
  // What is in the cache may still be answered.
  const damaged = [503, expect.stringContaining('damaged')];
  for (const answer of answers) expect([damaged, [200, undefined]]).toContainEqual(answer);
  expect(followers()).toBe(1);
});

test.each([
  '',
  '-wal',
  '-requests',
  '-requests-wal',
])('a file that is deleted under it is noticed (sandbox.db%s)', async (suffix) => {
  const { as, db } = await start();
  expect((await as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'kept' })).status).toBe(201);
  rmSync(db + suffix);
  // The file that counts requests is looked for now and then.
  if (suffix.startsWith('-requests')) {
    await expect.poll(async () => (await as('olga')('GET', '/companies')).status).toBe(503);
  }
  for (const [method, path] of [
    ['POST', '/tickets/t-AAAAAA/archive'],
    ['GET', '/tickets/t-AAAAAA'],
    ['GET', '/sandbox/tokens'],
  ] as const) {
    const { status, body } = await as('olga')(method, path);
    expect([path, status]).toEqual([path, 503]);
    expect(body.error.message).toContain('was deleted or replaced while it ran');
  }
});

test('and so is one that was replaced', async () => {
  const { as, db } = await start();
  rmSync(db);
  writeFileSync(db, '');
  expect((await as('olga')('POST', '/tickets/t-AAAAAA/archive')).status).toBe(503);
});

test('a link to it is the same file: requests are counted together, and its log is looked for', async () => {
  const { as, db } = await start();
  const link = join(temporaryFolder(), 'link.db');
  symlinkSync(db, link);
  const linked = await startSandbox({ db: link, world: smallWorld() });
  onTestFinished(() => linked.close());
  const readers = [as('mia'), callers(linked.apiUrl).as('mia')];
  for (let at = 0; at < 6; at++) {
    const { headers } = await readers[at % 2]!('GET', '/companies');
    expect(headers.get('ratelimit-remaining')).toBe(String(599 - at));
  }
  expect(readdirSync(dirname(link))).toEqual(['link.db']);
  rmSync(`${db}-wal`);
  expect((await readers[1]!('POST', '/tickets/t-AAAAAA/archive')).status).toBe(503);
});

test('what counted requests in another form is made anew', async () => {
  const { as, db, close } = await start();
  await as('mia')('GET', '/companies');
  await close();
  const counts = new Libsql(`${db}-requests`);
  counts.exec(
    'DROP TABLE requests; CREATE TABLE requests (n); CREATE TABLE last_used (at); PRAGMA user_version = 1',
  );
  counts.close();
  const again = await start({ db });
  const { status, headers } = await again.as('mia')('GET', '/companies');
  expect([status, headers.get('ratelimit-remaining')]).toEqual([200, '599']);
});

test('without what counted requests, a token was last used when it wrote last', async () => {
  const { as, db, close } = await start();
  const { body } = await as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' });
  await close();
  rmSync(`${db}-requests`);
  const again = await start({ db });
  const { body: tokens } = await again.bare('GET', '/sandbox/tokens?user_id=usr_mia');
  expect(tokens[0]).toMatchObject({ id: 'tkn_mia', last_used_at: body.created.at });
});

test.each([
  ['cut short', (db: string) => truncateSync(db, 0)],
  ['overwritten', (db: string) => writeFileSync(db, Buffer.alloc(statSync(db).size, 7), { flag: 'r+' })],
])('a file that is damaged under it (%s) is said to be, and the process goes on', async (_, damage) => {
  const first = await start();
  await first.close();
  // Opened anew, so that little of it is kept in memory.
  const { as, db, url } = await start({ db: first.db });
  damage(db);
  for (let at = 0; at < 2; at++) {
    for (const [method, path] of [
      ['GET', '/tickets/search?query=checkout'],
      ['POST', '/tickets/t-AAAAAA/archive'],
    ] as const) {
      const { status, body } = await as('olga')(method, path);
      expect([path, status, body.error?.code]).toEqual([path, 503, 'unavailable']);
      expect(body.error.message).toMatch(/file is damaged .*Nothing was written: /);
    }
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('file is damaged');
  }
});
