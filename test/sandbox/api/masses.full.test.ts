/** What is sent and kept in masses. */
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findPerson } from '../../../src/sandbox/auth/person.ts';
import { Database } from '../../../src/sandbox/db/database.ts';
import { addComment } from '../../../src/sandbox/rules/comment.ts';
import { seed } from '../../../src/sandbox/seed/file/seed.ts';
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
