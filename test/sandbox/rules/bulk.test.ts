/** The same done to several tickets: each whole or not at all, and one that is refused stops none of the others. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../../src/sandbox/db/database.ts';
import { ApiError } from '../../../src/sandbox/model/errors.ts';
import { eachTicket } from '../../../src/sandbox/rules/bulk.ts';
import { temporaryFolder } from '../../support/temporary.ts';

function open() {
  const db = new Database(join(temporaryFolder(), 'sandbox.db'));
  onTestFinished(() => db.close());
  db.run("INSERT INTO meta (key, value) VALUES ('done', '')");
  const add = (id: string) => db.run("UPDATE meta SET value = value || ? WHERE key = 'done'", `${id} `);
  const done = () => db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'done'")!.value;
  return { db, add, done };
}

test('what was written before a refusal is taken back, of that one alone', () => {
  const { db, add, done } = open();
  const { results } = db.write(() =>
    eachTicket(db, ['a', 'b', 'c'], (id) => {
      add(id);
      if (id === 'b') throw new ApiError('forbidden', 'Not b.');
    }),
  );
  expect(done()).toBe('a c ');
  expect(results).toEqual([
    { ticket_id: 'a', ok: true },
    { ticket_id: 'b', ok: false, error: { code: 'forbidden', message: 'Not b.' } },
    { ticket_id: 'c', ok: true },
  ]);
});

test('a bug is no refusal: it takes everything back', () => {
  const { db, add, done } = open();
  const bug = new TypeError('a bug');
  const each = () =>
    eachTicket(db, ['a', 'b'], (id) => {
      add(id);
      if (id === 'b') throw bug;
    });
  expect(() => db.write(each)).toThrow(bug);
  expect(done()).toBe('');
});
