/** A write that was accepted is done, whatever little the answer says: it is sent once, and shown from one look. */
import { describe, expect, test } from 'vitest';
import { rowsOf } from '../support/bulk-results.ts';
import type { FakeAnswer } from '../support/fake-api.ts';
import { textOf } from '../support/sdk-client.ts';
import { BY, ownSession, sharedSession, TICKET, TICKET_ID } from './unlike-the-contract.ts';

const session = sharedSession();

const WRITES: [tool: string, args: Record<string, unknown>][] = [
  ['add_comment', { ticket_id: TICKET_ID, body: 'Seen.' }],
  ['create_ticket', { project_id: 'proj_1', title: 'The button stays grey' }],
  ['update_ticket', { ticket_id: TICKET_ID, title: 'The button stays grey' }],
  ['move_ticket', { ticket_id: TICKET_ID, target_column_id: 'col_2' }],
  ['archive_ticket', { ticket_id: TICKET_ID }],
  ['restore_ticket', { ticket_id: TICKET_ID }],
  ['start_work_on_ticket', { ticket_ids: [TICKET_ID] }],
  ['assign_ticket', { ticket_id: TICKET_ID, user_id: 'usr_2' }],
  ['unassign_ticket', { ticket_id: TICKET_ID, user_id: 'usr_2' }],
  ['bulk_move_tickets', { ticket_ids: [TICKET_ID, 't-def456'], target_column_id: 'col_2' }],
  ['bulk_assign_tickets', { ticket_ids: [TICKET_ID, 't-def456'], user_id: 'usr_2' }],
  ['bulk_unassign_tickets', { ticket_ids: [TICKET_ID, 't-def456'], user_id: 'usr_9' }],
];

const SAYS_NOTHING: [what: string, answer: FakeAnswer][] = [
  ['204', { status: 204, body: '' }],
  ['200, empty', { body: '' }],
  ['202', { status: 202, body: '' }],
  ['ok: true', { body: { ok: true } }],
  ['success', { body: { success: true, data: null } }],
  ['an id alone', { status: 201, body: { id: 'cmt_1' } }],
  ['not JSON', { body: 'OK' }],
  ['half of it', { body: '{"id":"t-abc1' }],
];

