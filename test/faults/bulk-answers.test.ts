/** Bulk answers that don't cover what was asked: a ticket counts as done only where the answer says so. */
import { describe, expect, test } from 'vitest';
import { startFakeApi } from '../support/fake-api.ts';
import { type CallResult, textOf } from '../support/program.ts';
import { startRaw } from '../support/raw-client.ts';

const IDS = ['t-AAAAAA', 't-BBBBBB', 't-CCCCCC'];
const [A, B, C] = IDS as [string, string, string];
const yes = (ticket_id: string) => ({ ticket_id, ok: true });
const no = (ticket_id: string) => ({
  ticket_id,
  ok: false,
  error: { code: 'forbidden', message: 'Not yours.' },
});

const TOOLS: [tool: string, args: Record<string, unknown>][] = [
  ['bulk_move_tickets', { ticket_ids: IDS, target_column_id: 'col_x' }],
  ['bulk_assign_tickets', { ticket_ids: IDS, user_id: 'usr_x' }],
  ['bulk_unassign_tickets', { ticket_ids: IDS, user_id: 'usr_x' }],
];

const ANSWERS: [name: string, results: unknown[], done: string[]][] = [
  ['all of them', [yes(A), yes(B), yes(C)], IDS],
  ['in another order', [yes(C), yes(A), yes(B)], IDS],
  ['one is missing', [yes(A), yes(C)], [A, C]],
  ['one is missing, another is there twice', [yes(A), yes(A), yes(C)], [A, C]],
  ['one is missing, a stranger is there', [yes(A), yes('t-ZZZZZZ'), yes(C)], [A, C]],
  ['one failed', [yes(A), no(B), yes(C)], [A, C]],
  ['one failed in another order', [no(B), yes(C), yes(A)], [A, C]],
  ['nothing is said of any', [], []],
];

function doneIn(result: CallResult): string[] {
  const { results } = (result.structuredContent ?? {}) as { results?: { ticket_id: string; ok: boolean }[] };
  return (results ?? []).filter(({ ok }) => ok).map(({ ticket_id }) => ticket_id);
}

describe.each(TOOLS)('%s', (tool, args) => {
  test('each answer counts for the tickets that it names', async () => {
    let results: unknown[] = [];
    const api = await startFakeApi(({ path }) =>
      path.startsWith('/tickets/bulk-') ? { body: { results } } : undefined,
    );
    const client = await startRaw({ env: api.env });
    await client.request('tools/list');
    for (const [name, given, done] of ANSWERS) {
      results = given;
      const result = await client.call(tool, args);
      expect(doneIn(result), name).toEqual(done);
      if (done.length > 0) expect(textOf(result), name).toContain(`${done.length} of ${IDS.length} done`);
      expect(textOf(result), name).not.toContain('t-ZZZZZZ');
      if (done.length < IDS.length && !given.some((one) => one === undefined))
        for (const id of IDS.filter((one) => !done.includes(one))) expect(textOf(result), name).toContain(id);
    }
  });
});
