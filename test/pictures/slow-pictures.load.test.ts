/** Pictures that take long to decode. */
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { blackPng } from './black-png.ts';
import { fetchFrom, LOCAL_API, PNG, refusal, serve } from './served-pictures.ts';

describe('a picture that takes long', () => {
  test('is given up in time, and those after it are shown', { timeout: 60_000 }, async () => {
    const large = blackPng(9_900, 'rgb');
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
    const avif = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: '#123' } })
        .avif({ quality: 20, effort: 0 })
        .toBuffer();
    // One of too many pixels, one of too many bytes.
    const wide = await avif(5_200, 5_000);
    const heavy = Buffer.concat([await avif(800, 600), Buffer.alloc(3_000_000)]);
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
    const small = await serve((_, response) => void response.end(blackPng(64, 'bit')));
    expect(await fetchFrom(small, LOCAL_API)).toMatchObject({ width: 64 });
    const url = await serve((_, response) => void response.end(blackPng(16_000, 'bit')));
    await expect(fetchFrom(url, LOCAL_API)).rejects.toEqual(refusal(/can be read/));
  });
});
