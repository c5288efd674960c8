/** Bytes that come in pieces, cut wherever the network cuts them. */
import { describe, expect, test } from 'vitest';
import { charsetIn, decoderFor, isReadable } from '../../../src/toado-api/http/charset.ts';

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
    // Of one byte alone nobody can tell.
    if (size > 2 || text === ASCII) expect(read(Buffer.from(text, 'latin1'), 'latin1', size)).toBe(text);
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
  expect(['iso-8859-1', 'utf-16', 'gbk', 'klingon', ''].map(isReadable)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
