/**
 * `npm run sandbox-fixture`: a sandbox's file as this version writes it, small and with a bit of everything, for the tests
 * of later versions (test/sandbox/db/releases.test.ts). To be run once, at a release.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'libsql';
import manifest from '../package.json' with { type: 'json' };
import { startSandbox } from '../src/sandbox/index.ts';
import { smallWorld } from '../test/sandbox/support/small-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-sandbox-fixture-'));
const db = join(folder, 'sandbox.db');
try {
  const sandbox = await startSandbox({ db, world: smallWorld() });
  const send = async (method: string, path: string, body?: unknown) => {
    const { status } = await fetch(sandbox.apiUrl + path, {
      method,
      headers: { authorization: 'Bearer tok_olga', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (status >= 300) throw new Error(`${method} ${path}: ${status}`);
  };
  await send('PATCH', '/tickets/t-AAAAAA', { title: 'Written by the version before' });
  await send('POST', '/tickets/t-AAAAAA/comments', { body: 'A comment that has to stay.' });
  await send('POST', '/tickets/t-BBBBBB/move', { target_column_id: 'col_shop_doing', position: 0 });
  await send('POST', '/tickets/t-CCCCCC/archive');
  await send('POST', '/tickets/t-AAAAAA/assignees', { user_id: 'usr_mia' });
  await send('DELETE', '/sandbox/tokens/tkn_vic');
  await sandbox.close();
  const file = new Database(db);
  const whole = join(folder, 'whole.db');
  file.prepare('VACUUM INTO ?').run([whole]);
  file.close();
  const name = `test/fixtures/sandbox-${manifest.version}.db.gz`;
  mkdirSync('test/fixtures', { recursive: true });
  writeFileSync(name, gzipSync(readFileSync(whole), { level: 9 }));
  console.log(`${name}: ${readFileSync(name).length} bytes`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
