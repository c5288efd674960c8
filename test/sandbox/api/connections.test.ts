/** What is left of connections: those that break off, those that go on, those of many pages at once. */
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Database } from '../../../src/sandbox/db/database.ts';
import { ChangeFeed } from '../../../src/sandbox/queries/change-feed.ts';
import { Sessions } from '../../../src/sandbox/web/request/browser-session.ts';
import { start } from '../support/sandbox.ts';

test('a body that breaks off is nobody’s failure', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  const { url, as } = await start();
  const port = Number(new URL(url).port);
  for (const head of ['Content-Length: 1000', 'Transfer-Encoding: chunked']) {
    for (const end of ['end', 'resetAndDestroy'] as const) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(
        `POST /api/v1/tickets/t-AAAAAA/comments HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${head}\r\n\r\n5\r\n`,
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket[end]();
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await as('olga')('GET', '/companies')).status).toBe(200);
  expect(said.mock.calls).toEqual([]);
});

describe('nothing that is opened stays after its connection', () => {
  test.each(['HEAD', 'GET'])('%s /events', async (method) => {
    const { url, followers } = await start();
    const port = Number(new URL(url).port);
    for (let round = 0; round < 4; round++) {
      const sockets = Array.from({ length: 50 }, () => {
        const socket = connect(port, '127.0.0.1');
        socket.write(`${method} /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
        return new Promise<void>((resolve) => {
          socket.once('data', () => {
            socket.destroy();
            resolve();
          });
        });
      });
      await Promise.all(sockets);
    }
    await expect.poll(followers).toBe(0);
  });
});

test('a change costs one look for all the pages of a person', async () => {
  const { url, as, followers } = await start();
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const streams = Array.from({ length: 60 }, async () => {
    const answer = await fetch(`${url}/events`, { signal: leaving.signal });
    const reader = answer.body!.getReader();
    await reader.read();
    return reader;
  });
  const readers = await Promise.all(streams);
  expect(followers()).toBe(60);
  const looks = vi.spyOn(Database.prototype, 'all');
  expect((await as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' })).status).toBe(201);
  expect(looks.mock.calls.length).toBeLessThan(20);
  looks.mockRestore();
  for (const reader of readers) {
    expect(Buffer.from((await reader.read()).value!).toString()).toContain('t-AAAAAA');
  }
});

test('a stream that has ended leaves no timer behind', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { url, followers } = await start();
  const before = vi.getTimerCount();
  const leaving = new AbortController();
  const answer = await fetch(`${url}/events`, { signal: leaving.signal });
  await answer.body!.getReader().read();
  // What follows the changes, and the heartbeat.
  expect(vi.getTimerCount()).toBe(before + 2);
  leaving.abort();
  await vi.waitFor(() => expect(followers()).toBe(0), { timeout: 5000 });
  expect(vi.getTimerCount()).toBe(before);
});

test('a stream that can’t begin leaves nothing behind', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { url, followers } = await start();
  const before = vi.getTimerCount();
  for (const part of [
    vi.spyOn(ChangeFeed.prototype, 'subscribe'),
    vi.spyOn(Sessions.prototype, 'onChoice'),
  ]) {
    // As the database does while another program keeps readers out.
    part.mockImplementationOnce(() => {
      throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
    });
    await expect(fetch(`${url}/events`).then((answer) => answer.text())).rejects.toThrow();
    part.mockRestore();
    expect(followers()).toBe(0);
    expect(vi.getTimerCount()).toBe(before);
  }
});