describe('a 2xx means done', () => {
  test.each(SAYS_NOTHING)(
    '%s: every write is done once, and shown from one look',
    async (what, answer) => {
      const { client, sent } = session(({ method, path }) => {
        if (method !== 'GET') return answer;
        const now = { ...BY, at: new Date().toISOString() };
        const comment = { id: 'cmt_1', ticket_id: TICKET_ID, body: 'Seen.', created: now };
        if (path.endsWith('/comments')) return { body: { items: [comment] } };
        if (path.endsWith('/tickets')) return { body: { items: [TICKET, { ...TICKET, id: 't-def456' }] } };
        if (/^\/tickets\/[^/]+$/.test(path)) return { body: { ...TICKET, id: path.slice(9), created: now } };
        return undefined;
      });
      for (const [tool, args] of WRITES) {
        const before = sent('POST').length + sent('PATCH').length + sent('DELETE').length;
        const result = await client.call(tool, args);
        const text = textOf(result);
        expect(result.isError, `${tool}: ${text}`).toBeFalsy();
        expect(sent('POST').length + sent('PATCH').length + sent('DELETE').length - before, tool).toBe(1);
        expect(text, tool).not.toMatch(/outcome_unknown|call again|again/i);
        expect(text, tool).toContain('Fay (fake) · via MCP');
        if (tool.startsWith('bulk')) expect(text, tool).toContain('2 of 2 done');
        if (what === '202' && !tool.startsWith('bulk') && !['add_comment', 'create_ticket'].includes(tool))
          expect(text, tool).toContain('may take a moment');
      }
    },
    60_000,
  );

  test('where the row can’t be read it says no more than Toado did', async () => {
    const { client, sent } = await ownSession(({ method, path }) =>
      method === 'GET'
        ? path === '/auth/token-info'
          ? undefined
          : { status: 403, body: { error: { code: 'forbidden' } } }
        : { status: 204, body: '' },
    );
    for (const [tool, args] of WRITES) {
      const result = await client.call(tool, args);
      const text = textOf(result);
      expect(result.isError, `${tool}: ${text}`).toBeFalsy();
      if (tool.startsWith('bulk')) expect(text, tool).toMatch(/0 of 2 done.*not_confirmed/s);
      else expect(text, tool).toContain('Toado accepted it (HTTP 204) and said nothing more.');
      expect(text, tool).not.toMatch(/outcome_unknown|again/);
    }
    expect(sent('POST').length + sent('PATCH').length + sent('DELETE').length).toBe(WRITES.length);
  }, 60_000);

  test('an answer that is larger than anything we read: done all the same, and sent once', async () => {
    const { client, sent } = session(({ method, path }) => {
      if (method === 'POST') return { body: Buffer.alloc(33 * 1024 * 1024, '[') };
      return path === `/tickets/${TICKET_ID}` ? { body: TICKET } : undefined;
    });
    const result = await client.call('archive_ticket', { ticket_id: TICKET_ID });
    expect(result.isError, textOf(result)).toBeFalsy();
    expect(textOf(result)).toContain('Toado accepted it (HTTP 200)');
    expect(sent('POST')).toHaveLength(1);
  });

  const sayAnother: [
    what: string,
    tool: string,
    args: Record<string, unknown>,
    answer: FakeAnswer,
    says: RegExp,
  ][] = [
    [
      'a word for the state of the request',
      'move_ticket',
      { ticket_id: TICKET_ID, target_column_id: 'col_2' },
      { body: { status: 'moved' } },
      /HTTP 200\); this is the ticket now/,
    ],
    [
      'a job',
      'archive_ticket',
      { ticket_id: TICKET_ID },
      { status: 202, body: { job_id: 'j1', status: 'queued' } },
      /HTTP 202\); this is the ticket now\. It may take a moment/,
    ],
    [
      'where it was made',
      'create_ticket',
      { project_id: 'proj_1', title: 'The button stays grey' },
      { status: 201, body: '', headers: { location: '/api/v1/tickets/t-new123' } },
      /id: t-new123[\s\S]*Created\./,
    ],
    [
      'the ticket for its comment',
      'add_comment',
      { ticket_id: TICKET_ID, body: 'Nowhere.' },
      { status: 201, body: TICKET },
      /did not show it/,
    ],
  ];
  test.each(
    sayAnother,
  )('%s: one look, and no other row is taken for it', async (_, tool, args, answer, says) => {
    const { client, sent } = session(({ method, path }) => {
      if (method !== 'GET') return answer;
      if (path.endsWith('/comments')) return { body: { items: [] } };
      const created = { ...BY, at: new Date().toISOString() };
      return /^\/tickets\/[^/]+$/.test(path)
        ? { body: { ...TICKET, id: path.slice(9), created } }
        : undefined;
    });
    const text = textOf(await client.call(tool, args));
    expect(text).toMatch(says);
    expect(text).not.toMatch(/^job_id/m);
    if (tool === 'add_comment') expect(text).not.toMatch(/^id:/m);
    else expect(text).not.toContain('again');
    expect(sent('GET').filter(({ path }) => path.startsWith('/tickets/'))).toHaveLength(1);
  });

  test('a yes with an error beside it is not told as done: a look is', async () => {
    let isThere = true;
    const { client, sent } = session(({ method, path }) => {
      if (method !== 'GET') return { body: { ok: true, error: 'denied' } };
      if (!isThere) return { status: 403, body: { error: { code: 'forbidden' } } };
      if (path.endsWith('/comments') || path.endsWith('/tickets')) return { body: { items: [] } };
      return /^\/tickets\/[^/]+$/.test(path) ? { body: { ...TICKET, id: path.slice(9) } } : undefined;
    });
    for (isThere of [true, false]) {
      for (const [tool, args] of WRITES) {
        const before = sent('POST').length + sent('PATCH').length + sent('DELETE').length;
        const text = textOf(await client.call(tool, args));
        expect(text, tool).toContain('denied');
        expect(text, tool).not.toMatch(/accepted it|^(Moved|Archived|Updated|Posted|Created|Assigned)\./m);
        if (!tool.startsWith('bulk')) expect(text, tool).toMatch(/(did|does) not show it|casts doubt on it/);
        else
          expect(text, tool).toMatch(/0 of 2 done|not_confirmed|casts doubt on whether it was by this call/);
        expect(sent('POST').length + sent('PATCH').length + sent('DELETE').length - before, tool).toBe(1);
      }
    }
  }, 60_000);

  test('a body that says otherwise is believed', async () => {
    let answer: FakeAnswer = { body: {} };
    const { client } = session(({ method }) => (method === 'GET' ? undefined : answer));
    for (const body of [
      { ok: false, error: { code: 'conflict', message: 'Clashes.' } },
      { success: false, message: 'Clashes.' },
      { error: 'Clashes.' },
      { errors: [{ message: 'Clashes.' }] },
    ]) {
      answer = { body };
      const result = await client.call('archive_ticket', { ticket_id: TICKET_ID });
      expect(result.isError).toBe(true);
      expect(textOf(result)).toMatch(/^\w+ \(rejected\): .*Clashes\./s);
    }
  });

  test('a web page with 200 is not Toado’s: look, else the outcome is not known; sent once', async () => {
    const { client, sent } = session(({ method }) =>
      method === 'GET'
        ? undefined
        : { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' },
    );
    const result = await client.call('archive_ticket', { ticket_id: TICKET_ID });
    expect(textOf(result)).toMatch(
      /^bad_answer \(outcome_unknown\): .*web page.*\nNext: It may have happened: look with get_ticket/,
    );
    expect(sent('POST')).toHaveLength(1);
  });

  test('a row of a bulk answer that is missing is looked for once', async () => {
    const { client, sent } = await ownSession(({ method, path }) => {
      if (method === 'POST') return { body: { results: [{ ticket_id: TICKET_ID, ok: true }] } };
      if (path === '/tickets/t-def456') return { body: { ...TICKET, id: 't-def456', column_id: 'col_1' } };
      if (path.endsWith('/tickets')) return { body: { items: [{ ...TICKET, id: 't-ghi789' }] } };
      return undefined;
    });
    const ticket_ids = [TICKET_ID, 't-def456', 't-ghi789'];
    const result = await client.call('bulk_move_tickets', { ticket_ids, target_column_id: 'col_2' });
    expect(rowsOf(result, ticket_ids).map(({ ok, error }) => (ok ? 'done' : error!.code))).toEqual([
      'done',
      'not_confirmed',
      'done',
    ]);
    expect(sent('POST')).toHaveLength(1);
    expect(sent('GET').filter(({ path }) => path !== '/auth/token-info')).toHaveLength(2);
  });
});
