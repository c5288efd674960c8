/** An answer's bytes as they come: unpacked, bounded, in order, and listened to no quicker than they can be kept. */
import { randomBytes } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type BodyHeaders, createBody } from '../../../src/toado-api/http/decoded-body.ts';
import { LARGE_BYTES } from '../../../src/toado-api/http/large-answers.ts';
import { MAX_PART_LENGTH } from '../../../src/toado-api/json/parse-json.ts';

function bodyOf(headers: BodyHeaders = {}, limit = 1_000, whenLarge?: () => Promise<void>) {
  const told: string[] = [];
  let text: string | undefined;
  let end!: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const body = createBody(headers, limit, {
    onText: (its) => {
      text = its;
      told.push('text');
      end();
    },
    onUnreadable: (charset) => void told.push(`unreadable ${charset}`),
    onTooLarge: () => {
      told.push('too large');
      end();
    },
    onBroken: () => {
      told.push('broken');
      end();
    },
    onFull: (isFull) => void told.push(isFull ? 'full' : 'room'),
    whenLarge,
  });
  return { body: body!, told, ended, text: () => text };
}
const packed = (name: string) => ({ 'content-encoding': name });

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  [' GZIP ', gzipSync],
  ['br', brotliCompressSync],
  ['identity', (text: string) => Buffer.from(text)],
  ['', (text: string) => Buffer.from(text)],
])('packed as %j', async (name, pack) => {
  const { body, ended, text } = bodyOf(packed(name));
  const bytes = pack('Grüße');
  body.push(bytes.subarray(0, 5));
  body.push(bytes.subarray(5));
  body.end();
  await ended;
  expect(text()).toBe('Grüße');
});

test('packed as nobody asked for', () => {
  expect(bodyOf(packed('zstd')).body).toBeUndefined();
  expect(bodyOf(packed('deflate')).body).toBeUndefined();
});

test('nothing has nothing to unpack, whatever its head says', async () => {
  const { body, ended, text } = bodyOf(packed('gzip'));
  body.end();
  await ended;
  expect(text()).toBe('');
});

test('what can’t be unpacked', async () => {
  const { body, told, ended } = bodyOf(packed('gzip'));
  body.push(Buffer.from('no gzip at all'));
  await ended;
  expect(told).toEqual(['broken']);
});

describe('as many bytes as may be, and not one more', () => {
  test.each([
    ['as they come', {}, (text: string) => Buffer.from(text)],
    ['unpacked', packed('gzip'), gzipSync],
  ])('%s', async (_, headers, pack) => {
    const most = bodyOf(headers, 10);
    most.body.push(pack('0123456789'));
    most.body.end();
    await most.ended;
    expect(most.told).toEqual(['text']);
    const more = bodyOf(headers, 10);
    more.body.push(pack('0123456789x'));
    await more.ended;
    expect(more.told[0]).toBe('too large');
  });

  test('a small file that unpacks to much is given up as it does', async () => {
    const { body, told, ended } = bodyOf(packed('gzip'), 100_000);
    body.push(gzipSync('x'.repeat(3_000_000)));
    await ended;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.filter((one) => one === 'too large')).toHaveLength(1);
  });
});

test('a large one waits for its place, once, and nothing more of it is asked for until then', async () => {
  let asked = 0;
  let enter!: () => void;
  const whenLarge = () => {
    asked++;
    return new Promise<void>((resolve) => {
      enter = resolve;
    });
  };
  const { body, told } = bodyOf({}, 10 * LARGE_BYTES, whenLarge);
  body.push(Buffer.alloc(LARGE_BYTES, 'x'));
  expect(asked).toBe(0);
  body.push(Buffer.from('x'));
  body.push(Buffer.from('x'));
  expect([asked, told]).toEqual([1, ['full']]);
  enter();
  await new Promise((resolve) => setImmediate(resolve));
  expect([asked, told]).toEqual([1, ['full', 'room']]);
});

test('nor is more of it unpacked until then', async () => {
  const bytes = gzipSync(Buffer.alloc(3 * LARGE_BYTES, 'x'));
  let enter!: () => void;
  const place = new Promise<void>((resolve) => {
    enter = resolve;
  });
  const waiting = bodyOf(packed('gzip'), 2 * LARGE_BYTES, () => place);
  waiting.body.push(bytes);
  // As long as the same takes one that doesn't wait.
  const other = bodyOf(packed('gzip'), 2 * LARGE_BYTES);
  other.body.push(bytes);
  await other.ended;
  await expect.poll(() => waiting.told).toContain('full');
  expect(waiting.told).not.toContain('too large');
  enter();
  await waiting.ended;
  expect(waiting.told.at(-1)).toBe('too large');
});

test('what comes quicker than it is unpacked waits with its sender', async () => {
  const bytes = gzipSync(randomBytes(200_000), { level: 0 });
  const { body, told } = bodyOf(packed('gzip'), 1_000_000);
  body.push(bytes);
  expect(told).toEqual(['full']);
  await expect.poll(() => told).toEqual(['full', 'room']);
  body.destroy();
});

test('a large one in characters that nobody knows is said to be so', () => {
  const { body, told } = bodyOf({ 'content-type': 'x; charset=klingon' }, 2 * LARGE_BYTES);
  body.push(Buffer.alloc(LARGE_BYTES, 'x'));
  body.push(Buffer.from('caf\xe9', 'latin1'));
  body.end();
  expect(told).toEqual(['unreadable klingon']);
});

test('a large one that is packed goes on being unpacked when it has its place', async () => {
  const text = 'x'.repeat(2 * LARGE_BYTES);
  const { body, ended, text: read } = bodyOf(packed('gzip'), 10 * LARGE_BYTES, async () => {});
  body.push(gzipSync(text));
  body.end();
  await ended;
  expect(read() === text).toBe(true);
});

test('pieces of all sizes stay in order', async () => {
  for (const sizes of [
    [1, 1, 70_000, 1],
    [1, 5_000, 1, 3_000, 3_000],
    Array.from({ length: 900 }, (_, at) => (at % 400) + 1),
  ]) {
    const { body, text } = bodyOf({}, 1_000_000);
    const parts = sizes.map((size, at) => String.fromCharCode(97 + (at % 26)).repeat(size));
    for (const part of parts) body.push(Buffer.from(part));
    body.end();
    expect(text() === parts.join('')).toBe(true);
  }
});

test('of what broke off, the beginning is there, unpacked', async () => {
  const { body } = bodyOf({}, 10_000_000);
  body.push(Buffer.from('x'.repeat(MAX_PART_LENGTH + 10)));
  expect(body.soFar()).toHaveLength(MAX_PART_LENGTH);
  body.destroy();
});
