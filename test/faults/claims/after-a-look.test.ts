/** What a look says of a write whose answer was lost, and what odd texts, names and levels make of an answer. */
import { describe, expect, test } from 'vitest';
import type { FakeAnswer } from '../../support/fake-api.ts';
import { errorOf, type RawSession } from '../../support/raw-client.ts';
import { textOf } from '../../support/sdk-client.ts';
import { A, ACTS, B, BY, NO, ticket, useSession } from './claiming.ts';

const start = useSession();

describe('a look', () => {
  const lost: FakeAnswer = { status: 502, body: 'bad gateway' };
  const looks: [tool: string, args: Record<string, unknown>, row: Record<string, unknown>][] = [
    ['unassign_ticket', { user_id: 'usr_x' }, { assignees: undefined }],
    ['unassign_ticket', { user_id: 'usr_x' }, { assignees: 'Mia' }],
    ['assign_ticket', { user_id: 'usr_x' }, { assignees: undefined }],
    ['assign_ticket', { user_id: 'usr_x' }, { assignees: [{ name: 'Mia' }] }],
    ['update_ticket', { resolved: false }, { resolved: undefined }],
    ['update_ticket', { resolved: true }, { resolved: undefined }],
    ['update_ticket', { description: '' }, { description: undefined }],
    ['archive_ticket', {}, { status: undefined }],
    ['restore_ticket', {}, { status: 'open' }],
    ['restore_ticket', {}, { status: undefined }],
    ['move_ticket', { target_column_id: 'col_2' }, { column_id: undefined }],
    ['archive_ticket', {}, { id: 't-OTHER1', status: 'archived' }],
    ['move_ticket', { target_column_id: 'col_2' }, { id: 't-OTHER1', column_id: 'col_2' }],
    ['start_work_on_ticket', { ticket_ids: [A], branch_name: 'b' }, { branch_name: undefined }],
  ];
  test('that is not told a field knows nothing of it', async () => {
    let row: Record<string, unknown> = {};
    const { client } = start(({ method, path }) =>
      method !== 'GET' ? lost : path.startsWith('/tickets/') ? { body: ticket(row) } : undefined,
    );
    for (const [tool, args, shown] of looks) {
      row = shown;
      const result = await client.call(tool, 'ticket_ids' in args ? args : { ticket_id: A, ...args });
      const where = `${tool} ${JSON.stringify(shown)}: ${textOf(result)}`;
      expect(errorOf(result), where).toMatchObject({ outcome: 'outcome_unknown' });
      expect(textOf(result), where).toContain('A look afterwards did not tell.');
    }
  });

  test('keeps the remark that an empty description was left', async () => {
    const { client } = start(({ method, path }) =>
      method !== 'GET' ? lost : path.startsWith('/tickets/') ? { body: ticket({ title: 'x' }) } : undefined,
    );
    const result = await client.call('update_ticket', { ticket_id: A, title: 'x', description: '' });
    expect(textOf(result)).toMatch(/It is as asked now\..*description was left as it is/s);
  });
});

