/** What is sent in masses, and what is left of it. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { findPerson } from '../../../src/sandbox/auth/person.ts';
import { Database } from '../../../src/sandbox/db/database.ts';
import { ChangeFeed } from '../../../src/sandbox/queries/change-feed.ts';
import { addComment } from '../../../src/sandbox/rules/comment.ts';
import { seed } from '../../../src/sandbox/seed/file/seed.ts';
import { Sessions } from '../../../src/sandbox/web/request/browser-session.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { smallWorld, start } from '../support/sandbox.ts';

/** Sends so many bytes, whatever is answered meanwhile. */
function sendBytes(
  url: string,
  path: string,
  bytes: number,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const asked = request(url + path, { method: 'POST', headers, agent: false }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => {
        body += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode!, body, headers: answer.headers }));
    });
    asked.on('error', reject);
    const chunk = Buffer.alloc(256 * 1024, 'x');
    let left = bytes;
    const more = () => {
      while (left > 0) {
        left -= chunk.length;
        if (!asked.write(chunk)) {
          asked.once('drain', more);
          return;
        }
      }
      asked.end();
    };
    more();
  });
}

describe('a body over the limit gets its 413', () => {
  const MB = 1024 * 1024;
  const comments = '/api/v1/tickets/t-AAAAAA/comments';

  test.each([
    ['2 MB', 2 * MB],
    ['50 MB', 50 * MB],
    // More than the server under it takes in by itself (64 MB).
    ['70 MB', 70 * MB],
  ])('%s, whoever sends it and wherever to', async (_, bytes) => {
    const { url } = await start();
    for (const [path, headers] of [
      [comments, { authorization: 'Bearer tok_olga' }],
      [comments, { authorization: 'Bearer tok_olga', 'content-length': String(bytes) }],
      [comments, {}],
      [comments, { authorization: 'Bearer tok_nobody', 'content-length': String(bytes) }],
      ['/api/v1/sandbox/tokens', {}],
      ['/session', { origin: url }],
    ] as [string, Record<string, string>][]) {
      const answer = await sendBytes(url, path, bytes, headers);
      expect([path, answer.status]).toEqual([path, 413]);
      if (headers.authorization === 'Bearer tok_olga')
        expect(answer.headers).toHaveProperty('ratelimit-limit');
    }
  });

  test('a refusal gets through to who sends 50 MB to nowhere', async () => {
    const { url } = await start();
    expect((await sendBytes(url, '/api/v1/nothing', 50 * MB)).status).toBe(404);
  });
});

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

test('a comment costs the same on a ticket with many long ones', () => {
  const db = new Database(join(temporaryFolder(), 'sandbox.db'));
  seed(db, smallWorld(), { reset: false });
  const olga = findPerson(db, 'usr_olga')!;
  const long = 'a long comment about the checkout and what came of it. '.repeat(400);
  const add = (ticket: string) => {
    const from = performance.now();
    db.write(() => addComment(db, olga, ticket, 'short'));
    return performance.now() - from;
  };
  const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1]!;
  db.write(() => {
    for (let at = 0; at < 300; at++) addComment(db, olga, 't-AAAAAA', long);
  });
  const full = median(Array.from({ length: 41 }, () => add('t-AAAAAA')));
  const empty = median(Array.from({ length: 41 }, () => add('t-BBBBBB')));
  db.close();
  // Six megabytes that are indexed anew take a hundred times as long.
  expect(full).toBeLessThan(empty * 4 + 1);
});

test('a ticket with 2,000 comments costs what an empty one costs, to write and to read a page of', async () => {
  const { db: file, as } = await start();
  const db = new Database(file);
  onTestFinished(() => db.close());
  const olga = findPerson(db, 'usr_olga')!;
  db.write(() => {
    for (let at = 0; at < 2000; at++) addComment(db, olga, 't-AAAAAA', `Comment ${at} about the checkout`);
    for (let at = 0; at < 50; at++) addComment(db, olga, 't-BBBBBB', `Comment ${at} about the checkout`);
  });
  const changed = () => db.get<{ n: number }>('SELECT total_changes() AS n')!.n;
  const rowsOf = (ticket: string) => {
    const before = changed();
    db.write(() => addComment(db, olga, ticket, 'one more'));
    return changed() - before;
  };
  // The index merges its own pages now and then, whatever is written.
  const fewest = (ticket: string) => Math.min(...Array.from({ length: 9 }, () => rowsOf(ticket)));
  expect(fewest('t-AAAAAA')).toBe(fewest('t-CCCCCC'));
  /** By turns, so that what else the machine does meets both. */
  const quickest = async (...paths: string[]) => {
    const best = paths.map(() => Number.POSITIVE_INFINITY);
    for (let at = 0; at < 60; at++) {
      for (const [which, path] of paths.entries()) {
        const from = performance.now();
        expect((await as('olga')('GET', path)).status).toBe(200);
        best[which] = Math.min(best[which]!, performance.now() - from);
      }
    }
    return best;
  };
  for (const path of ['comments?limit=50', '?include=']) {
    const address = (ticket: string) => `/tickets/${ticket}${path.startsWith('?') ? path : `/${path}`}`;
    const [full, few] = await quickest(address('t-AAAAAA'), address('t-BBBBBB'));
    expect(full, path).toBeLessThan(few! * 1.5 + 1);
  }
});
