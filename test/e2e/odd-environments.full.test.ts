/** Streams that nobody reads, and a home that is none. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { childEnv, PROGRAM } from '../support/program.ts';
import { startRaw } from '../support/raw-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';
import { ALL_TOOLS } from '../support/tools-of-scopes.ts';
import { toolNames } from './wrong-settings.ts';

test.each([
  ['HOME=""', { HOME: '' }],
  ['a relative XDG folder', { XDG_DATA_HOME: 'data' }],
])('%s: nothing is written into the working directory', async (_, env) => {
  const home = temporaryFolder();
  const cwd = join(home, 'repository');
  mkdirSync(cwd);
  const client = await startRaw({ args: ['--sandbox'], cwd, env: { HOME: home, ...env } });
  expect(await toolNames(client)).toHaveLength(ALL_TOOLS.length);
  client.child.stdin!.end();
  await client.exited;
  expect(execFileSync('find', [cwd, '-mindepth', '1'], { encoding: 'utf8' })).toBe('');
  expect(client.stderr()).not.toMatch(/\n {4}at /);
});

describe('stderr and stdout that nobody reads', () => {
  test.each(['2>/dev/full', '2>&-', '2>&1 1>&3 | true'])('serving with %s', async (redirection) => {
    const toado = await startToado();
    const command = `exec 3>&1; '${process.execPath}' '${PROGRAM}' ${redirection}`;
    const client = await startRaw({
      env: { ...toado.env(), TOADO_LOG_LEVEL: 'debug' },
      command: { file: 'sh', args: ['-c', command] },
    });
    expect(await toolNames(client)).toHaveLength(ALL_TOOLS.length);
    for (let at = 0; at < 3; at++) expect((await client.call('list_companies')).isError).toBeFalsy();
  });

  test.each([
    'tools | head -1',
    'doctor --sandbox --db :memory: | head -1',
    'tools > /dev/full',
    'tools --format json | true',
    '--help | true',
    'sandbox --help | true',
  ])('%s ends quietly', (line) => {
    const [args, rest] = line.split(/ (?=[|>])/);
    const { stderr } = spawnSync('sh', ['-c', `'${process.execPath}' '${PROGRAM}' ${args} ${rest}`], {
      env: childEnv(),
      encoding: 'utf8',
    });
    expect(stderr).not.toMatch(/\n {4}at |EPIPE|Unhandled/);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  });
});
