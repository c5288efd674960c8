import { expect, test } from 'vitest';
import { startFakeApi } from '../support/fake-api.ts';
import { startInProcess } from '../support/in-process.ts';

const ticket = {
  id: 't-aaaaaa',
  title: 'Dead button',
  column_id: 'col_2',
  archived_at: '2026-01-01T10:00:00Z',
};

test.each([
  ['archived', true],
  ['on_hold', true],
  ['active', false],
])('what is written of a ticket that is %s', async (status, isSaid) => {
  const { env } = await startFakeApi(({ path }) =>
    path === '/auth/token-info' ? undefined : { body: { ...ticket, status } },
  );
  const { text } = startInProcess(env);
  for (const [tool, args] of [
    ['move_ticket', { ticket_id: 't-aaaaaa', column_id: 'col_2' }],
    ['update_ticket', { ticket_id: 't-aaaaaa', title: 'Dead button' }],
  ] as const)
    expect((await text(tool, args)).includes(`status: ${status}`), tool).toBe(isSaid);
});
