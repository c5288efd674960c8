/** A run as it was recorded, of what a test says of it, and its grade. */
import { type Grade, grade } from '../../../src/experiments/grade/grade.ts';
import type { SnapshotComment, SnapshotTicket } from '../../../src/experiments/record/snapshot.ts';
import type { RecordedMessage, RecordedRequest } from '../../../src/experiments/record/types.ts';
import type { Scenario } from '../../../src/experiments/scenario/schema.ts';
import { TOKEN_ID } from '../../../src/experiments/scenario/token-id.ts';

export const [A, B] = ['t-aaa111', 't-bbb222'];
export const OWN = { user: 'usr_mia', token: TOKEN_ID, via: 'mcp', at: '2026-03-01T10:00:00Z' };
export const THEIRS = { ...OWN, token: 'tkn_other' };

export const ticket = (id: string, more: Partial<SnapshotTicket> = {}): SnapshotTicket => ({
  ...{ id, project: 'proj_1', column: 'To do', rank: 'a', title: 'Dead button', description: '' },
  ...{ archived: false, resolved: false, draft: false, branch: null, source_url: null, assignees: [] },
  created: THEIRS,
  ...more,
});
export const comment = (body: string, more: Partial<SnapshotComment> = {}): SnapshotComment => ({
  ...{ id: `cmt_${body}`, ticket: A, body },
  ...OWN,
  ...more,
});
export const move = (to: string): Partial<RecordedRequest> => ({
  writes: [{ action: 'move_ticket', ticket: A, detail: { to } }],
});

export interface Called {
  tool: string;
  args?: Record<string, unknown>;
  isError?: boolean;
}

export interface Run extends Partial<Pick<Scenario, 'must' | 'score' | 'may_change'>> {
  before?: SnapshotTicket[];
  after?: SnapshotTicket[];
  comments?: { before?: SnapshotComment[]; after?: SnapshotComment[] };
  calls?: Called[];
  requests?: Partial<RecordedRequest>[];
  tampered?: string[];
  answer?: string;
  timedOut?: boolean;
}

const READ: Called = { tool: 'get_ticket', args: { ticket_id: A } };

function messagesOf(calls: readonly Called[]): RecordedMessage[] {
  return calls.flatMap(({ tool, args = {}, isError = false }, id): RecordedMessage[] => [
    {
      ...{ at: id, from: 'agent', session: 1 },
      message: { jsonrpc: '2.0', id, method: 'tools/call', params: { name: tool, arguments: args } },
    },
    {
      ...{ at: id, from: 'server', session: 1 },
      message: { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: 'x' }], isError } },
    },
  ]);
}

export function graded({
  must = [{ ticket: A, is: { column: 'Done' } }],
  before = [ticket(A), ticket(B)],
  after = before,
  comments = {},
  calls = [READ],
  requests = [],
  tampered = [],
  answer = 'RESULT: done',
  timedOut = false,
  ...more
}: Run): Grade {
  const scenario: Scenario = {
    ...{ name: 'a', title: 'A', about: 'A.', task: 'Do it.', token: { scopes: ['read'] }, must },
    ...more,
  };
  const around = { projects: [], users: [] };
  const was = comments.before ?? [];
  return grade(
    scenario,
    {
      before: { ...around, tickets: before, comments: was },
      after: { ...around, tickets: after, comments: comments.after ?? was },
      requests: requests.map((one) => ({
        ...{ at: 0, ms: 1, method: 'POST', path: '/x', status: 200, via: 'mcp', writes: [] },
        ...one,
      })),
      messages: messagesOf(calls),
      tampered,
    },
    { answer, timedOut },
  );
}
