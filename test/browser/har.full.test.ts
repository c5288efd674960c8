/** A recording's file in a browser: Chromium answers from it what the page had been answered. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../support/program.ts';
import { textOf } from '../support/sdk-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';
import { openPage, useBrowser } from './pages.ts';

useBrowser();

interface Entry {
  request: { method: string; url: string; postData?: { text: string } };
  response: { status: number; content: { text?: string; mimeType: string } };
}

test('the requests of a HAR are answered as they were recorded', async () => {
  const toado = await startToado();
  const { call } = await connect('sdk 2.x modern', {
    env: toado.env(),
    args: ['--files', join(temporaryFolder(), 'files')],
  });
  const saved = await call('get_devtools', { ticket_id: 't-7Kq2Mx', panel: 'network', as: 'file' });
  const file = /Written to (\S+)/.exec(textOf(saved))![1]!;
  const { log } = JSON.parse(readFileSync(file, 'utf8')) as { log: { entries: Entry[] } };
  const page = await openPage(`${toado.url}/tickets/t-7Kq2Mx`, { mayComplain: true });
  await page.routeFromHAR(file, { url: 'https://shop.fjordandfern.example/**', notFound: 'abort' });
  // A page of that origin, which is nothing but a place to ask from.
  const blank = 'https://shop.fjordandfern.example/blank';
  await page.route(blank, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(blank);
  // One of each kind that was recorded with a body, the failed one among them.
  const kinds = new Map<string, Entry>();
  for (const entry of log.entries) {
    const { request, response } = entry;
    if (!request.url.startsWith('https://shop.fjordandfern.example/api/') || !response.content.text) continue;
    const kind = `${request.method} ${response.status}`;
    if (!kinds.has(kind)) kinds.set(kind, entry);
  }
  expect([...kinds.keys()]).toEqual(expect.arrayContaining(['GET 200', 'POST 422']));
  for (const [kind, { request, response }] of kinds) {
    const { method, url, postData } = request;
    const answer = await page.evaluate(
      async ([method, url, body]) => {
        const got = await fetch(url!, { method: method!, ...(body ? { body } : {}), mode: 'cors' });
        return { status: got.status, text: await got.text() };
      },
      [method, url, postData?.text ?? ''],
    );
    expect(answer, kind).toEqual({ status: response.status, text: response.content.text });
  }
  // What was not recorded is not there: the answers were the file's.
  const other = page.evaluate(() =>
    fetch('https://shop.fjordandfern.example/api/none').then(
      () => 'answered',
      () => 'refused',
    ),
  );
  expect(await other).toBe('refused');
}, 60_000);
