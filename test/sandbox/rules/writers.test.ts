/** Who may write at all: every route that writes, as whoever may not, changes nothing. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { findPerson } from '../../../src/sandbox/auth/person.ts';
import { Database as SandboxDatabase } from '../../../src/sandbox/db/database.ts';
import { archiveTicket, restoreTicket } from '../../../src/sandbox/rules/archive.ts';
import { assign, unassign } from '../../../src/sandbox/rules/assign.ts';
import { addComment } from '../../../src/sandbox/rules/comment.ts';
import { moveTicket } from '../../../src/sandbox/rules/move.ts';
import { startWork } from '../../../src/sandbox/rules/start-work.ts';
import { createTicket, updateTicket } from '../../../src/sandbox/rules/tickets.ts';
import type { SeedToken } from '../../../src/sandbox/seed/world/world.ts';
import { contents, openDatabase } from '../../support/database.ts';
import { smallWorld, start, worldWithTokens } from '../support/sandbox.ts';

const VIEWER = { members: [{ user: 'usr_olga', role: 'viewer' as const }] };

/** Every route that writes to tickets, with what would change one. */
const WRITES: [method: string, path: string, body?: unknown][] = [
  ['POST', '/tickets/t-BBBBBB/comments', { body: 'Hello' }],
  ['POST', '/projects/proj_shop/tickets', { title: 'New' }],
  ['PATCH', '/tickets/t-BBBBBB', { title: 'Changed' }],
  ['PATCH', '/tickets/t-BBBBBB', { resolved: true }],
  ['POST', '/tickets/t-BBBBBB/move', { target_column_id: 'col_shop_done' }],
  ['POST', '/tickets/t-BBBBBB/archive'],
  ['POST', '/tickets/t-AAAAAA/restore'],
  ['POST', '/tickets/start-work', { ticket_ids: ['t-BBBBBB'] }],
  ['POST', '/tickets/start-work', { ticket_ids: ['t-BBBBBB', 't-CCCCCC'], branch_name: 'both' }],
  ['POST', '/tickets/t-BBBBBB/assignees', { user_id: 'usr_mia' }],
  ['DELETE', '/tickets/t-BBBBBB/assignees/usr_adam'],
  ['POST', '/tickets/bulk-move', { ticket_ids: ['t-BBBBBB'], target_column_id: 'col_shop_done' }],
  ['POST', '/tickets/bulk-assign', { ticket_ids: ['t-BBBBBB'], user_id: 'usr_mia' }],
  ['POST', '/tickets/bulk-unassign', { ticket_ids: ['t-BBBBBB'], user_id: 'usr_adam' }],
];

const WHOLE_TICKET = `SELECT t.*, (SELECT group_concat(user_id) FROM assignees a WHERE a.ticket_seq = t.seq) AS assigned
  FROM tickets t WHERE t.id = ?`;

function world(acme: Partial<ReturnType<typeof smallWorld>['companies'][number]> = {}) {
  const plain = smallWorld();
  const [company, ...others] = plain.companies;
  const tickets = plain.tickets.map((one) =>
    one.id === 't-AAAAAA' ? { ...one, archivedMinutesAgo: 10 } : { ...one, assignees: ['usr_adam'] },
  );
  return { ...plain, tickets, companies: [{ ...company!, ...acme }, ...others] };
}

/** The code of each refusal; a bulk call tells it for each ticket. */
async function codesOf(call: (method: string, path: string, body?: unknown) => Promise<{ body: unknown }>) {
  const codes: string[] = [];
  for (const [method, path, body] of WRITES) {
    const { body: answer } = (await call(method, path, body)) as {
      body: { error?: { code: string }; results?: { error?: { code: string } }[] };
    };
    codes.push(`${method} ${path} ${answer.error?.code ?? answer.results?.[0]?.error?.code ?? 'done'}`);
  }
  return codes;
}

