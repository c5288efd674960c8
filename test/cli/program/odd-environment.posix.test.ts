/** Started where a folder that everybody takes for granted isn’t there. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { runToEnd } from '../../support/command.ts';
import { childEnv, PROGRAM } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test.each([
  'config cursor --workspace . --dry-run',
  'doctor --sandbox --db x.db',
])('%s in a folder that was removed: one line that says so', (line) => {
  const command = `cd '${temporaryFolder()}' && rmdir "$PWD" && '${process.execPath}' '${PROGRAM}' ${line}`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    env: childEnv(),
    encoding: 'utf8',
  });
  expect(stdout + stderr).toContain('the folder that this runs in is gone');
  expect(stdout + stderr).not.toMatch(/\n {4}at /);
  expect(status).toBe(1);
});

test('experiments run in a folder that was removed ends at once; Node’s recursive mkdir never would', () => {
  const command = `cd '${temporaryFolder()}' && rmdir "$PWD" && '${process.execPath}' '${PROGRAM}' experiments run all -- true`;
  const { status, stderr } = spawnSync('sh', ['-c', command], {
    env: childEnv(),
    encoding: 'utf8',
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  expect(stderr).toMatch(/^toado-mcp experiments: experiments\S+ can't be written: .*\n$/);
  expect(status).toBe(2);
});

test.each([
  [['sandbox', '--fresh', '--port=0'], 1],
  [['--sandbox', '--fresh'], 1],
])('%j without a folder for temporary files says what to set', async (args, expected) => {
  const { code, stderr } = await runToEnd(args, { env: { TMPDIR: '/nowhere' } });
  expect(stderr).toContain('--fresh: no folder can be made in /nowhere (ENOENT): set TMPDIR');
  expect(stderr).not.toMatch(/\n {4}at /);
  expect(code).toBe(expected);
});

test('bash completes where its package bash-completion is missing', () => {
  const script = `
    toado-mcp() { '${process.execPath}' '${PROGRAM}' "$@"; }
    compopt() { :; }
    source <(toado-mcp completion bash)
    COMP_WORDS=(toado-mcp sandbox to); COMP_CWORD=2
    __toado_mcp_complete
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
    env: childEnv(),
    encoding: 'utf8',
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'tokens\n', stderr: '' });
});

/** As Node is where the system doesn’t know the user: it throws unless HOME is set. */
const unknownUser = `import os from 'node:os';
import { syncBuiltinESMExports } from 'node:module';
os.homedir = () => {
  if (process.env.HOME === undefined) throw new Error('uv_os_homedir returned ENOENT');
  return process.env.HOME;
};
os.userInfo = () => {
  throw new Error('uv_os_get_passwd returned ENOENT');
};
delete process.env.HOME;
syncBuiltinESMExports();`;
const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(unknownUser)}`;

test.each([
  ['sandbox', '--help'],
  ['config', 'cursor'],
  ['doctor', '--sandbox', '--db', ':memory:'],
])('%s %s … for a user whom the system doesn’t know, without HOME', async (...args) => {
  const { stdout, stderr } = await runToEnd(args, { env: { NODE_OPTIONS } });
  expect(stderr).not.toContain('uv_os_homedir');
  expect(stdout).not.toBe('');
});

test('a client’s file is not written where there is no home folder: it would lie where no client looks', async () => {
  const { code, stderr } = await runToEnd(['config', 'cursor', '--write'], {
    env: { NODE_OPTIONS, TMPDIR: temporaryFolder() },
  });
  expect(stderr).toContain('neither HOME nor the system says where your home folder is');
  expect(code).toBe(1);
});
