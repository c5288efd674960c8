/** `--write`: where a client's file is, and who may read and write it. */
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { places, replaceFile } from '../../../src/cli/config/write-file.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { config, home, put } from './in-a-home.ts';

test('the file keeps its permissions', async () => {
  const place = home();
  put(place.folder, '.cursor/mcp.json', '{}');
  chmodSync(join(place.folder, '.cursor/mcp.json'), 0o664);
  await config(['cursor', '--write'], place);
  expect(statSync(join(place.folder, '.cursor/mcp.json')).mode & 0o777).toBe(0o664);
});

test('a new file, into which somebody pastes a token, is for its owner alone', async () => {
  const { at } = await config(['cursor', '--write'], home());
  expect(statSync(at('.cursor/mcp.json')).mode & 0o777).toBe(0o600);
});

/** Only root can give a file to somebody else; whoever else runs this owns it. */
const OWNER = process.getuid!() === 0 ? 12_345 : process.getuid!();

test('the file keeps its owner', async () => {
  const place = home();
  put(place.folder, '.cursor/mcp.json', '{}');
  chownSync(join(place.folder, '.cursor/mcp.json'), OWNER, process.getgid!());
  const { at } = await config(['cursor', '--write'], place);
  expect(statSync(at('.cursor/mcp.json')).uid).toBe(OWNER);
});

test('a file of a group that one is not in is written, and stays that group’s', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'mcp.json');
  const isRoot = process.getuid!() === 0;
  const group = isRoot ? 54_321 : process.getgid!();
  writeFileSync(path, 'before', { mode: 0o640 });
  for (const one of [folder, path]) chownSync(one, OWNER, group);
  if (isRoot) {
    onTestFinished(() => process.seteuid!(0));
    process.seteuid!(OWNER);
  }
  const backup = replaceFile(path, 'before', 'after');
  expect([readFileSync(path, 'utf8'), readFileSync(backup!, 'utf8')]).toEqual(['after', 'before']);
  const { uid, gid, mode } = statSync(path);
  expect([uid, gid, mode & 0o777]).toEqual([OWNER, group, 0o640]);
  expect(readdirSync(folder).sort()).toEqual(['mcp.json', 'mcp.json.backup']);
});

test('a file that is not to be written to is left, by root, too', async () => {
  const place = home();
  put(place.folder, '.cursor/mcp.json', '{}');
  chmodSync(join(place.folder, '.cursor/mcp.json'), 0o444);
  const { code, stderr, read } = await config(['cursor', '--write'], place);
  expect(code).toBe(1);
  expect(stderr).toContain('nothing was changed. See that you may write it');
  expect(read('.cursor/mcp.json')).toBe('{}');
});

test('a link to a file stays one', async () => {
  const place = home();
  put(place.folder, 'dotfiles/mcp.json', '{}');
  mkdirSync(join(place.folder, '.cursor'));
  symlinkSync(join(place.folder, 'dotfiles/mcp.json'), join(place.folder, '.cursor/mcp.json'));
  const { read } = await config(['cursor', '--write'], place);
  expect(lstatSync(join(place.folder, '.cursor/mcp.json')).isSymbolicLink()).toBe(true);
  expect(read('dotfiles/mcp.json')).toContain('toado');
});

test('a link to a file that is not there yet stays a link', async () => {
  const place = home();
  mkdirSync(join(place.folder, '.cursor'));
  symlinkSync('../dotfiles/mcp.json', join(place.folder, '.cursor/mcp.json'));
  const { read } = await config(['cursor', '--write'], place);
  expect(lstatSync(join(place.folder, '.cursor/mcp.json')).isSymbolicLink()).toBe(true);
  expect(read('dotfiles/mcp.json')).toContain('toado');
});

test.each(['', 'relative'])('a home that is %j is not the folder in which it runs', (HOME) => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('HOME', HOME);
  const { home: found, config: configs } = places({ XDG_CONFIG_HOME: HOME });
  expect(isAbsolute(found)).toBe(true);
  expect(configs).toBe(join(found, '.config'));
});
