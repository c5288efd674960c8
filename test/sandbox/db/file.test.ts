import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { ids, smallWorld, start } from '../support/sandbox.ts';

const world = smallWorld();

describe('the file', () => {
  test('lasts between runs', async () => {
    const first = await start();
    await first.as('olga')('PATCH', '/tickets/t-AAAAAA', { title: 'Kept' });
    await first.close();
    const second = await start({ db: first.db });
    expect((await second.as('olga')('GET', '/tickets/t-AAAAAA')).body.title).toBe('Kept');
  });

  test('begins anew with reset', async () => {
    const first = await start();
    await first.as('olga')('PATCH', '/tickets/t-AAAAAA', { title: 'Gone' });
    await first.bare('DELETE', '/sandbox/tokens/tkn_mia');
    await first.close();
    const second = await start({ db: first.db, reset: true });
    expect((await second.as('mia')('GET', '/tickets/t-AAAAAA')).body.title).toBe('Checkout button is dead');
    expect(ids(await second.as('mia')('GET', '/tickets/search?query=gone'))).toEqual([]);
  });

  test('its ready-made tokens are listed, but for those that don’t work', async () => {
    const first = await start();
    expect(first.readyTokens.map(({ name }) => name)).toEqual(['olga', 'adam', 'mia', 'gus']);
    await first.bare('DELETE', '/sandbox/tokens/tkn_mia');
    await first.close();
    const second = await start({ db: first.db });
    expect(second.readyTokens.map(({ name }) => name)).toEqual(['olga', 'adam', 'gus']);
  });

  test('is whole in itself after the end', async () => {
    const { db, as, close } = await start();
    await as('olga')('PATCH', '/tickets/t-AAAAAA', { title: 'In the file' });
    await close();
    expect(readFileSync(db).includes('In the file')).toBe(true);
  });
});

describe('a start that can’t be says why in one sentence', () => {
  const why = (options: Parameters<typeof startSandbox>[0]) =>
    startSandbox({ world, ...options }).then(
      async (sandbox) => {
        await sandbox.close();
        return 'it started';
      },
      (error: Error) => `${error.constructor.name}: ${error.message}`,
    );

  test('a folder', async () => {
    const db = temporaryFolder();
    expect(await why({ db })).toMatch(/^SandboxError: .* can't be opened: .*--db\.$/);
  });

  test('what isn’t ours is left as it was: its bytes, its mode, how it is written', async () => {
    const folder = temporaryFolder();
    const theirs = join(folder, 'theirs.db');
    const database = new Database(theirs);
    database.exec('CREATE TABLE notes (text TEXT)');
    database.close();
    const text = join(folder, 'notes.txt');
    writeFileSync(text, 'These are my notes. '.repeat(500));
    for (const db of [theirs, text]) {
      chmodSync(db, 0o664);
      const before = readFileSync(db);
      const { mode } = statSync(db);
      expect(await why({ db })).toMatch(/^SandboxError: .*--db/);
      expect(readFileSync(db).equals(before)).toBe(true);
      expect(statSync(db).mode).toBe(mode);
      expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'theirs.db']);
    }
  });

  test('no host', async () => {
    const db = join(temporaryFolder(), 'sandbox.db');
    expect(await why({ db, host: '' })).toMatch(/^SandboxError: The host is empty: .*--host/);
  });

  test('a file that is no database', async () => {
    const db = join(temporaryFolder(), 'notes.txt');
    writeFileSync(db, 'These are my notes. '.repeat(500));
    expect(await why({ db })).toMatch(/^SandboxError: .* is not a database: .*--db/);
    expect(readFileSync(db, 'utf8')).toMatch(/^These are my notes/);
  });

  test.each([false, true])('somebody else’s database stays as it was (reset: %s)', async (reset) => {
    const db = join(temporaryFolder(), 'theirs.db');
    const theirs = new Database(db);
    theirs.exec("CREATE TABLE tickets (id TEXT); INSERT INTO tickets VALUES ('precious')");
    theirs.close();
    expect(await why({ db, reset })).toMatch(/^SandboxError: .* another program's database: .*--db/);
    const after = new Database(db);
    expect(after.prepare('SELECT id FROM tickets').all([])).toEqual([{ id: 'precious' }]);
    after.close();
  });

  test('somebody else’s that has their mark and no tables yet', async () => {
    const db = join(temporaryFolder(), 'theirs.db');
    const theirs = new Database(db);
    theirs.exec('PRAGMA application_id = 77');
    theirs.close();
    const before = readFileSync(db);
    expect(await why({ db })).toMatch(/^SandboxError: .* another program's database: .*--db/);
    expect(readFileSync(db).equals(before)).toBe(true);
  });

  test('a file of a newer version', async () => {
    const { db, close } = await start();
    await close();
    const past = new Database(db);
    past.exec('PRAGMA user_version = 999');
    past.close();
    expect(await why({ db })).toMatch(/^SandboxError: .* newer toado-mcp/);
  });

  test('a place where there can be no folder', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(await why({ db: join(file, 'sandbox.db') })).toMatch(/^SandboxError: .*--db/);
  });

  test('a port that is taken', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const db = join(temporaryFolder(), 'sandbox.db');
    expect(await why({ db, port })).toMatch(/^SandboxError: Port \d+ is taken: .*--port/);
    server.close();
    expect(existsSync(db)).toBe(true);
    expect(await why({ db, port }), 'the file was let go').toBe('it started');
  });

  test('an address that isn’t ours', async () => {
    const db = join(temporaryFolder(), 'sandbox.db');
    expect(await why({ db, host: '203.0.113.7' })).toMatch(/^SandboxError: .*--host/);
  });
});
