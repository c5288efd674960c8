/** Bytes that come in pieces, cut wherever the network cuts them. */
import { describe, expect, test } from 'vitest';
import { charsetIn, decoderFor } from '../../../src/toado-api/http/charset.ts';

/** In pieces of so many bytes. */
function read(bytes: Buffer, charset: string, size: number): string {
  const decoder = decoderFor(charset, bytes.subarray(0, Math.max(2, size)));
  if (!decoder) return bytes.toString();
  let text = '';
  for (let at = 0; at < bytes.length; at += size) text += decoder.write(bytes.subarray(at, at + size));
  return text + decoder.end();
}

const ASCII = '{"a":1}'.padEnd(40);

describe.each([1, 2, 3, 5, 16, 1_000])('in pieces of %i bytes', (size) => {
  test.each([ASCII, `${ASCII}Grüße`, `${ASCII}é`, `${ASCII}ü"}`, `é${ASCII}Ã`])('%j', (text) => {
    expect(read(Buffer.from(text, 'latin1'), 'latin1', size)).toBe(text);
    expect(read(Buffer.from(text), 'iso-8859-1', size)).toBe(text);
  });

  test('of other character sets', () => {
    expect(read(Buffer.from(ASCII, 'utf16le'), 'utf-16le', size)).toBe(ASCII);
    expect(read(Buffer.from([0x22, 0x93, 0xfa, 0x96, 0x7b, 0x22]), 'shift_jis', size)).toBe('"日本"');
  });
});

test('plain characters first, others megabytes later', () => {
  const text = `${'x'.repeat(5_000_000)}Grüße`;
  for (const bytes of [Buffer.from(text), Buffer.from(text, 'latin1')])
    expect(read(bytes, 'windows-1252', 64 * 1024) === text).toBe(true);
});

test('what a header names', () => {
  const named = [
    'application/json',
    'application/json; charset=UTF-8',
    'text/x;charset="us-ascii"',
    undefined,
  ];
  expect(named.map(charsetIn)).toEqual([undefined, undefined, undefined, undefined]);
  expect(charsetIn('application/json; boundary=x; Charset = "ISO-8859-1"')).toBe('iso-8859-1');
  expect(charsetIn('application/json; x="a;charset=klingon"')).toBe(undefined);
  expect(charsetIn('application/json; x="a;charset=klingon"; charset=gbk')).toBe('gbk');
  expect(charsetIn('application/json; charset="utf-8 "')).toBe(undefined);
  expect(charsetIn('application/json; charset=')).toBe(undefined);
});

const LABELS = ['utf_8', 'utf8mb4', 'binary', 'none', 'klingon', 'gbk', 'shift_jis', 'iso-8859-15', 'utf-16'];

describe.each([1, 7, 1_000])('in pieces of %i bytes, whatever it is called', (size) => {
  test.each(LABELS)('%s: what is UTF-8 is read as that', (label) => {
    const text = '{"a":"Ünï 😀 漢字"}';
    expect(read(Buffer.from(text), label, size)).toBe(text);
    expect(read(Buffer.from(ASCII), label, size)).toBe(ASCII);
    if (size > 1) expect(read(Buffer.from(`\ufeff${text}`), label, size).replace('\ufeff', '')).toBe(text);
  });

  test('what is not, by its name', () => {
    // Its first character is one of UTF-8's, too.
    const gbk = Buffer.from([0x22, 0xc2, 0xa9, 0xc4, 0xe3, 0x22]);
    expect(read(gbk, 'gbk', size)).toBe('"漏你"');
    const jis = Buffer.from([0x22, 0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42, 0x22]);
    expect(read(jis, 'iso-2022-jp', size)).toBe('"日"');
    expect(read(Buffer.from('"Ünï"'), 'iso-2022-jp', size)).toBe('"Ünï"');
  });
});

test('what is neither UTF-8 nor known is said to be unreadable', () => {
  const isUnreadable = (bytes: Buffer) => {
    const decoder = decoderFor('klingon', bytes)!;
    decoder.write(bytes);
    decoder.end();
    return decoder.isUnreadable;
  };
  expect(isUnreadable(Buffer.from('{"a":"caf\xe9"}', 'latin1'))).toBe(true);
  expect(isUnreadable(Buffer.from('{"a":"café�"}'))).toBe(false);
  expect(isUnreadable(Buffer.from('{"a":1}'))).toBe(false);
});

test('called UTF-16, it is read as UTF-8 unless it begins as UTF-16 does', () => {
  for (const label of ['utf-16', 'utf-16le', 'UTF-16BE'])
    expect(decoderFor(label, Buffer.from('{"a":"caf\xe9"}', 'latin1'))).toBeUndefined();
});

test('what ends in the middle of a character ends in a sign for that', () => {
  // The first byte of two, in UTF-8 as in GBK.
  const decoder = decoderFor('gbk', Buffer.from('"\xc2', 'latin1'))!;
  expect(decoder.write(Buffer.from('"\xc2', 'latin1')) + decoder.end()).toBe('"\ufffd');
});

test('a last byte beyond ASCII, megabytes after the first', () => {
  const text = `${'x'.repeat(5_000_000)}é`;
  expect(read(Buffer.from(text, 'latin1'), 'windows-1252', 64 * 1024) === text).toBe(true);
  const two = `${'é'.repeat(1_000_000)}é`;
  const bytes = Buffer.concat([Buffer.from('é'.repeat(1_000_000)), Buffer.from([0xe9])]);
  expect(read(bytes, 'windows-1252', 64 * 1024)).toHaveLength(2 * 1_000_000 + 1);
  expect(read(Buffer.from(two), 'windows-1252', 64 * 1024) === two).toBe(true);
});
