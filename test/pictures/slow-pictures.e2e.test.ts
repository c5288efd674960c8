/** Pictures that take long to decode. */
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

  test('of more than a hundred million pixels is not decoded', { timeout: 60_000 }, async () => {
    const small = await serve((_, response) => void response.end(blackPng(64, 'bit')));
    expect(await fetchFrom(small, LOCAL_API)).toMatchObject({ width: 64 });
    const url = await serve((_, response) => void response.end(blackPng(16_000, 'bit')));
    await expect(fetchFrom(url, LOCAL_API)).rejects.toEqual(refusal(/can be read/));
  });
});
