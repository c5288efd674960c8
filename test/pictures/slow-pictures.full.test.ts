/** Pictures whose decoding takes seconds. */
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { fetchFrom, LOCAL_API, PNG, refusal, serve } from './served-pictures.ts';

test('a picture whose decoding can’t be stopped is not begun: two large AVIF files keep no other waiting', {
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
