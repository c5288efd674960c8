/** What a bulk answer says of each ticket, in whatever form. */
import { describe, expect, test } from 'vitest';
import { rowsOf } from '../../support/bulk-results.ts';
import { errorOf } from '../../support/raw-client.ts';
import { textOf } from '../../support/sdk-client.ts';
import { A, B, NO, ticket, useSession } from './claiming.ts';

const start = useSession();

describe('bulk', () => {
  const yes = (ticket_id: string) => ({ ticket_id, ok: true });
  const rows: [name: string, body: unknown, done: string[], code?: string][] = [
    ['ok: false above rows', { ok: false, results: [yes(A), { ticket_id: B, ok: false, error: NO }] }, [A]],
    ['an error above rows', { error: 'some failed', results: [yes(A), { ticket_id: B, ok: false }] }, [A]],
    [
      'an error above rows that all say yes',
      { success: false, error: 'rolled back', results: [yes(A), yes(B)] },
      [],
    ],
    ['a count of failures above them', { failed: 1, results: [yes(A), yes(B)] }, []],
    ['words beside all ids', { updated: [A, B], errors: ['some were locked'] }, []],
    ['one that was not found, too', { updated: [A, B], not_found: [B] }, [A], 'not_found'],
    ['one that was skipped, too', { updated: [A, B], skipped: [B] }, [A]],
    ['a status under another name', { results: [yes(A), { ticket_id: B, http_status: 403 }] }, [A]],
    ['an error under another name', { results: [yes(A), { ticket_id: B, err: 'locked' }] }, [A]],
    ['a flag that nobody knows', { results: [yes(A), { ticket_id: B, blocked: true }] }, [A]],
    ['an answer inside', { results: [yes(A), { ticket_id: B, response: { status: 403 } }] }, [A]],
    [
      'the column where it was',
      {
        tickets: [
          { id: A, column_id: 'col_2' },
          { id: B, column_id: 'col_1' },
        ],
      },
      [A],
    ],
    ['a place that is empty', { results: [{ ok: true }, null] }, [A]],
    [
      'places in another order',
      {
        results: [
          { index: 1, ok: false, error: NO },
          { index: 0, ok: true },
        ],
      },
      [A],
      'forbidden',
    ],
    [
      'ids with what says nothing',
      {
        results: [
          { id: A, object: 'ticket' },
          { id: B, url: '/x' },
        ],
      },
      [A, B],
    ],
    ['nothing under an id', { results: { [A]: true, [B]: null } }, [A]],
    ['success: false above bare ids', { success: false, results: [A, B] }, []],
    [
      'ok: null with an error',
      { results: [yes(A), { ticket_id: B, ok: null, error: NO }] },
      [A],
      'forbidden',
    ],
    [
      'ok in words',
      {
        results: [
          { ticket_id: A, ok: 'yes' },
          { ticket_id: B, ok: 'failed' },
        ],
      },
      [A],
    ],
    [
      'a status word',
      {
        results: [
          { ticket_id: A, status: 'moved' },
          { ticket_id: B, status: 'forbidden' },
        ],
      },
      [A],
    ],
    [
      'a status word that nobody knows',
      { results: [yes(A), { ticket_id: B, status: 'skipped' }] },
      [A],
      'not_confirmed',
    ],
    [
      'a code beside',
      { results: [yes(A), { ticket_id: B, code: 'forbidden', message: 'm' }] },
      [A],
      'forbidden',
    ],
    ['a list of errors', { results: [yes(A), { ticket_id: B, errors: ['forbidden'] }] }, [A]],
    ['an error that is a number', { results: [yes(A), { ticket_id: B, error: 403 }] }, [A]],
    ['ok and an error', { results: [yes(A), { ticket_id: B, ok: true, error: NO }] }, [A], 'not_confirmed'],
    [
      'two rows for one',
      { results: [yes(A), { ticket_id: B, ok: false, error: NO }, yes(B)] },
      [A],
      'forbidden',
    ],
    [
      'two rows for one, the other way round',
      { results: [yes(A), yes(B), { ticket_id: B, ok: false, error: NO }] },
      [A],
    ],
    ['results and an empty list of another name', { results: [yes(A), yes(B)], updated: [] }, [A, B]],
    [
      'results and a list of errors',
      { results: [yes(A)], errors: [{ ticket_id: B, ...NO }] },
      [A],
      'forbidden',
    ],
    ['two lists', { succeeded: [A], failed: [{ id: B, reason: 'no' }] }, [A]],
    ['tickets as they were', { results: [ticket(), ticket({ id: B })] }, []],
    [
      'tickets as asked',
      {
        results: [ticket({ column_id: 'col_2' }), ticket({ id: B, columnId: 'col_2', column_id: undefined })],
      },
      [A, B],
    ],
    ['nothing', { ok: true }, []],
    ['an error above bare rows', { error: NO, results: [{ ticket_id: A }, { ticket_id: B }] }, []],
    ['a status above bare rows', { status: 'failed', results: [{ ticket_id: A }, { ticket_id: B }] }, []],
    ['a number above bare rows', { status: 403, results: [{ ticket_id: A }, { ticket_id: B }] }, []],
    ['a count of failures', { succeeded: 1, failed: 1, results: [{ ticket_id: A }, { ticket_id: B }] }, []],
    [
      'a message alone',
      { results: [yes(A), { ticket_id: B, message: 'You may not' }] },
      [A],
      'not_confirmed',
    ],
    ['a word alone', { results: [yes(A), { ticket_id: B, message: 'OK' }] }, [A, B]],
    ['unchanged', { results: [yes(A), { ticket_id: B, result: 'unchanged' }] }, [A], 'not_confirmed'],
    ['nothing moved', { results: [yes(A), { ticket_id: B, moved: false }] }, [A], 'not_confirmed'],
    [
      'JSON:API',
      {
        data: [
          { type: 't', id: A },
          { type: 't', id: B, meta: { error: 'locked' } },
        ],
      },
      [A],
      'refused',
    ],
    ['only tried out', { dry_run: true, results: [yes(A), yes(B)] }, [], 'not_confirmed'],
    ['each only tried out', { results: [yes(A), { ...yes(B), dryRun: true }] }, [A], 'not_confirmed'],
    [
      'no error, in every form',
      {
        results: [
          { ...yes(A), error: null, errors: [] },
          { id: B, error: false },
        ],
      },
      [A, B],
    ],
    [
      'states of tickets',
      {
        results: [
          { id: A, state: 'open' },
          { id: B, status: 'active', error: '' },
        ],
      },
      [A, B],
    ],
    ['a false that denies', { results: [yes(A), { ticket_id: B, allowed: false }] }, [A], 'not_confirmed'],
    [
      'any other false',
      {
        results: [
          { id: A, notified: false },
          { id: B, resolved: false },
        ],
      },
      [B],
    ],
    [
      'a warning alone',
      { results: [yes(A), { ticket_id: B, warning: 'user is no member' }] },
      [A],
      'not_confirmed',
    ],
    ['left out', { results: [{ ticket_id: A }, { ...yes(B), skipped: true }] }, [A], 'not_confirmed'],
    ['failed: true', { results: [{ ticket_id: A }, { ticket_id: B, failed: true }] }, [A], 'not_confirmed'],
    [
      'an outcome',
      {
        results: [
          { id: A, outcome: 'success' },
          { id: B, outcome: 'failure' },
        ],
      },
      [A],
      'refused',
    ],
    [
      'a state that says no',
      {
        results: [
          { id: A, state: 'done' },
          { id: B, state: 'error' },
        ],
      },
      [A],
      'not_confirmed',
    ],
    ['partial: true', { ok: true, partial: true, results: [yes(A), { ticket_id: B }] }, [A], 'not_confirmed'],
    ['partly', { status: 'partial', results: [{ ticket_id: A, ok: true }, { ticket_id: B }] }, [A]],
  ];
  test('a ticket is done only where its row says so', async () => {
    let body: unknown;
    const { client } = start(({ method }) => (method === 'POST' ? { body } : undefined));
    for (const [name, said, done, code] of rows) {
      body = said;
      const result = await client.call('bulk_move_tickets', {
        ticket_ids: [A, B],
        target_column_id: 'col_2',
      });
      expect(result.isError, `${name}: ${textOf(result)}`).toBeFalsy();
      const its = rowsOf(result, [A, B]);
      expect(
        its.filter(({ ok }) => ok).map(({ ticket_id }) => ticket_id),
        name,
      ).toEqual(done);
      if (code) expect(its[1]!.error!.code, name).toBe(code);
    }
    body = { ok: false, error: NO };
    const refused = await client.call('bulk_move_tickets', { ticket_ids: [A, B], target_column_id: 'col_2' });
    expect(errorOf(refused)).toMatchObject({ code: 'forbidden', outcome: 'rejected' });
  });

  test('where the answer is lost, a look tells the state of each, and nothing is sent again', async () => {
    const { client, posts } = start(({ method, path }) => {
      if (method === 'POST') return { status: 502, body: 'bad gateway' };
      if (path === `/tickets/${A}`) return { body: ticket({ column_id: 'col_2' }) };
      return path.endsWith('/tickets') ? { body: { items: [ticket({ id: B })] } } : undefined;
    });
    const result = await client.call('bulk_move_tickets', { ticket_ids: [A, B], target_column_id: 'col_2' });
    expect(rowsOf(result, [A, B]).map(({ ok, error }) => (ok ? 'done' : error!.outcome))).toEqual([
      'done',
      'outcome_unknown',
    ]);
    expect(textOf(result)).toMatch(
      /1 of them were found as asked afterwards.*whether by this call is not known/,
    );
    expect(posts()).toHaveLength(1);
  });
});
