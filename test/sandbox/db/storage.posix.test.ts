/** The file under a running sandbox: locked, full, deleted, not to be written, whose. */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { bundle } from '../support/bundle.ts';
import { callers, smallWorld, start } from '../support/sandbox.ts';

const script = await bundle('./second-process.ts');
// Other users start it, too.
chmodSync(dirname(script), 0o755);

describe('a lock that another program holds', () => {
  test('keeps no sandbox from starting on a file that is there', async () => {
    const { db } = await start();
    lock(db);
    const from = performance.now();
    const second = await startSandbox({ db, world: smallWorld() });
    onTestFinished(() => second.close());
    expect(performance.now() - from).toBeLessThan(4000);
    const reply = await callers(second.apiUrl).as('olga')('GET', '/companies');
    expect(reply.status).toBe(200);
  });

  function lock(db: string): () => void {
    const other = new Libsql(db);
    other.exec('BEGIN IMMEDIATE');
    const release = () => {
      if (other.open) {
        other.exec('ROLLBACK');
        other.close();
      }
    };
    onTestFinished(release);
    return release;
  }

  test('of the file that counts requests: none is carried out, and the answer says which file it is', async () => {
    const { as, db } = await start();
    const release = lock(`${db}-requests`);
    const [read, write] = await Promise.all([
      as('mia')('GET', '/tickets/t-AAAAAA'),
      as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' }),
    ]);
    for (const { status, body } of [read, write]) {
      expect([status, body.error.code]).toEqual([503, 'unavailable']);
      expect(body.error.message).toMatch(/has locked \S+\.db-requests, .* not carried out/);
    }
    release();
    expect((await as('mia')('GET', '/tickets/t-AAAAAA')).body.comment_count).toBe(0);
  });

  test('keeps nobody from reading, and writes wait side by side and then say so', async () => {
    const { as, db, bare } = await start();
    lock(db);
    const from = performance.now();
    const writes = Array.from({ length: 8 }, () =>
      as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' }),
    );
    const made = bare('DELETE', '/sandbox/tokens/tkn_mia?user_id=usr_mia');
    for (let at = 0; at < 5; at++) {
      const asked = performance.now();
      const { status, headers } = await as('mia')('GET', '/tickets/t-AAAAAA');
      expect(status).toBe(200);
      expect(Number(headers.get('ratelimit-remaining'))).toBe(599 - at);
      expect(performance.now() - asked).toBeLessThan(1500);
    }
    for (const { status, headers, body } of [...(await Promise.all(writes)), await made]) {
      expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '2']);
    }
    expect(performance.now() - from).toBeLessThan(9000);
  });

  test('delays a write until it is released, and what was read meanwhile is counted', async () => {
    const { as, db } = await start();
    const release = lock(db);
    await as('olga')('GET', '/companies');
    const write = as('olga')('POST', '/tickets/t-AAAAAA/comments', { body: 'after all' });
    setTimeout(release, 500);
    expect((await write).status).toBe(201);
    const { headers } = await as('olga')('GET', '/companies');
    expect(headers.get('ratelimit-remaining')).toBe('598');
  });
});

test('reads while the file is locked for moments are each counted once', async () => {
  const { as, db } = await start();
  const other = new Libsql(db);
  onTestFinished(() => void other.close());
  let made = 0;
  let done = false;
  const readers = Array.from({ length: 6 }, async () => {
    while (!done) {
      expect((await as('mia')('GET', '/companies')).status).toBe(200);
      made += 1;
    }
  });
  for (let at = 0; at < 5; at++) {
    other.exec('BEGIN IMMEDIATE');
    await new Promise((resolve) => setTimeout(resolve, 160));
    other.exec('ROLLBACK');
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  done = true;
  await Promise.all(readers);
  await as('mia')('GET', '/companies');
  const counts = new Libsql(`${db}-requests`);
  onTestFinished(() => void counts.close());
  const counted = counts.prepare("SELECT count(*) AS n FROM requests WHERE token_id = 'tkn_mia'").get([]);
  expect(counted).toMatchObject({ n: made + 1 });
});

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

/** What starting says in a process that isn't allowed everything. */
async function startAsNobody(db: string | undefined, env: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, [script, ...(db ? [db] : [])], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH!, ...env },
    ...(process.getuid?.() === 0 && { uid: 65_534, gid: 65_534 }),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      if (/http:/.test(said)) child.stdin.end();
    });
  }
  await new Promise((resolve) => child.once('exit', resolve));
  return said;
}

function openToNobody(folder: string): string {
  for (let at = folder; at !== '/tmp' && at !== '/'; at = join(at, '..')) chmodSync(at, 0o755);
  return folder;
}

