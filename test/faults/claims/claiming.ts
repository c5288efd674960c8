import { startRawInProcess } from '../../support/connect-in-process.ts';
import { shared } from '../../support/ending.ts';
import { type FakeAnswer, type FakeRequest, startChangingApi } from '../../support/fake-api.ts';

export const A = 't-AAAAA1';
export const B = 't-BBBBB2';
export const BY = {
  user: { id: 'usr_me', name: 'Jason' },
  token: { id: 'tkn_fake', label: 'lab' },
  via: 'mcp',
};
export const LONG_AGO = '2026-01-01T00:00:00.000Z';
export const ticket = (more: Record<string, unknown> = {}) => ({
  id: A,
  title: 'As it was',
  project_id: 'proj_1',
  column_id: 'col_1',
  status: 'active',
  resolved: false,
  assignees: [],
  description: 'd',
  branch_name: null,
  created_at: LONG_AGO,
  updated_at: LONG_AGO,
  updated: { ...BY, at: LONG_AGO },
  ...more,
});

export const WRITES: [tool: string, args: Record<string, unknown>][] = [
  ['move_ticket', { ticket_id: A, target_column_id: 'col_2' }],
  ['archive_ticket', { ticket_id: A }],
  ['restore_ticket', { ticket_id: A }],
  ['assign_ticket', { ticket_id: A, user_id: 'usr_x' }],
  ['unassign_ticket', { ticket_id: A, user_id: 'usr_x' }],
  ['update_ticket', { ticket_id: A, title: 'As asked' }],
  ['add_comment', { ticket_id: A, body: 'hello' }],
  ['create_ticket', { project_id: 'proj_1', title: 'New' }],
  ['start_work_on_ticket', { ticket_ids: [A], branch_name: 'b' }],
];
export const ACTS =
  /\b(Moved|Archived|Restored|Assigned|Unassigned|Updated|Recorded|Created|Posted)\.|accepted it/;

export const NO = { code: 'forbidden', message: 'You may not' };

/** To be called once in a file: one session for all of its tests. */
export function useSession() {
  const usual = shared(async () => {
    const api = await startChangingApi();
    const client = await startRawInProcess({ env: api.env });
    await client.request('tools/list');
    return { api, client };
  });
  return (answer: (request: FakeRequest) => FakeAnswer | undefined) => {
    const { api, client } = usual();
    api.answer(answer);
    const posts = () => api.requests.filter(({ method }) => method !== 'GET');
    return { api, client, posts };
  };
}
