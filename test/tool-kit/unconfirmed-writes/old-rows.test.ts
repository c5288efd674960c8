/** Whether the row that answered an addition is said to have been there before, and what its times say of that. */
import { expect, test } from 'vitest';
import { Accepted } from '../../../src/toado-api/answers/accepted-without-row.ts';
import type { SentWrite } from '../../../src/tool-kit/definition/define-tool.ts';
import { madeLongBefore, saidToBeOld } from '../../../src/tool-kit/unconfirmed-writes/old-rows.ts';

const body = 'It already exists.';

test('another text is what Toado says only where nothing but an id stands beside it', () => {
  const alone = saidToBeOld({ id: 'cmt_1', body } as object, 'Deployed.');
  expect(alone).toBeInstanceOf(Accepted);
  expect(alone!.said).toEqual({ id: 'cmt_1', title: undefined, message: body });
  // A comment of the person's own, kept in other words.
  const kept = { id: 'cmt_1', created_at: '2026-01-01T00:00:00Z', body };
  expect(saidToBeOld(kept, 'It already exists. See there.')).toBeUndefined();
  expect(saidToBeOld({ id: 'cmt_1', body } as object, body)).toBeUndefined();
});

test('what was never set is no time, and of several each has to be old', () => {
  const sent = { isDaysOld: (at) => Date.parse(at) < Date.UTC(2026, 0, 1) } as SentWrite;
  const [unset, old, now] = ['1970-01-01T00:00:00Z', '2025-06-01T00:00:00Z', '2026-06-01T00:00:00Z'];
  expect(madeLongBefore({ created_at: unset }, sent)).toBeUndefined();
  expect(madeLongBefore({ created_at: '0001-01-01T00:00:00Z', created: { at: now } }, sent)).toBeUndefined();
  expect(madeLongBefore({ created_at: old, created: { at: now } }, sent)).toBeUndefined();
  expect(madeLongBefore({ created_at: unset, created: { at: old } }, sent)).toBe(old);
});
