/** What one asks of a recording: what happened around the error, of which kind, one entry whole, as a command. */
import { expect, test } from 'vitest';
import { connectInProcess } from '../support/connect-in-process.ts';
import { type CallResult, SDKS, textOf } from '../support/sdk-client.ts';
import { startToado } from '../support/toado.ts';

const BUG = 't-7Kq2Mx';
type Row = Record<string, unknown>;
const rows = ({ structuredContent }: CallResult) => structuredContent!.items as Row[];

test.each(SDKS)('the checkout that spins, asked from its error: %s', async (sdk) => {
  const toado = await startToado();
  const { call } = await connectInProcess(sdk, { env: toado.env() });
  const ask = (args: Row) => call('get_devtools', { ticket_id: BUG, ...args });

  const line = await ask({ panel: 'timeline' });
  const entries = rows(line).map(({ entry }) => String(entry).split(' ')[0]);
  expect(new Set(entries)).toEqual(new Set(['console', 'network', 'errors']));
  const times = rows(line).map(({ t }) => Number.parseFloat(String(t)));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(Math.max(...times.map(Math.abs))).toBeLessThanOrEqual(5.1);
  const failed = rows(line).find(({ what }) => /POST .*\/api\/checkout\/session 422/.test(String(what)))!;
  expect(failed.t).toMatch(/^-0\.\d+ s$/);
  expect(rows(line).find(({ t }) => t === '0 s')!.what).toMatch(/client_secret/);

  const number = Number(String(failed.entry).split(' ')[1]);
  const [whole] = rows(await ask({ panel: 'network', entry: number }));
  expect(whole).toMatchObject({
    n: number,
    status: 422,
    request_headers: {},
    response_body: expect.any(String),
  });

  const near = rows(await ask({ panel: 'network', around: `network ${number}`, window: 0.1 }));
  expect(near.map(({ n }) => n)).toContain(number);
  expect(near.find(({ n }) => n === number)!.t).toBe('0 s');
  const before = await ask({ panel: 'console', around: 'error', window: 0.4 });
  expect(rows(before).length).toBeGreaterThan(0);
  expect(rows(before).length).toBeLessThan(10);

  const posts = rows(
    await ask({ panel: 'network', method: 'post', kind: 'fetch', repeats: true, limit: 100 }),
  );
  expect(posts.length).toBeGreaterThan(5);
  expect(new Set(posts.map((one) => one.method))).toEqual(new Set(['POST']));
  const pictures = rows(await ask({ panel: 'network', kind: 'image', limit: 100 }));
  expect(pictures.every(({ url }) => /\.(?:webp|png|jpe?g|svg|avif|gif)/.test(String(url)))).toBe(true);

  const command = textOf(await ask({ panel: 'network', as: 'curl' }));
  expect(command).toContain("curl 'https://shop.fjordandfern.example/api/checkout/session'");
  expect(command).toContain('cookie: <cookie>');

  for (const [args, says] of [
    [{ panel: 'network', entry: 100_000 }, /network has 790 entries, and none of number 100000/],
    [{ panel: 'console', around: 'network 9999' }, /is no moment of this recording/],
    [{ panel: 'console', around: 'yesterday' }, /is no moment of this recording/],
    [{ panel: 'console', as: 'curl' }, /as curl is for panel network, not console\./],
    [{ panel: 'timeline', entry: 3 }, /entry is for panel console, network or errors, not timeline\./],
  ] as [Row, RegExp][]) {
    const refused = await ask(args);
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toMatch(says);
  }
});
