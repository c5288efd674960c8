import { describe, expect, test } from 'vitest';
import { Slices } from '../../src/base/time-slices.ts';
import { Redactor } from '../../src/respond/redact-token.ts';
import { leaksOf, spellingsOf } from '../support/secrets.ts';

const TOKEN = 'tok_01HXYZ+123/ABC=de&f"g';

function redactor(): Redactor {
  const it = new Redactor();
  it.add(TOKEN);
  return it;
}

describe('the token goes, however it is spelt', () => {
  test.each(spellingsOf(TOKEN).map((spelling) => [spelling]))('%s', (spelling) => {
    const redacted = redactor().redact(`before ${spelling} after`);
    expect(leaksOf(TOKEN, redacted)).toEqual([]);
    expect(redacted).toMatch(/^before .*\[redacted token\].* after$/);
  });

  test.each([0, 1, 2])('base64 at offset %i of a longer text', (offset) => {
    const text = Buffer.from(`${'x'.repeat(offset)}${TOKEN}:password`).toString('base64');
    const left = redactor().redact(text).split('[redacted token]');
    expect(left).toHaveLength(2);
    expect(Buffer.from(left.join(''), 'base64').toString()).not.toContain(TOKEN.slice(4, -4));
  });

  test('what follows tok_ alone, in quoted-printable from whichever of its letters', () => {
    const redactor = new Redactor();
    const rest = '9fK2aQ8x7LmP3sVt1ZyB4cDw6eRn';
    redactor.add(`tok_${rest}`);
    for (const at of [0, 1, 2, 3]) {
      const spelt = `${rest.slice(0, at)}=${rest.charCodeAt(at).toString(16).toUpperCase()}${rest.slice(at + 1)}`;
      expect(redactor.redact(`a ${spelt} b`)).toBe('a [redacted token] b');
    }
  });

  test.each([
    ['tok_9fR2aQ8x7LmP3sVt1Z', String.raw`a \9f\R2aQ8x7LmP3sVt1Z b`],
    ['ab$d9fK2aQ8x', 'a ab&dollar;d9fK2aQ8x b'],
    ['tok_*.9fK2aQ8x7LmP3sV', 'a &midast;&period;9fK2aQ8x7LmP3sV b'],
  ])('%s, where only its first letters are spelt otherwise: %s', (token, text) => {
    const redactor = new Redactor();
    redactor.add(token);
    expect(redactor.redact(text)).toBe('a [redacted token] b');
  });

  test('what follows tok_ alone in hex and base64, whatever stands around it; with it, that goes too', () => {
    const rest = '9fK2aQ8x7LmP3sVt1ZyB4cDw6eRn';
    const it = new Redactor();
    it.add(`tok_${rest}`);
    const bytes = Buffer.from(rest);
    for (const spelt of [
      bytes.toString('hex'),
      bytes.toString('hex').replaceAll(/..(?=.)/g, '$& '),
      ...['', 'x', 'xx'].map((before) => Buffer.from(before + rest).toString('base64')),
      Buffer.from(rest, 'utf16le').toString('base64'),
    ])
      expect(it.redact(`a ${spelt} b`)).toMatch(/^a \S{0,6}\[redacted token\]\S{0,5} b$/);
    expect(it.redact(`a ${Buffer.from(`tok_${rest}`).toString('hex')} b`)).toBe('a [redacted token] b');
    expect(it.redact(Buffer.from(`tok_${rest}`).toString('base64'))).toMatch(/^\[redacted token\]/);
  });

  test('octal without zeros, and over the end of a line', () => {
    const octal = [...TOKEN].map((one) => `\\${one.charCodeAt(0).toString(8)}`).join('');
    expect(redactor().redact(octal)).toBe('[redacted token]');
    for (const end of ['\n', '\r\n', '\\n', '\\r\\n'])
      for (const at of [5, 12, 20])
        expect(redactor().redact(`a ${TOKEN.slice(0, at)}${end}${TOKEN.slice(at)} b`)).toBe(
          'a [redacted token] b',
        );
  });

  test('over the ends of lines in its first characters, too, in columns of one to three', () => {
    for (const token of [TOKEN, 'tok_abcdefghijkmpqrstuvwxyzab']) {
      const it = new Redactor();
      it.add(token);
      for (const end of ['\n', '\r\n', '\\n', '\\r\\n', '=\n']) {
        for (const width of [1, 2, 3]) {
          const column = token.match(new RegExp(`.{1,${width}}`, 'g'))!.join(end);
          expect(it.redact(`a ${column} b`)).toBe('a [redacted token] b');
        }
        expect(it.redact(`${token.slice(0, 2)}${end}${token.slice(2)}`)).toBe('[redacted token]');
      }
    }
  });

  test('some characters percent-encoded, twice encoded, escaped as JSON inside JSON', () => {
    for (const spelling of [
      TOKEN.replace('_', '%5f'),
      encodeURIComponent(encodeURIComponent(TOKEN)),
      JSON.stringify(JSON.stringify({ token: TOKEN })),
    ])
      expect(redactor().redact(spelling)).toContain('[redacted token]');
  });

  test('a message stays JSON, in names as in values', () => {
    const json = redactor().redactJson({ [TOKEN]: [`${TOKEN}\n\t"${TOKEN}"`], id: 1 });
    expect(JSON.parse(json)).toEqual({
      '[redacted token]': ['[redacted token]\n\t"[redacted token]"'],
      id: 1,
    });
  });

  test('in names, too, where the token’s end looks like the end of a text', () => {
    const it = new Redactor();
    it.add('tok_that_ends_with"');
    const json = it.redactJson({ 'of tok_that_ends_with" in a name': 1, value: 'tok_that_ends_with' });
    expect(JSON.parse(json)).toHaveProperty(['of [redacted token] in a name'], 1);
    expect(json).not.toContain('ends_with\\"');
  });

  test('also where it only comes about by how JSON writes what stands before it', () => {
    const it = new Redactor();
    it.add('tok_few');
    const json = it.redactJson({ id: 1, text: 'a\tok_few b' });
    expect(json).toBe('{"id":1,"text":"a[redacted token] b"}');
  });

  test('a rotated token stays secret beside the new one', () => {
    const it = redactor();
    it.add('tok_new');
    expect(it.redact(`${TOKEN} tok_new tok_other`)).toBe('[redacted token] [redacted token] tok_other');
  });

  test('base64 of UTF-16, at any offset', () => {
    for (const offset of [0, 1, 2]) {
      const bytes = Buffer.concat([
        Buffer.alloc(offset, 'x'),
        Buffer.from(TOKEN, 'utf16le'),
        Buffer.from('xyz'),
      ]);
      expect(redactor().redact(bytes.toString('base64'))).toContain('[redacted token]');
    }
  });

  test('base64 of UTF-16 in its other order, at any offset, at the end of a text or within it', () => {
    for (const offset of [0, 1, 2]) {
      for (const after of ['', 'xyz']) {
        const wide = Buffer.from(TOKEN + after, 'utf16le').swap16();
        const text = Buffer.concat([Buffer.alloc(offset, 'x'), wide]).toString('base64');
        const left = redactor().redact(text).split('[redacted token]');
        expect(left).toHaveLength(2);
        expect(left[0]!.length).toBeLessThan(6);
      }
    }
  });

  test('without what all tokens begin with, where the rest can’t be a word or a name', () => {
    const rest = TOKEN.slice(4);
    for (const spelling of [rest, encodeURIComponent(rest), JSON.stringify(rest).slice(1, -1)])
      expect(redactor().redact(`of ${spelling}.`)).toBe('of [redacted token].');
    expect(redactor().redact(rest)).toBe('[redacted token]');
    const short = new Redactor();
    short.add('tok_administrator');
    expect(short.redact('an administrator, tok_administrator')).toBe('an administrator, [redacted token]');
    const name = new Redactor();
    name.add('tok_sandbox_storefront_only');
    expect(name.redact('tok_sandbox_storefront_only: sandbox_storefront_only')).toBe(
      '[redacted token]: sandbox_storefront_only',
    );
  });

  test('words in other letters, hex of others and lines that end in = stay as they are', () => {
    for (const text of [
      'ｔｏｋｅｎ（例）𝐭𝐨𝐤',
      '74:6f:6b:5f:30',
      '746f6b5f',
      'a=3Db =\r\nc',
      'tok=5F0',
      'ｔｏｋ＿',
    ])
      expect(redactor().redact(`before ${text} and after, of some length`)).toContain(text);
  });

  test.each([60, 64, 76])('base64 in lines of %i, wherever the line ends', (width) => {
    for (let before = 0; before < width; before++) {
      for (const end of ['\n', '\r\n', '\\n', '\\r\\n']) {
        const whole = Buffer.from('x'.repeat(before) + TOKEN + 'y'.repeat(40)).toString('base64');
        const text = whole.match(new RegExp(`.{1,${width}}`, 'g'))!.join(end);
        expect(redactor().redact(text)).toContain('[redacted token]');
      }
    }
  });

  test('a token of any length', () => {
    const long = `tok_${'aB3'.repeat(20_000)}`;
    const it = new Redactor();
    it.add(long);
    expect(it.redact(`before ${long} after`)).toBe('before [redacted token] after');
  });

  test('a long text in pieces is the same as at once, wherever the token stands', {
    timeout: 20_000,
  }, async () => {
    const it = redactor();
    const around = 64 * 1024;
    for (const spelling of [TOKEN, encodeURIComponent(TOKEN), [...TOKEN].join('\u200b')]) {
      for (const at of [0, around - spelling.length - 1, around - 5, around, around + 1, 3 * around]) {
        const text = `${'x '.repeat(at / 2)}${spelling}${' y'.repeat(around)}`;
        expect(await it.redactLong(text, new Slices())).toBe(it.redact(text));
      }
    }
  });

  test('between the pieces of a long text others have their turn', async () => {
    let pauses = 0;
    const slices = { due: true, pause: async () => void pauses++ } as unknown as Slices;
    await redactor().redactLong('x'.repeat(16 * 1024), slices);
    expect(pauses).toBe(0);
    await redactor().redactLong('x'.repeat(160 * 1024), slices);
    expect(pauses).toBeGreaterThanOrEqual(10);
  });

  test('what looks like a token goes as a whole, also from one piece into the next', async () => {
    const it = new Redactor();
    it.addAllAlike();
    const text = `${'x'.repeat(16 * 1024 - 10)} tok_${'a'.repeat(500)} ${'y'.repeat(20_000)}`;
    expect(await it.redactLong(text, new Slices())).toBe(
      `${'x'.repeat(16 * 1024 - 10)} [redacted token] ${'y'.repeat(20_000)}`,
    );
    // What only begins in what is looked at beyond a piece waits for the next one.
    const later = `${'x'.repeat(17 * 1024 - 40)} tok_${'a'.repeat(500)} ${'y'.repeat(20_000)}`;
    expect(await it.redactLong(later, new Slices())).toBe(
      `${'x'.repeat(17 * 1024 - 40)} [redacted token] ${'y'.repeat(20_000)}`,
    );
    expect(it.redact('tok_a')).toBe('[redacted token]');
  });

  test('no text is no token', () => {
    const it = new Redactor();
    it.add('');
    expect(it.redact('abc')).toBe('abc');
  });

  test('a value without a token is the same value, and one with it a copy', () => {
    const clean = { a: [1, null, 'x'] };
    expect(redactor().withoutSecrets(clean)).toBe(clean);
    expect(redactor().withoutSecrets(undefined)).toBeUndefined();
    const held = { list: [1, null, { [TOKEN]: `of ${TOKEN}` }] };
    expect(redactor().withoutSecrets(held)).toEqual({
      list: [1, null, { '[redacted token]': 'of [redacted token]' }],
    });
    expect(held.list).toHaveLength(3);
    expect(JSON.stringify(held)).toContain('tok_01HXYZ');
  });

  test('long runs of what an escape begins with take no time', { timeout: 5_000 }, () => {
    for (const text of [
      '\\'.repeat(2_000_000),
      '%25'.repeat(500_000),
      '&#'.repeat(500_000),
      '&#00'.repeat(300_000),
      '=\\r\\n'.repeat(300_000),
      '=\r\n'.repeat(300_000),
      '74:00:'.repeat(300_000),
      '74:6f:6b:5f '.repeat(100_000),
      'ｔｏｋ＿'.repeat(200_000),
    ])
      expect(redactor().redact(text)).toBe(text);
  });

  test('a token without its end, broken after each character, takes no time', { timeout: 5_000 }, () => {
    const token = 'tok_9fK2mQxT7vLpR4wZ8sB1nD3gHc5J';
    const it = new Redactor();
    it.add(token);
    for (const end of ['\r\n', '=\r\n', '\n', '\\r\\n']) {
      const text = `${token.slice(0, 8)}${[...token.slice(8, -1)].join(end)}! `.repeat(200);
      expect(it.redact(text)).toBe(text);
    }
  });
});
