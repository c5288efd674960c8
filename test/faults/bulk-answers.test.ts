/** A ticket counts as done only where the answer says so; of each it is said, inside the budget, how it fared. */
import { describe, expect, test } from 'vitest';
import { estimateTokens } from '../../src/respond/estimate-tokens.ts';
import { rowsOf } from '../support/bulk-results.ts';
import { shared } from '../support/ending.ts';
import { startChangingApi } from '../support/fake-api.ts';
import { startRaw } from '../support/raw-client.ts';
import { type CallResult, textOf } from '../support/sdk-client.ts';

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
  ['as many as were sent, without ids', [{ ok: true }, { ok: false }, { ok: true }], [A, C]],
  ['fewer, without ids', [{ ok: true }, { ok: true }], []],
];

const started = shared(async () => {
  const api = await startChangingApi();
  const client = await startRaw({ env: api.env });
  await client.request('tools/list');
  return { api, client };
});

function doneIn(result: CallResult): string[] {
  if (!result.structuredContent) return [];
  return rowsOf(result, IDS).flatMap(({ ok, ticket_id }) => (ok ? ticket_id : []));
}

describe.each(TOOLS)('%s', (tool, args) => {
  test('each answer counts for the tickets that it names', async () => {
    const { api, client } = started();
    for (const [name, results, done] of ANSWERS) {
      api.answer(({ path }) => (path.startsWith('/tickets/bulk-') ? { body: { results } } : undefined));
      const result = await client.call(tool, args);
      expect(doneIn(result), name).toEqual(done);
      if (done.length > 0) expect(textOf(result), name).toContain(`${done.length} of ${IDS.length} done`);
      expect(textOf(result), name).not.toContain('t-ZZZZZZ');
      if (done.length < IDS.length && !results.some((one) => one === undefined))
        for (const id of IDS.filter((one) => !done.includes(one))) expect(textOf(result), name).toContain(id);
    }
  });
});

describe('a thousand tickets, with odd reasons', () => {
  const hex = (at: number) => at.toString(16).padStart(12, '0');
  const forms: [ids: string, (at: number) => string][] = [
    ['as Toado has them', (at) => `t-${String(at).padStart(6, 'Q')}`],
    ['UUIDs', (at) => `3f2c9d1e-8b7a-4c6d-9e5f-${hex(at * 7_919)}`],
    ['long ones', (at) => `ticket_${'x1'.repeat(90)}${at}`],
  ];
  const reasons: [name: string, (at: number, id: string) => object | undefined][] = [
    [
      'every second fails alike',
      (at) => (at % 2 ? { code: 'forbidden', message: 'Not yours. '.repeat(40) } : undefined),
    ],
    [
      'each for a reason of its own',
      (at) => ({ code: 'forbidden', message: `Reason ${at} ${'words '.repeat(50)}` }),
    ],
    [
      'with its id in the reason',
      (_, id) => ({ code: 'ticket_not_found', message: `Ticket ${id} not found` }),
    ],
    ['each with a code of its own', (at) => (at % 2 ? { code: `code_${at}_${'z'.repeat(90)}` } : undefined)],
    [
      'with fields that nobody knows',
      (at) => ({ code: 'x', message: 'm', why: { at, more: 'words '.repeat(30) } }),
    ],
    [
      'in a script that costs much',
      () => ({ code: '\u{1f980}'.repeat(60), message: '\u{1f980}'.repeat(300) }),
    ],
  ];
  const idsOf = ([, of]: (typeof forms)[number]) => Array.from({ length: 1000 }, (_, at) => of(at));
  /** Every reason with the usual ids, and two with each of the others. */
  const cases = forms.flatMap((form, at) =>
    reasons.filter((_, which) => at === 0 || which === 0 || which === 3).map((reason) => ({ form, reason })),
  );

  test.each([true, false])('complete, and inside the budget (--structured: %s)', {
    timeout: 120_000,
  }, async (structured) => {
    const { api } = started();
    const client = structured ? started().client : await startRaw({ env: api.env, structured });
    for (const { form, reason } of cases) {
      const name = `${form[0]}, ${reason[0]}`;
      const ids = idsOf(form);
      const errors = new Map(ids.map((id, at) => [id, reason[1](at, id)]));
      const answer = (asked: string[]) => ({
        [`unknown_${'u'.repeat(60)}`]: 'words '.repeat(20_000),
        results: asked.map((ticket_id) => {
          const error = errors.get(ticket_id);
          return error ? { ticket_id, ok: false, error, detail: error } : { ticket_id, ok: true };
        }),
      });
      api.answer(({ path, body }) =>
        path.startsWith('/tickets/bulk-')
          ? { body: answer((body as { ticket_ids: string[] }).ticket_ids) }
          : undefined,
      );
      const result = await client.call('bulk_move_tickets', { ticket_ids: ids, target_column_id: 'col_x' });
      expect(estimateTokens(textOf(result)), name).toBeLessThan(8_200);
      const done = ids.filter((id) => !errors.get(id)).length;
      expect(textOf(result), name).toContain(`${done} of 1000 done`);
      if (!structured) continue;
      expect(estimateTokens(JSON.stringify(result.structuredContent)), name).toBeLessThan(8_400);
      expect(
        rowsOf(result, ids).map(({ ok }) => ok),
        name,
      ).toEqual(ids.map((id) => !errors.get(id)));
    }
  });
});
