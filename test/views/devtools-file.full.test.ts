/** A panel as a file, where it is large. */
import { expect, test } from 'vitest';
import { Slices } from '../../src/base/time-slices.ts';
import type { Entry } from '../../src/views/devtools.ts';
import { writePanel } from '../../src/views/devtools-file.ts';

test('a large recording lets others have their turn, and ends with its call', {
  timeout: 60_000,
}, async () => {
  const body = `{"text":"${'é and more '.repeat(400_000)}"}`;
  const entries: Entry[] = Array.from({ length: 30_000 }, (_, at) => ({
    url: `https://x.example/${at}`,
    status: at % 7 ? 200 : 500,
    started_at: 1.7e12 + at,
    request_headers: { accept: '*/*', cookie: 'a=b' },
    response_body: at === 100 ? body : 'short',
  }));
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const numbers = new Map(entries.map((entry, at) => [entry, at + 1]));
  let bytes = 0;
  const sink = async (piece: string) => {
    bytes += piece.length;
  };
  const began = performance.now();
  last = began;
  await writePanel({ panel: 'network', entries, numbers, capture: {} }, sink, new Slices());
  clearInterval(timer);
  expect(bytes).toBeGreaterThan(10_000_000);
  // In one piece it would be nearly all of it, on whatever machine.
  expect(longest).toBeLessThan((performance.now() - began) / 3);

  const aborter = new AbortController();
  aborter.abort();
  const given = writePanel(
    { panel: 'network', entries, numbers, capture: {} },
    sink,
    new Slices(aborter.signal),
  );
  await expect(given).rejects.toMatchObject({ code: 'cancelled' });
});
