import { describe, expect, test } from 'vitest';
import { Aborter, realSignal } from '../../src/base/abort.ts';

describe('an Aborter', () => {
  test('calls each listener once, and none that was taken away', () => {
    const aborter = new Aborter();
    const calls: string[] = [];
    const gone = () => calls.push('gone');
    const stays = () => calls.push('stays');
    aborter.signal.addEventListener('abort', gone);
    aborter.signal.addEventListener('abort', stays, { once: true });
    aborter.signal.addEventListener('abort', stays, { once: true });
    aborter.signal.removeEventListener('abort', gone);
    expect(aborter.signal.aborted).toBe(false);
    aborter.abort();
    aborter.abort();
    expect(aborter.signal.aborted).toBe(true);
    expect(calls).toEqual(['stays']);
  });

  test('a listener may take away itself and others while they are called', () => {
    const aborter = new Aborter();
    const calls: number[] = [];
    const second = () => calls.push(2);
    const first = () => {
      calls.push(1);
      aborter.signal.removeEventListener('abort', first);
    };
    aborter.signal.addEventListener('abort', first);
    aborter.signal.addEventListener('abort', second);
    aborter.abort();
    expect(calls).toEqual([1, 2]);
  });
});

describe('realSignal', () => {
  test('aborts with the one that it was made of, also when that was aborted before', () => {
    const aborter = new Aborter();
    const real = realSignal(aborter.signal);
    expect(real).toBeInstanceOf(AbortSignal);
    expect(real.aborted).toBe(false);
    aborter.abort();
    expect(real.aborted).toBe(true);
    expect(realSignal(aborter.signal).aborted).toBe(true);
  });

  test('leaves a real one as it is', () => {
    const { signal } = new AbortController();
    expect(realSignal(signal)).toBe(signal);
  });
});