describe('what can’t be written', () => {
  test('is said at the start, when a file was named', async () => {
    const folder = openToNobody(temporaryFolder());
    const db = join(folder, 'sandbox.db');
    await (await startSandbox({ db, world: smallWorld() })).close();
    chmodSync(db, 0o444);
    expect(await startAsNobody(db)).toContain(`${db} can't be written: change its permissions`);
    expect(await startAsNobody(join(folder, 'new.db'))).toContain("new.db can't be written");
  });

  test('is done in memory, and said, when none was named', async () => {
    const said = await startAsNobody(undefined, { XDG_DATA_HOME: '/proc/nowhere', HOME: '/proc/nowhere' });
    expect(said).toMatch(/can't be written, so it runs in memory/);
    expect(said).toContain('http://127.0.0.1');
  });
});

describe('what isn’t ours is only looked at', () => {
  const database = (path: string, sql: string) => {
    const made = new Libsql(path);
    made.exec(sql);
    made.close();
  };
  const refusal = (db: string) =>
    startSandbox({ db, world: smallWorld() }).then(
      async (sandbox) => {
        await sandbox.close();
        return 'it started';
      },
      (error: Error) => `${error.constructor.name}: ${error.message}`,
    );

  test.each([
    ['a database', (path: string) => database(path, 'CREATE TABLE mine (a)')],
    [
      'a database of a newer version',
      (path: string) =>
        database(path, 'CREATE TABLE a (a); PRAGMA application_id = 0x544f4144; PRAGMA user_version = 999'),
    ],
    ['a text', (path: string) => writeFileSync(path, 'my notes '.repeat(500))],
  ])('%s', async (_, make) => {
    const db = join(temporaryFolder(), 'theirs');
    make(db);
    chmodSync(db, 0o664);
    const before = [statSync(db).mode, readFileSync(db)];
    expect(await refusal(db)).toMatch(/^SandboxError: /);
    expect([statSync(db).mode, readFileSync(db)]).toEqual(before);
    expect(readdirSync(dirname(db))).toEqual(['theirs']);
  });

  test('beside a new file, which isn’t made then', async () => {
    const db = join(temporaryFolder(), 'sandbox.db');
    writeFileSync(`${db}-requests`, 'my notes');
    expect(await refusal(db)).toMatch(/^SandboxError: .*sandbox\.db-requests is not a database/);
    expect(readdirSync(dirname(db))).toEqual(['sandbox.db-requests']);
    expect(readFileSync(`${db}-requests`, 'utf8')).toBe('my notes');
  });

  test('a pipe or a device', async () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', ['-m', '666', pipe]);
    const device = join(temporaryFolder(), 'device');
    const isRoot = process.getuid?.() === 0;
    if (isRoot) execFileSync('mknod', ['-m', '666', device, 'c', '1', '3']);
    for (const db of isRoot ? [pipe, device] : [pipe]) {
      const { mode, rdev } = statSync(db);
      expect(await refusal(db)).toMatch(/^SandboxError: .* can't be opened: check that it is a file/);
      expect(statSync(db)).toMatchObject({ mode, rdev });
    }
  });

  test('an address: the driver never gets one', async () => {
    const folder = temporaryFolder();
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
    onTestFinished(() => void vi.restoreAllMocks());
    for (const db of ['file:///tmp/u.db', 'http://127.0.0.1:9/x', 'libsql://127.0.0.1:9']) {
      expect(await refusal(db)).toMatch(/^SandboxError: .* is an address: --db takes the path of a file\.$/);
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the files', () => {
  test('are found by an absolute path, however they were named', async () => {
    const folder = temporaryFolder();
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
    onTestFinished(() => void vi.restoreAllMocks());
    const { db } = await start({ db: './new/../file:odd.db', world: smallWorld() });
    expect(db).toBe(join(folder, 'file:odd.db'));
    expect(mode(db)).toBe('600');
    const counts = ['-requests', '-requests-shm', '-requests-wal'];
    expect(readdirSync(folder).sort()).toEqual(
      ['', ...counts, '-shm', '-wal'].map((end) => `file:odd.db${end}`),
    );
  });

  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

  test('are nobody else’s, and existing ones are put right; the folder that was named stays', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const db = join(folder, 'sandbox.db');
    const first = await startSandbox({ db, world: smallWorld() });
    const files = ['', '-requests'].flatMap((file) =>
      ['', '-wal', '-shm'].map((suffix) => db + file + suffix),
    );
    for (const file of files) expect([file, mode(file)]).toEqual([file, '600']);
    await first.close();
    for (const file of [db, `${db}-requests`]) chmodSync(file, 0o644);
    const second = await startSandbox({ db, world: smallWorld() });
    for (const file of files) expect([file, mode(file)]).toEqual([file, '600']);
    await second.close();
    expect(mode(folder)).toBe('755');
  });

  test('lie in a folder of our own that is closed to others', async () => {
    const home = openToNobody(temporaryFolder());
    chmodSync(home, 0o777);
    const said = await startAsNobody(undefined, { XDG_DATA_HOME: home, HOME: home });
    expect(said).toContain('http://127.0.0.1');
    const ours = join(home, 'toado-mcp');
    expect(mode(ours)).toBe('700');
    expect(mode(join(ours, 'sandbox.db'))).toBe('600');
  });

  test('close a folder of our own that others could look into, as a restored backup leaves it', async () => {
    const data = temporaryFolder();
    vi.stubEnv('XDG_DATA_HOME', data);
    onTestFinished(() => void vi.unstubAllEnvs());
    const ours = join(data, 'toado-mcp');
    mkdirSync(ours);
    chmodSync(ours, 0o755);
    await (await startSandbox({ world: smallWorld() })).close();
    expect(existsSync(join(ours, 'sandbox.db'))).toBe(true);
    expect(mode(ours)).toBe('700');
  });

  test.each([
    'with # in it',
    'with ? in it',
    'with %23 in it',
    'with %2e%2e and \'quotes" in it',
    'mit Ümlaut',
  ])('may lie in a folder %s', async (name) => {
    const db = join(temporaryFolder(), name, 'sandbox.db');
    const { apiUrl, close } = await startSandbox({ db, world: smallWorld() });
    expect((await callers(apiUrl).as('olga')('POST', '/tickets/t-AAAAAA/archive')).status).toBe(200);
    await close();
    expect(existsSync(db)).toBe(true);
  });

  test('that lost their version number are told from those of others', async () => {
    const db = join(temporaryFolder(), 'sandbox.db');
    await (await startSandbox({ db, world: smallWorld() })).close();
    const file = new Libsql(db);
    file.exec('PRAGMA user_version = 0');
    file.close();
    await expect(startSandbox({ db, world: smallWorld() })).rejects.toThrow(
      /lost its version number \(user_version is 0\)/,
    );
  });
});
