/** Pictures that take long to decode. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fetchFrom, LOCAL_API, PNG, refusal, serve } from './served-pictures.ts';

/** A whole square picture of one bit a pixel: drawing it takes no time, however large. */
function blackPng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  const rows = Buffer.alloc((side / 8 + 1) * side);
  return Buffer.concat([
    PNG.subarray(0, 8),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a picture that takes long', () => {
  test('is given up in time, and those after it are shown', { timeout: 60_000 }, async () => {
    const large = await sharp({ create: { width: 9_900, height: 9_900, channels: 3, background: '#369' } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const url = await serve((_, response) => void response.end(large));
    const began = performance.now();
    const all = Array.from({ length: 12 }, () => fetchFrom(url, LOCAL_API, { timeoutMs: 900 }));
    const ended = await Promise.allSettled(all);
    expect(performance.now() - began).toBeLessThan(6_000);
    const why = ended.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.sentence)] : []));
    expect(why.some((one) => /too long to decode/.test(one))).toBe(true);
    const small = await serve((_, response) => void response.end(PNG));
    expect(await fetchFrom(small, LOCAL_API, { timeoutMs: 20_000 })).toMatchObject({ width: 1 });
  });

  test('that can’t be stopped is not begun: two large AVIF files keep no other waiting', {
    timeout: 60_000,
  }, async () => {
    const wide = await sharp({ create: { width: 9_900, height: 9_900, channels: 3, background: '#123' } })
      .avif({ quality: 20, effort: 0 })
      .toBuffer();
    const heavy = Buffer.concat([wide, Buffer.alloc(3_000_000)]);
    for (const bytes of [wide, heavy]) {
      const url = await serve((_, response) => void response.end(bytes));
      const large = Promise.allSettled([fetchFrom(url, LOCAL_API), fetchFrom(url, LOCAL_API)]);
      const began = performance.now();
      const small = await serve((_, response) => void response.end(PNG));
      expect(await fetchFrom(small, LOCAL_API)).toMatchObject({ width: 1 });
      expect(performance.now() - began).toBeLessThan(2_000);
      for (const one of await large)
        expect(one).toMatchObject({ status: 'rejected', reason: refusal(/too long to decode/) });
    }
  });

  test('of more than a hundred million pixels is not decoded', { timeout: 60_000 }, async () => {
    const small = await serve((_, response) => void response.end(blackPng(64)));
    expect(await fetchFrom(small, LOCAL_API)).toMatchObject({ width: 64 });
    const url = await serve((_, response) => void response.end(blackPng(16_000)));
    await expect(fetchFrom(url, LOCAL_API)).rejects.toEqual(refusal(/can be read/));
  });
});
