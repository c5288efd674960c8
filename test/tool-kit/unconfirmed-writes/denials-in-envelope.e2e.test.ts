/** A row as it was asked for, in an envelope that denies it in whatever words: only a look tells. */
import { describe, expect, test } from 'vitest';
import { startWrites, TICKET } from './one-write.ts';

const MOVED = { id: TICKET, title: 'Dead button', column_id: 'col_2', status: 'active' };
const move = { ticket_id: TICKET, target_column_id: 'col_2' };

async function moved(body: object, now: object = MOVED) {
  let looks = 0;
  const call = await startWrites({ body }, ({ path }) => {
    if (path === `/tickets/${TICKET}`) looks++;
    return path === `/tickets/${TICKET}` ? { body: now } : undefined;
  });
  const { text } = await call('move_ticket', move);
  return { text, looks };
}

const DENIALS: object[] = [
  { success: '0' },
  { performed: false },
  { changes: 0 },
  { isValid: false },
  { code: 'WIP_LIMIT' },
  { code: -1 },
  { code: 40300 },
  { resultCode: 1 },
  { return_code: '13' },
  { failureReason: 'wip' },
  { blockedBy: ['rule 7'] },
  { $error: 'locked' },
  { access: 'denied' },
  { approval: 'required' },
  { details: 'Ticket is locked' },
  { alert: 'You are not allowed to move this.' },
  { flash: { alert: 'You are not allowed to move this.' } },
  { flash: { message: 'Ticket could not be moved.' } },
  { code: 'NO' },
  { stage: 'rejected' },
  { automation_blocked: true },
  { message: 'Ticket remains in Todo' },
  { hint: 'not applied: column is full' },
  { message: 'Writes are disabled' },
  { message: 'Webhook sent to https://hooks.example/x. The ticket was not moved.' },
  { message: '詳細はhttps://toado.example/docs/locked。チケットは移動されませんでした' },
  { message: 'Completed without errors: 0 tickets moved' },
  { message: 'Version mismatch' },
  { message: 'Il ticket non è stato spostato' },
  { message: 'チケットは移動されませんでした' },
  { retryAfter: 30 },
  { _meta: { applied: false } },
  { metadata: { status: 'failed' } },
  { header: { code: 403 } },
  { policy: { effect: 'Deny' } },
  { authorization: { allowed: false } },
];

describe('a row that shows what was asked', () => {
  test.each(DENIALS)('in an envelope that denies it: %j', async (denial) => {
    for (const body of [{ data: MOVED, ...denial }, { data: { ticket: MOVED, ...denial } }]) {
      const { text, looks } = await moved(body, { ...MOVED, column_id: 'col_1' });
      expect(text).not.toMatch(/^Moved\.$/m);
      expect(text).toContain('It is not in that column now.');
      expect(looks).toBe(1);
    }
    const { text } = await moved({ data: MOVED, ...denial });
    expect(text).not.toMatch(/^Moved\.$/m);
    expect(text).toContain('this is the ticket now');
  });

  test.each([
    { not_applied: true },
    { isDenied: true },
    { status: 403 },
    { status: 'rejected' },
    { code: 'FORBIDDEN' },
    { result: 'failure' },
  ])('among whose fields is what no ticket has: %j', async (denial) => {
    const { text } = await moved({ ...MOVED, ...denial }, { ...MOVED, column_id: 'col_1' });
    expect(text).not.toMatch(/^Moved\.$/m);
    expect(text).toContain('It is not in that column now.');
  });

  test.each([
    { code: 'TICKET_MOVED' },
    { code: 20000 },
    { took: 12, rate_limit: { remaining: 0 } },
    { user: { id: 'usr_1', locked: true } },
    { permissions: { can_delete: false } },
    { code: '00000' },
    { code: 'S0000' },
    { code: 'NO_ERROR' },
    { errorCode: 'none' },
    { header: { resultCode: '00', resultMsg: 'NORMAL SERVICE.' } },
    { previous: { column_id: 'col_1', status: 'blocked' }, old_status: 'pending' },
    { column: { name: 'Needs review', status: 'blocked' }, user: { name: 'Fay', verified: false } },
    { policy: { name: 'wip', enforced: false } },
    { failover_region: 'eu-west', fault_tolerance: 'high', blocks: ['t-aaaaaa'] },
    { indexing: 'queued', cache: { stored: false }, deployment: { status: 'failed' } },
    { environment: 'preview' },
    { info: 'See https://docs.example/permissions' },
    { message: 'Ticket moved. 3 tickets remain in Todo.' },
    { message: '移动成功，无错误' },
    { message: '無事に移動しました。エラーはありません。' },
    { message: 'Перемещено без ошибок' },
    { message: 'Il ticket è stato spostato' },
    { message: 'Ticket moved.', details: {} },
    { flash: { notice: 'Ticket moved.' }, alerts: [] },
    { _meta: { version: '2' }, metadata: { source: 'api' } },
  ])('in an envelope that denies nothing is done, without a look: %j', async (more) => {
    const { text, looks } = await moved({ data: MOVED, ...more });
    expect(text).toMatch(/^Moved\.$/m);
    expect(looks).toBe(0);
  });
});
