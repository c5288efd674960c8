/** What of the environment stays in the server's process, where a crash report or a child process would find it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { startRaw } from '../support/raw-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';

test.each([
  ['from a variable', false],
  ['from .env', true],
])('the token does not stay in process.env: %s', async (_, fromFile) => {
  const toado = await startToado();
  const folder = temporaryFolder();
  const preload = join(folder, 'preload.mjs');
  const seen = join(folder, 'environment.json');
  writeFileSync(
    preload,
    `import { writeFileSync } from 'node:fs';
     process.once('SIGUSR2', () => writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env)));`,
  );
  const { TOADO_API_TOKEN: token, TOADO_API_URL: url } = toado.env();
  if (fromFile) writeFileSync(join(folder, '.env'), `TOADO_API_TOKEN=${token}\nTOADO_API_URL=${url}\n`);
  const client = await startRaw({
    cwd: folder,
    env: {
      NODE_OPTIONS: `--import ${pathToFileURL(preload).href}`,
      ...(fromFile ? {} : toado.env()),
    },
  });
  expect((await client.call('list_companies')).isError).toBeFalsy();
  client.child.kill('SIGUSR2');
  await expect.poll(() => existsSync(seen) && readFileSync(seen, 'utf8')).toContain('NODE_OPTIONS');
  expect(readFileSync(seen, 'utf8')).not.toContain(token);
});