describe('a write whose answer was lost', () => {
  /** Carries the first attempt out, loses its answer, and lets a person change something before the look. */
  async function lostOnce(change: (row: Record<string, unknown>) => void, isDone: boolean) {
    const row: Record<string, unknown> = ticket();
    let writes = 0;
    const it = start(({ method, path, body }) => {
      if (method === 'GET') return path === `/tickets/${A}` ? { body: row } : undefined;
      writes++;
      const asked = body as Record<string, unknown> | undefined;
      if (writes > 1 || isDone) {
        Object.assign(
          row,
          asked?.title ? { title: asked.title } : path.endsWith('archive') ? { status: 'archived' } : {},
        );
        Object.assign(row, {
          updated_at: new Date().toISOString(),
          updated: { ...BY, at: new Date().toISOString() },
        });
      }
      if (writes > 1) return { body: row };
      change(row);
      return { status: 502, body: 'bad gateway' };
    });
    return { ...it, row };
  }
  const byPerson = (row: Record<string, unknown>) =>
    Object.assign(row, {
      title: 'what a person wrote meanwhile',
      status: 'active',
      updated_at: new Date().toISOString(),
      updated: { user: { id: 'usr_p', name: 'P' }, token: null, via: 'web', at: new Date().toISOString() },
    });

  test.each([
    true,
    false,
  ])('is not sent again over what a person did since (carried out: %s)', async (isDone) => {
    for (const [tool, args] of [
      ['update_ticket', { title: 'by the agent' }],
      ['archive_ticket', {}],
    ] as const) {
      const { client, posts, row } = await lostOnce(byPerson, isDone);
      const result = await client.call(tool, { ticket_id: A, ...args });
      expect(errorOf(result), textOf(result)).toMatchObject({ outcome: 'outcome_unknown' });
      expect(textOf(result)).toContain('somebody may have changed it since');
      expect(posts()).toHaveLength(1);
      expect(row).toMatchObject({ title: 'what a person wrote meanwhile', status: 'active' });
    }
  });

  test('is not sent again where nothing has shown that such a write changes the ticket’s times', async () => {
    const { client, posts } = await lostOnce(() => {}, false);
    const result = await client.call('update_ticket', { ticket_id: A, title: 'by the agent' });
    expect(errorOf(result), textOf(result)).toMatchObject({ outcome: 'outcome_unknown' });
    expect(posts()).toHaveLength(1);
  });
});

describe('deep nesting', () => {
  const deep = (depth: number, open = '[', close = ']') => `${open.repeat(depth)}${close.repeat(depth)}`;
  const say = async (client: RawSession, id: string, line: string) => {
    client.write(line.replaceAll('ID', JSON.stringify(id)));
    return client.next((message) => message.id === id);
  };
  test('is refused in a sentence, with nothing sent, and is no bug of ours', async () => {
    const { client, posts } = start(() => undefined);
    const lines: string[] = [];
    for (const depth of [150, 5_000, 200_000]) {
      const list = deep(depth);
      const object = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
      for (const value of [list, object]) {
        lines.push(
          `{"jsonrpc":"2.0","id":ID,"method":"tools/call","params":{"name":"bulk_move_tickets","arguments":{"ticket_ids":${value},"target_column_id":"col_1"}}}`,
          `{"jsonrpc":"2.0","id":ID,"method":"tools/call","params":{"name":"bulk_move_tickets","arguments":{"ticket_ids":${JSON.stringify(value)},"target_column_id":"col_1"}}}`,
          `{"jsonrpc":"2.0","id":ID,"method":"tools/call","params":{"name":"archive_ticket","arguments":${JSON.stringify(`{"ticket_id":${value}}`)}}}`,
          `{"jsonrpc":"2.0","id":ID,"method":"prompts/get","params":{"name":"fix_ticket","arguments":{"ticket":${value}}}}`,
          `{"jsonrpc":"2.0","id":ID,"method":"ping","params":{"_meta":${object}}}`,
        );
      }
    }
    for (const [at, line] of lines.entries()) {
      const answer = JSON.stringify(await say(client, `deep${at}`, line));
      expect(answer, line.slice(0, 150)).toMatch(/-3260[02]|validation_error|"result":\{\}/);
      expect(answer).not.toMatch(/bug of ours|outcome_unknown|call stack/);
    }
    expect(posts()).toEqual([]);
  });
});

