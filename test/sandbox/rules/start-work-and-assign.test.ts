import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { shared } from '../../support/ending.ts';
import { smallWorld, start, ticket } from '../support/sandbox.ts';

describe('starting work', () => {
  test.each([
    ['Checkout button is dead', 't-AAAAAA-checkout-button-is-dead'],
    ['Überraschung: it’s BROKEN!', 't-AAAAAA-uberraschung-its-broken'],
    ['登录按钮失效 🐛', 't-AAAAAA'],
    ['ﬁx ① of Ⅳ', 't-AAAAAA-fix-1-of-iv'],
    [`${'a'.repeat(51)} b`, `t-AAAAAA-${'a'.repeat(51)}`],
    [`${'a'.repeat(52)} b`, 't-AAAAAA'],
    ['../../etc/passwd; rm -rf', 't-AAAAAA-etc-passwd-rm-rf'],
    ['word '.repeat(40), 't-AAAAAA-word-word-word-word-word-word-word-word-word-word'],
  ])('%j without a name is worked on in %s', async (title, branch) => {
    const { as } = await start({ world: smallWorld({ tickets: [ticket('t-AAAAAA', { title })] }) });
    const { body } = await as('olga')('POST', '/tickets/start-work', { ticket_ids: ['t-AAAAAA'] });
    expect(body).toEqual({ branch_name: branch, ticket_ids: ['t-AAAAAA'] });
    const { body: after } = await as('olga')('GET', '/tickets/t-AAAAAA');
    expect(after).toMatchObject({ branch_name: branch, column_id: 'col_shop_todo' });
  });

  test('more than one ticket needs a name', async () => {
    const { as } = await start();
    const ticket_ids = ['t-AAAAAA', 't-BBBBBB'];
    const refused = await as('olga')('POST', '/tickets/start-work', { ticket_ids });
    expect(refused.body.error.code).toBe('validation_error');
    const { body } = await as('olga')('POST', '/tickets/start-work', {
      ticket_ids,
      branch_name: 'feat/both',
    });
    expect(body).toEqual({ branch_name: 'feat/both', ticket_ids });
    for (const id of ticket_ids) {
      expect((await as('olga')('GET', `/tickets/${id}`)).body.branch_name).toBe('feat/both');
    }
  });

  test('an id that is named twice is worked on once', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/tickets/start-work', {
      ticket_ids: ['t-AAAAAA', 't-AAAAAA'],
    });
    expect(body.ticket_ids).toEqual(['t-AAAAAA']);
    await as('olga')('POST', '/tickets/start-work', {
      ticket_ids: ['t-BBBBBB', 't-BBBBBB', 't-AAAAAA'],
      branch_name: 'both',
    });
    const { body: activity } = await as('olga')('GET', '/sandbox/tokens/tkn_olga/activity');
    expect(activity.items.map(({ ticket_id }: { ticket_id: string }) => ticket_id)).toEqual([
      't-AAAAAA',
      't-BBBBBB',
      't-AAAAAA',
    ]);
  });

  describe('refuses', () => {
    const sandbox = shared(() => start());

    test.each([
      '-x',
      'a b',
      'a..b',
      'a~1',
      'a^',
      'a:b',
      'a?',
      'a*',
      'a[b',
      'a\\b',
      '/a',
      'a/',
      'a//b',
      'a.lock',
      'x/.y',
      'a.',
      '@',
      'a@{b',
      'a\nb',
      'HEAD',
      'a\u202eb',
    ])('a name that git refuses is refused: %j', async (branch_name) => {
      const { as } = sandbox();
      const { status } = await as('olga')('POST', '/tickets/start-work', {
        ticket_ids: ['t-AAAAAA'],
        branch_name,
      });
      expect(status).toBe(400);
    });
  });

  test('all of the tickets or none', async () => {
    const { as } = await start();
    const refused = await as('olga')('POST', '/tickets/start-work', {
      ticket_ids: ['t-AAAAAA', 't-nowher'],
      branch_name: 'b',
    });
    expect(refused.body.error.code).toBe('ticket_not_found');
    expect((await as('olga')('GET', '/tickets/t-AAAAAA')).body.branch_name).toBeNull();
  });
});

describe('assigning', () => {
  test('somebody who can see the project, and taking them off', async () => {
    const { as } = await start();
    const { body } = await as('olga')('POST', '/tickets/t-BBBBBB/assignees', { user_id: 'usr_vic' });
    expect(body.assignees).toEqual([
      { id: 'usr_adam', name: 'Adam' },
      { id: 'usr_vic', name: 'Vic' },
    ]);
    const { body: after } = await as('olga')('DELETE', '/tickets/t-BBBBBB/assignees/usr_adam');
    expect(after.assignees).toEqual([{ id: 'usr_vic', name: 'Vic' }]);
  });

  test('somebody who can’t see it is user_not_found', async () => {
    const { as } = await start();
    for (const user_id of ['usr_gus', 'usr_none']) {
      expect((await as('olga')('POST', '/tickets/t-AAAAAA/assignees', { user_id })).body.error.code).toBe(
        'user_not_found',
      );
    }
    const vault = await as('olga')('POST', '/tickets/t-VVVVVV/assignees', { user_id: 'usr_adam' });
    expect(vault.body.error.code).toBe('user_not_found');
  });

  test('somebody who left the company can still be taken off', async () => {
    const { as, db } = await start();
    const past = new Database(db);
    past.exec("DELETE FROM memberships WHERE user_id = 'usr_adam'");
    past.close();
    const { body } = await as('olga')('DELETE', '/tickets/t-BBBBBB/assignees/usr_adam');
    expect(body.assignees).toEqual([]);
  });

  test('in bulk, each may fail alone', async () => {
    const { as } = await start();
    const ticket_ids = ['t-AAAAAA', 't-VVVVVV', 't-BBBBBB'];
    const add = await as('olga')('POST', '/tickets/bulk-assign', { ticket_ids, user_id: 'usr_adam' });
    expect(add.body.results.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false, true]);
    const remove = await as('olga')('POST', '/tickets/bulk-unassign', { ticket_ids, user_id: 'usr_adam' });
    expect(remove.body.results.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false, true]);
    expect((await as('olga')('GET', '/tickets/t-BBBBBB')).body.assignees).toEqual([]);
  });
});
