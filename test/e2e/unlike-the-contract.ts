/** An API that differs from the contract in ordinary ways, and a session that asks it. */
import { connectInProcess } from '../support/connect-in-process.ts';
import { shared } from '../support/ending.ts';
import {
  by,
  type FakeAnswer,
  type FakeApi,
  type FakeRequest,
  startChangingApi,
  startFakeApi,
} from '../support/fake-api.ts';

export const TICKET_ID = 't-abc123';
const AT = '2026-01-01T00:00:00.000Z';
export const BY = by(AT);
export const TICKET = {
  id: TICKET_ID,
  title: 'The button stays grey',
  project_id: 'proj_1',
  column_id: 'col_2',
  status: 'archived',
  assignees: [{ id: 'usr_2', name: 'Mia' }],
  branch_name: 't-abc123-the-button',
  created_at: AT,
  updated_at: AT,
  created: BY,
  updated: BY,
};

export type Answers = (request: FakeRequest) => FakeAnswer | undefined;

const sentTo = (api: FakeApi) => (method: string) => api.requests.filter((one) => one.method === method);

/** One for all tests of a file, or of a `describe`, each with its own answers. */
export function sharedSession() {
  const usual = shared(async () => {
    const api = await startChangingApi();
    return { api, client: await connectInProcess('sdk 2.x modern', { env: api.env }) };
  });
  return (answers: Answers) => {
    const { api, client } = usual();
    api.answer(answers);
    return { api, client, sent: sentTo(api) };
  };
}

/** One that nothing else was asked of: for other settings, and where what it learns would stay. */
export async function ownSession(answers: Answers, more: { info?: unknown; args?: string[] } = {}) {
  const { info, args } = more;
  const api = await startFakeApi(
    (request) =>
      (request.path === '/auth/token-info' && info !== undefined ? { body: info } : undefined) ??
      answers(request),
  );
  return { api, client: await connectInProcess('sdk 2.x modern', { env: api.env, args }), sent: sentTo(api) };
}