describe('no route lets write', () => {
  test('a viewer', async () => {
    const members = smallWorld().companies[0]!.members;
    // Olga is a member of another company, which her token goes on reaching.
    const { as, db } = await start({
      world: world({
        members: members.map((one) => (one.user === 'usr_olga' ? { ...one, role: 'viewer' } : one)),
      }),
    });
    const file = openDatabase(db);
    const before = contents(file);
    expect(await codesOf(as('olga'))).toEqual(WRITES.map(([method, path]) => `${method} ${path} forbidden`));
    expect(await codesOf(as('vic'))).toEqual(
      WRITES.map(([method, path]) => `${method} ${path} unauthorized`),
    );
    expect(contents(file)).toBe(before);
  });

  test('anybody in a company that is read-only', async () => {
    const { as, db } = await start({ world: world({ readOnly: true }) });
    const file = openDatabase(db);
    const before = contents(file);
    expect(await codesOf(as('olga'))).toEqual(
      WRITES.map(([method, path]) => `${method} ${path} read_only_company`),
    );
    expect(contents(file)).toBe(before);
  });

  test('somebody of another company', async () => {
    const { as, db } = await start({ world: world() });
    const file = openDatabase(db);
    const before = contents(file);
    expect(await codesOf(as('gus'))).toEqual(WRITES.map(([method, path]) => `${method} ${path} forbidden`));
    expect(contents(file)).toBe(before);
  });

  test('and each of them is done for a member who made the ticket, to that ticket alone', async () => {
    for (const write of WRITES) {
      const [method, path, body] = write;
      const { as, db } = await start({ world: world() });
      const file = openDatabase(db);
      const before = contents(file);
      const named: readonly string[] = JSON.stringify([path, body]).match(/t-[A-Z]{6}/g) ?? [];
      const others = world()
        .tickets.map(({ id }) => id)
        .filter((id) => !named.includes(id));
      const left = () => others.map((id) => file.one(WHOLE_TICKET, id));
      const leftBefore = left();
      const { status } = await as('mia')(method, path, body);
      expect(`${method} ${path} ${status}`).toMatch(/ 20[01]$/);
      expect(left(), `${method} ${path} changes no other`).toEqual(leftBefore);
      expect(contents(file) === before, `${method} ${path} changes something`).toBe(false);
    }
  });
});

describe('a person who is a viewer', () => {
  test('writes nothing either', async () => {
    const { db: file } = await start({ world: world() });
    const db = new SandboxDatabase(file);
    onTestFinished(() => db.close());
    const before = contents(openDatabase(file));
    const vic = findPerson(db, 'usr_vic')!;
    const move = { target_column_id: 'col_shop_done' };
    for (const write of [
      () => addComment(db, vic, 't-BBBBBB', 'Hello'),
      () => createTicket(db, vic, 'proj_shop', { title: 'New' }),
      () => updateTicket(db, vic, 't-BBBBBB', { title: 'Changed' }),
      () => moveTicket(db, vic, 't-BBBBBB', move),
      () => archiveTicket(db, vic, 't-BBBBBB'),
      () => restoreTicket(db, vic, 't-AAAAAA'),
      () => startWork(db, vic, { ticket_ids: ['t-BBBBBB'] }),
      () => assign(db, vic, 't-BBBBBB', 'usr_mia'),
      () => unassign(db, vic, 't-BBBBBB', 'usr_adam'),
    ])
      expect(write).toThrow('A viewer can read here, not write.');
    expect(contents(openDatabase(file))).toBe(before);
  });
});

describe('viewers hold no tokens', () => {
  /** Olga is an owner of one company and a viewer of the other. */
  function mixed(tokens: Record<string, Partial<SeedToken>> = {}) {
    const plain = worldWithTokens(tokens);
    const [acme, globex] = plain.companies;
    return {
      ...plain,
      companies: [acme!, { ...globex!, members: [...globex!.members.slice(0, 1), ...VIEWER.members] }],
    };
  }
  const make = async (fields: Record<string, unknown>) => {
    const { bare } = await start({ world: mixed() });
    const { status } = await bare('POST', '/sandbox/tokens', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ label: 'new', user_id: 'usr_olga', scopes: ['read'], ...fields }),
    });
    return status;
  };

  test.each([
    ['for the company where she is a viewer', { companies: ['co_globex'] }, 403],
    ['for both, of which she is a viewer in one', { companies: ['co_acme', 'co_globex'] }, 403],
    ['for a project of the company where she is a viewer', { projects: ['proj_globex'] }, 403],
    ['for a project of each', { projects: ['proj_shop', 'proj_globex'] }, 403],
    ['for the company that she owns', { companies: ['co_acme'] }, 201],
    ['for a project there', { projects: ['proj_shop'] }, 201],
  ])('none is made %s', async (_, fields, status) => {
    expect(await make(fields)).toBe(status);
  });

  test('none is made for somebody who is nothing but a viewer', async () => {
    expect(await make({ user_id: 'usr_vic' })).toBe(403);
    expect(await make({ user_id: 'usr_vic', companies: ['co_acme'] })).toBe(403);
  });
});
