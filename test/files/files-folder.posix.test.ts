/** Files go into the folder that a person named and nowhere else, and what is not ours is never touched. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FilesFolder } from '../../src/files/files-folder.ts';
import { openFilesAt } from '../support/open-files.ts';
import { temporaryFolder } from '../support/temporary.ts';

const KIND = { what: 'network', extension: 'har' };

function opened(path = join(temporaryFolder(), 'files'), more = '') {
  const folder = new FilesFolder(path + more);
  folder.open();
  return folder;
}

describe('a folder that is not taken', () => {
  const cases: [string, (at: string) => string, RegExp][] = [
    ['none', () => ' ', /names no folder/],
    ['a path upwards', (at) => `${at}/a/../b`, /without “\.\.”/],
    [
      'a link',
      (at) => {
        mkdirSync(join(at, 'real'));
        symlinkSync(join(at, 'real'), join(at, 'link'));
        return join(at, 'link');
      },
      /is a link/,
    ],
    [
      'a link, with a slash behind it',
      (at) => {
        mkdirSync(join(at, 'real'));
        symlinkSync(join(at, 'real'), join(at, 'link'));
        return join(at, 'link/');
      },
      /is a link/,
    ],
    [
      'a link that leads nowhere',
      (at) => {
        symlinkSync(join(at, 'nowhere'), join(at, 'dangling'));
        return join(at, 'dangling');
      },
      /is a link/,
    ],
    [
      'a file',
      (at) => {
        writeFileSync(join(at, 'file'), '');
        return join(at, 'file');
      },
      /is a file/,
    ],
    [
      'below a file',
      (at) => {
        writeFileSync(join(at, 'file'), '');
        return join(at, 'file/below');
      },
      /can't be used \(ENOTDIR\)/,
    ],
    [
      'one that everybody may write into',
      (at) => {
        chmodSync(at, 0o777);
        return at;
      },
      /open for everybody/,
    ],
    ['one that can’t be made', () => '/proc/nope/files', /can't be made/],
  ];
  test.each(cases)('%s', (_, make, says) => {
    const text = make(temporaryFolder());
    expect(() => opened(text)).toThrow(says);
  });

  test('somebody else’s', (context) => {
    const at = join(temporaryFolder(), 'theirs');
    mkdirSync(at);
    const { status } = spawnSync('chown', ['65534', at]);
    if (status !== 0) context.skip('only root can give a folder away');
    expect(() => new FilesFolder(at)).toThrow(/belongs to somebody else/);
  });
});

test.each([
  0o775, 0o755, 0o700,
])('one with the mode %o, as a person’s own folders have it, is taken', async (mode) => {
  const at = temporaryFolder();
  chmodSync(at, mode);
  await opened(at).save(KIND, (sink) => sink('x'));
  expect(readdirSync(at)).toHaveLength(1);
});

test('it is made for its owner alone, and so are its files', async () => {
  const folder = opened();
  const { path, bytes } = await folder.save(KIND, async (sink) => {
    await sink('é');
    await sink(new Uint8Array([1, 2]));
  });
  expect(bytes).toBe(4);
  expect(readFileSync(path)).toEqual(Buffer.from([0xc3, 0xa9, 1, 2]));
  expect(path.startsWith(`${folder.path}/toado-`)).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(folder.path).mode & 0o777).toBe(0o700);
});

test('where writing fails, nothing of it stays', async () => {
  const folder = opened();
  const broken = folder.save(KIND, async (sink) => {
    await sink('half');
    throw new TypeError('broke');
  });
  await expect(broken).rejects.toMatchObject({ code: 'files_unusable' });
  expect(readdirSync(folder.path)).toEqual([]);
});

test('no file stays open, whether writing fails or not', async () => {
  const folder = opened();
  await folder.save(KIND, async (sink) => {
    await sink('whole');
    expect(openFilesAt(folder.path)).toHaveLength(1);
  });
  await folder.save(KIND, () => Promise.reject(new TypeError('broke'))).catch(() => {});
  expect(openFilesAt(folder.path)).toEqual([]);
});

test('what was taken away while it is written counts whole all the same', async () => {
  const folder = opened();
  const { bytes } = await folder.save(KIND, async (sink) => {
    await sink('half');
    unlinkSync(join(folder.path, readdirSync(folder.path)[0]!));
    await folder.save(KIND, (other) => other('other'));
    await sink('more');
  });
  expect(bytes).toBe(8);
});

test('a folder that is gone at the start has nothing old in it', async () => {
  const folder = opened();
  rmSync(folder.path, { recursive: true });
  await folder.removeOld();
});

test('a folder that became another one since the start is not written into; one that is gone is made again', async () => {
  const at = temporaryFolder();
  const folder = opened(join(at, 'files'));
  renameSync(join(at, 'files'), join(at, 'before'));
  await folder.save(KIND, (sink) => sink('x'));
  expect(readdirSync(join(at, 'files'))).toHaveLength(1);
  renameSync(join(at, 'files'), join(at, 'later'));
  mkdirSync(join(at, 'other'));
  symlinkSync(join(at, 'other'), join(at, 'files'));
  await expect(folder.save(KIND, (sink) => sink('x'))).rejects.toThrow(/can't be used now: it is a link/);
  expect(readdirSync(join(at, 'other'))).toEqual([]);
  unlinkSync(join(at, 'files'));
  renameSync(join(at, 'other'), join(at, 'files'));
  await expect(folder.save(KIND, (sink) => sink('x'))).rejects.toThrow(/it is another one since the start/);
  expect(readdirSync(join(at, 'files'))).toEqual([]);
});

test('what somebody put where a file would be is neither followed nor written over', async () => {
  const folder = opened();
  const mine = join(folder.path, 'mine');
  const place = join(folder.path, 'toado-20260301-100000-network-0123456789ab.har');
  const id = vi.spyOn(crypto, 'randomUUID').mockReturnValue('00000000-0000-4000-8000-0123456789ab');
  vi.useFakeTimers({ now: new Date('2026-03-01T10:00:00Z'), toFake: ['Date'] });
  onTestFinished(() => {
    id.mockRestore();
    vi.useRealTimers();
  });
  for (const put of [() => symlinkSync(mine, place), () => writeFileSync(place, 'mine')]) {
    put();
    await expect(folder.save(KIND, (sink) => sink('x'))).rejects.toThrow(/writing into it failed \(EEXIST\)/);
    expect(existsSync(mine)).toBe(false);
    rmSync(place, { force: true });
  }
});

test('what is older than a day goes at the start, and nothing that is not ours', async () => {
  const folder = opened();
  const { path: old } = await folder.save(KIND, (sink) => sink('old'));
  const { path: young } = await folder.save(KIND, (sink) => sink('young'));
  const mine = join(folder.path, 'notes.har');
  const link = old.replace(/[0-9a-f]{12}\.har$/, '0123456789ab.har');
  writeFileSync(mine, 'mine');
  symlinkSync(mine, link);
  const nearly = join(folder.path, 'toado-20260301-100000-network-1.har');
  writeFileSync(nearly, 'mine');
  const before = new Date(Date.now() - 25 * 3_600_000);
  for (const path of [mine, nearly, link, old]) lutimesSync(path, before, before);
  await opened(folder.path).removeOld();
  expect([old, young, mine, nearly, link].map((path) => existsSync(path))).toEqual([
    false,
    true,
    true,
    true,
    true,
  ]);
});

test('200 MB in all, of all sessions; then it says so, and deleting makes room', async () => {
  const folder = opened();
  const mega = Buffer.alloc(1024 * 1024, 'x');
  const write = (of: FilesFolder, megabytes: number) =>
    of.save(KIND, async (sink) => {
      for (let at = 0; at < megabytes; at++) await sink(mega);
    });
  await write(opened(folder.path), 150);
  const { path } = await write(folder, 40);
  await expect(write(folder, 11)).rejects.toMatchObject({ code: 'files_full' });
  expect(readdirSync(folder.path)).toHaveLength(2);
  const several = await Promise.allSettled([write(folder, 4), write(folder, 4), write(folder, 4)]);
  expect(several.some(({ status }) => status === 'rejected')).toBe(true);
  writeFileSync(path, '');
  spawnSync('rm', [path]);
  await write(folder, 11);
});

test('a session’s own files go at its end where it says so, and half written ones always', async () => {
  const kept = opened();
  const { path } = await kept.save(KIND, (sink) => sink('kept'));
  const ofSession = opened(kept.path, ':session');
  await ofSession.save(KIND, (sink) => sink('going'));
  const writing = kept.save(KIND, async (sink) => {
    await sink('half');
    kept.end();
    ofSession.end();
    expect(readdirSync(kept.path)).toEqual([path.split('/').at(-1)]);
    await sink('late');
  });
  await expect(writing).rejects.toThrow(/the session is ending/);
  expect(readdirSync(kept.path)).toEqual([path.split('/').at(-1)]);
  // Nothing is begun any more.
  const begins = vi.fn(async () => {});
  await expect(kept.save(KIND, begins)).rejects.toThrow(/the session is ending/);
  expect(begins).not.toHaveBeenCalled();
});