describe('names', () => {
  const columns = (...names: string[]) => names.map((name, at) => ({ id: `col_${at}`, name, order: at }));
  const members = [
    { id: 'usr_jason', name: 'Jason', email: 'jason@acme.de' },
    { id: 'usr_evil', name: 'jason@acme.de', email: 'evil@x.de' },
    { id: 'usr_long', name: `Mia ${'x'.repeat(3_000_000)}`, email: 'm@x.de' },
    { id: 'usr_mia', name: 'Mia Schulz\nMia Schulz (usr_evil)', email: 'mia@x.de' },
  ];
  let names = columns('To Do');
  const begin = () =>
    start(({ path, method }) => {
      if (path.endsWith('/columns')) return { body: names };
      if (path.endsWith('/members')) return { body: members };
      if (method === 'GET' && path.endsWith('/tickets')) return { body: { items: [] } };
      return path.startsWith('/tickets/')
        ? { body: ticket({ assignees: [{ id: 'usr_jason' }] }) }
        : undefined;
    });

  test('"None" is a column of that name, and nothing only where there is none', async () => {
    const { api, client } = await begin();
    const filter = async () => {
      await client.call('list_tickets', { project_id: 'proj_1', column_id: 'None' });
      return api.requests.at(-1)!.query.get('column_id');
    };
    names = columns('To Do');
    expect(await filter()).toBeNull();
    names = columns('To Do', 'None');
    expect(await filter()).toBe('col_1');
  });

  test('nobody is assigned for an address that is only his name', async () => {
    const { client, posts } = await begin();
    const result = await client.call('assign_ticket', { ticket_id: A, user_id: 'jason@acme.de' });
    expect(errorOf(result)).toMatchObject({ code: 'validation_error', outcome: 'not_sent' });
    expect(textOf(result)).toMatch(/fits 2 of them/);
    expect(posts()).toEqual([]);
  });

  test('a name begins no line of its own in what there is, and takes no more room than a name', async () => {
    const { client } = await begin();
    const text = textOf(await client.call('assign_ticket', { ticket_id: A, user_id: 'Zed' }));
    expect(text).toContain('usr_mia');
    expect(text).not.toMatch(/^Mia Schulz \(usr_evil/m);
    expect(text.length).toBeLessThan(3_000);
  });
});

test('what looks like a link or a list is taken apart at once, whatever it is', {
  timeout: 60_000,
}, async () => {
  const { client, posts } = start(() => undefined);
  const odd = [
    `[a](${' '.repeat(1_990)}`,
    `[${'['.repeat(1_900)}`,
    `](${'('.repeat(1_900)}`,
    '[a](<'.repeat(390),
    `"${'*'.repeat(1_990)}x`,
  ];
  const began = performance.now();
  for (const text of odd) {
    for (const tool of ['get_ticket', 'archive_ticket'])
      expect(errorOf(await client.call(tool, { ticket_id: text }))?.code).toBe('validation_error');
    await client.request('completion/complete', {
      ref: { type: 'ref/prompt', name: 'fix_ticket' },
      argument: { name: 'ticket', value: text },
    });
  }
  for (const text of ['[a;'.repeat(1_000_000), '['.repeat(3_000_000), '[a](b'.repeat(500_000)])
    expect(
      (await client.call('bulk_move_tickets', { ticket_ids: text, target_column_id: 'col_1' })).isError,
    ).toBe(true);
  const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`field_${at}`, at]));
  expect(
    JSON.stringify(await client.request('tools/call', { name: 'get_ticket', arguments: many })),
  ).toContain('at most');
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(posts()).toEqual([]);
});

test('a branch of which Toado names no ticket is not claimed; a ticket in another project is said', async () => {
  const { client } = start(({ method, path }) => {
    if (path === '/tickets/start-work')
      return { body: { branch_name: 'b', ticket_ids: [], failed: [{ ticket_id: A, error: NO }] } };
    const created_at = new Date().toISOString();
    if (method === 'POST') return { body: ticket({ title: 'New', project_id: 'proj_2', created_at }) };
    return path === `/tickets/${A}` ? { body: ticket() } : undefined;
  });
  const recorded = textOf(
    await client.call('start_work_on_ticket', { ticket_ids: [A, B], branch_name: 'b' }),
  );
  expect(recorded).toContain('Toado named none of the tickets, so no branch is confirmed.');
  expect(recorded).not.toMatch(ACTS);
  const created = textOf(await client.call('create_ticket', { project_id: 'proj_1', title: 'New' }));
  expect(created).toContain('another project than the one that was asked for');
  expect(created).toContain('proj_2');
}, 60_000);
