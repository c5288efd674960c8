import { statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { findPerson } from '../../../src/sandbox/auth/person.ts';
import { Database } from '../../../src/sandbox/db/database.ts';
import { type ActivityEntry, seenBy } from '../../../src/sandbox/queries/activity.ts';
import { ChangeFeed } from '../../../src/sandbox/queries/change-feed.ts';
import { archiveTicket } from '../../../src/sandbox/rules/archive.ts';
import { start } from '../support/sandbox.ts';

/** A feed on the file from outside the sandbox that writes: what another process has. */
function follow(file: string): ActivityEntry[] {
  const db = new Database(file);
  const feed = new ChangeFeed(db);
  const seen: ActivityEntry[] = [];
  feed.subscribe((change) => seen.push(change));
  onTestFinished(() => {
    feed.close();
    db.close();
  });
  return seen;
}

async function until(condition: () => boolean): Promise<void> {
  for (let at = 0; at < 100 && !condition(); at++) await sleep(20);
}

describe('the feed of changes', () => {
  test('outlasts a file that is damaged under it', async () => {
    const { db: file, close } = await start();
    await close();
    const db = new Database(file);
    const writer = new Database(file);
    vi.useFakeTimers();
    const feed = new ChangeFeed(db);
    onTestFinished(() => {
      feed.close();
      vi.useRealTimers();
      for (const one of [db, writer]) one.close();
    });
    feed.subscribe(() => undefined);
    const person = findPerson(writer, 'usr_olga')!;
    writer.write(() => archiveTicket(writer, person, 't-AAAAAA'));
    const size = statSync(file).size;
    writeFileSync(file, Buffer.alloc(size, 7), { flag: 'r+' });
    expect(() => vi.advanceTimersByTime(1000)).not.toThrow();
    expect(() => feed.poke()).not.toThrow();
    expect(() => db.all('SELECT * FROM activity'), 'it is damaged').toThrow();
  });

  test('tells of every write of another connection within a second, in order, with who did it', async () => {
    const { as, db } = await start();
    const seen = follow(db);
    await as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' }, { 'x-toado-client': 'mcp' });
    await as('mia')('POST', '/tickets/t-AAAAAA/move', { target_column_id: 'col_shop_done' });
    const since = Date.now();
    await until(() => seen.length === 2);
    expect(Date.now() - since).toBeLessThan(1000);
    expect(seen).toMatchObject([
      { action: 'add_comment', ticket_id: 't-AAAAAA', by: { token: { label: 'mia agent' }, via: 'mcp' } },
      { action: 'move_ticket', ticket_id: 't-AAAAAA', detail: { from: 'todo', to: 'done' } },
    ]);
  });

  test('tells of tokens that are made and revoked', async () => {
    const { bare, db } = await start();
    const seen = follow(db);
    await bare('DELETE', '/sandbox/tokens/tkn_mia');
    await until(() => seen.length === 1);
    expect(seen).toMatchObject([
      {
        action: 'revoke_token',
        detail: { token_id: 'tkn_mia', label: 'mia agent' },
        by: { via: 'web', token: null },
      },
    ]);
  });

  test('is asked to look after every write of this process, of which the file says nothing', async () => {
    const poke = vi.spyOn(ChangeFeed.prototype, 'poke');
    onTestFinished(() => poke.mockRestore());
    const { as, bare } = await start();
    const json = (value: object) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(value),
    });
    for (const write of [
      () => as('olga')('PATCH', '/tickets/t-AAAAAA', { title: 'x' }),
      () => bare('POST', '/sandbox/tokens', json({ label: 'x', scopes: ['read'] })),
      () => bare('DELETE', '/sandbox/tokens/tkn_mia'),
      () => bare('PATCH', '/sandbox/limits/co_acme', json({ reads_per_minute: 7 })),
    ]) {
      poke.mockClear();
      expect((await write()).status).toBeLessThan(300);
      expect(poke).toHaveBeenCalledOnce();
    }
  });

  test('says nothing of refusals, reads and what changed nothing', async () => {
    const { as, db } = await start();
    const seen = follow(db);
    await as('olga')('GET', '/tickets/t-AAAAAA');
    await as('mia')('PATCH', '/tickets/t-AAAAAA', { title: 'x' });
    await as('mia')('POST', '/tickets/t-AAAAAA/restore');
    await sleep(450);
    expect(seen).toEqual([]);
  });

  test('a listener that fails or writes spoils nothing', async () => {
    const { db: file } = await start();
    const db = new Database(file);
    const feed = new ChangeFeed(db);
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => {
      said.mockRestore();
      feed.close();
      db.close();
    });
    const seen: string[] = [];
    const actor = findPerson(db, 'usr_olga')!;
    feed.subscribe(() => {
      throw new Error('mine alone');
    });
    feed.subscribe(({ ticket_id }) => {
      seen.push(`first ${ticket_id}`);
      if (ticket_id !== 't-AAAAAA') return;
      db.write(() => archiveTicket(db, actor, 't-BBBBBB'));
      feed.poke();
    });
    feed.subscribe(({ ticket_id }) => seen.push(`second ${ticket_id}`));
    db.write(() => archiveTicket(db, actor, 't-AAAAAA'));
    feed.poke();
    expect(seen).toEqual(['first t-AAAAAA', 'second t-AAAAAA', 'first t-BBBBBB', 'second t-BBBBBB']);
    expect(said).toHaveBeenCalledTimes(2);
  });

  test('goes on over a reset', async () => {
    const { as, db } = await start();
    await as('mia')('POST', '/tickets/t-AAAAAA/comments', { body: 'x' });
    const seen = follow(db);
    const again = await start({ db, reset: true });
    await again.as('mia')('POST', '/tickets/t-AAAAAA/archive');
    await until(() => seen.some(({ action }) => action === 'archive_ticket'));
    expect(seen.at(-1)).toMatchObject({ action: 'archive_ticket', ticket_id: 't-AAAAAA' });
  });
});

test('whose companies a token was taken out of is told to nobody who follows changes', () => {
  const entry = {
    seq: 1,
    action: 'revoke_token',
    by: {
      user: { id: 'usr_gus', name: 'Gus' },
      token: null,
      via: 'web' as const,
      at: '2026-01-01T00:00:00.000Z',
    },
    project_id: null,
    ticket_id: null,
    ticket_title: null,
    ticket_project_id: null,
    detail: { token_id: 'tkn_olga', label: 'olga', companies: ['Globex'] },
  };
  expect(JSON.stringify(seenBy(entry, new Set()))).not.toContain('Globex');
});
