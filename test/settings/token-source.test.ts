/** A token file as editors and shells write it. */
import { pbkdf2 } from 'node:crypto';
import { statSync, unwatchFile, watchFile, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tokenFromFile } from '../../src/settings/token-source.ts';
import { temporaryFolder } from '../support/temporary.ts';

const TOKEN = 'tok_fake_for_tests';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

function read(bytes: Buffer): string {
  const path = join(temporaryFolder(), 'token');
  writeFileSync(path, bytes, { mode: 0o600 });
  return tokenFromFile(path).current();
}

test.each([
  ['plain', Buffer.from(`${TOKEN}\n`)],
  ['a mark before it', Buffer.from(`\ufeff${TOKEN}\r\n`)],
  ['UTF-16, as Windows PowerShell writes', utf16(`\ufeff${TOKEN}\r\n`)],
  ['UTF-16 without a mark', utf16(TOKEN)],
  ['UTF-16, the other way round', utf16(`\ufeff${TOKEN}\n`).swap16()],
])('%s', (_, bytes) => {
  expect(read(bytes)).toBe(TOKEN);
});

test('who watches hears of another token, not of every change of the file', () => {
  const path = join(temporaryFolder(), 'token');
  const write = (text: string) => writeFileSync(path, text, { mode: 0o600 });
  write(TOKEN);
  const source = tokenFromFile(path);
  let heard = 0;
  const stop = source.watch(() => heard++);
  // All who watch one file have one watcher, which looks once a second.
  const watcher = watchFile(path, () => {});
  onTestFinished(() => unwatchFile(path));
  const looks = () => watcher.emit('change', statSync(path), statSync(path));
  write(`${TOKEN}\n\n`);
  looks();
  expect([heard, source.current()]).toEqual([0, TOKEN]);
  write('tok_another_for_tests');
  looks();
  expect([heard, source.current()]).toEqual([1, 'tok_another_for_tests']);
  stop();
  write(TOKEN);
  looks();
  expect(heard).toBe(1);
  // Whoever else watches it still does.
  expect(watcher.listenerCount('change')).toBe(1);
});

test('also of one that came before the watcher has seen the file for the first time', async () => {
  const path = join(temporaryFolder(), 'token');
  writeFileSync(path, TOKEN, { mode: 0o600 });
  const source = tokenFromFile(path);
  // The look at the file waits for one of these.
  const busy = Array.from({ length: 4 }, () => promisify(pbkdf2)('x', 'x', 200_000, 64, 'sha512'));
  let heard = 0;
  const stop = source.watch(() => heard++);
  writeFileSync(path, 'tok_another_for_tests');
  await Promise.all(busy);
  await expect.poll(() => heard, { timeout: 5_000 }).toBe(1);
  stop();
});

test('who has stopped watching hears nothing of a first look either', () => {
  const path = join(temporaryFolder(), 'token');
  writeFileSync(path, TOKEN, { mode: 0o600 });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let heard = 0;
    const stop = tokenFromFile(path).watch(() => heard++);
    stop();
    writeFileSync(path, 'tok_another_for_tests');
    vi.advanceTimersByTime(5_000);
    expect(heard).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('what no token has is refused, and not said', () => {
  for (const bytes of [Buffer.from(`${TOKEN}\0`), utf16(`\ufeff${TOKEN}\0`), utf16(`${TOKEN} x`)])
    expect(() => read(bytes)).toThrow(/^(?!.*fake).*TOADO_API_TOKEN_FILE \(.*\) has /);
});
