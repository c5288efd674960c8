/** Files that can’t be written, that aren’t ours, and that are nobody else’s. */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
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
    for (const db of [pipe, '/dev/null', ...(isRoot ? [device] : [])]) {
      const { mode, rdev } = statSync(db);
      expect(await refusal(db)).toMatch(
        /^SandboxError: .* can't be opened: check that it is a file \(not a folder or a device\)/,
      );
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
