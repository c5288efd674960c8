/** Which fields of a row cast doubt on its yes, and which say nothing of what was asked. */
import { expect, test } from 'vitest';
import type { Asked } from '../../../src/tool-kit/unconfirmed-writes/denials-beside-rows.ts';
import { disagrees } from '../../../src/tool-kit/writes/bulk-doubts.ts';

const MOVE: Asked = { column_id: 'col_1' };
const ASSIGN: Asked = { user_id: 'usr_1', isAssigned: true };
const UNASSIGN: Asked = { user_id: 'usr_1', isAssigned: false };
const [OWN, OTHER] = [[{ id: 'usr_2' }, { id: 'usr_1' }], [{ id: 'usr_2' }]];

test.each<[row: Record<string, unknown>, asked: Asked, isDoubtful: boolean]>([
  [{ column_id: 'col_1' }, MOVE, false],
  [{ column_id: 'col_2' }, MOVE, true],
  [{ from: 'col_1', lane: 'col_2' }, MOVE, true],
  [{ lane: 'lane_2' }, MOVE, false],
  [{ lane: 'col_2' }, ASSIGN, false],
  [{ moved_at: null }, MOVE, true],
  [{ moved_at: '2026-01-01' }, MOVE, false],
  [{ title: 'A', moved_at: null }, MOVE, false],
  [{ assigned_at: null }, ASSIGN, true],
  [{ assigned_at: null }, UNASSIGN, false],
  [{ unassigned_at: null }, UNASSIGN, true],
  [{ assigned_at: null }, MOVE, false],
  [{ assignees: OTHER }, MOVE, false],
  [{ assignees: OTHER }, ASSIGN, true],
  [{ assignees: OWN }, ASSIGN, false],
  [{ assignees: OWN }, UNASSIGN, true],
  [{ assignees: OTHER }, UNASSIGN, false],
  [{ title: 'A', assignees: OTHER }, ASSIGN, true],
])('%j where %j was asked: %s', (row, asked, isDoubtful) => {
  expect(disagrees(row, asked)).toBe(isDoubtful);
});
