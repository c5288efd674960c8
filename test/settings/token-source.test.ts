/** A token file as editors and shells write it. */
import { statSync, unwatchFile, watchFile, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
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
});

test('what no token has is refused, and not said', () => {
  for (const bytes of [Buffer.from(`${TOKEN}\0`), utf16(`\ufeff${TOKEN}\0`), utf16(`${TOKEN} x`)])
    expect(() => read(bytes)).toThrow(/^(?!.*fake).*TOADO_API_TOKEN_FILE \(.*\) has /);
});
