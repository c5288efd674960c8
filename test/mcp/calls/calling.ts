/** Calls in this process, to an API that answers what a test says. */
import { type FakeAnswer, type FakeRequest, startFakeApi } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';

export const TICKET = {
  id: 't-7Kq2Mx',
  title: 'Dead button',
  project_id: 'proj_1',
  column_id: 'col_1',
  status: 'archived',
};
export const refused = (status: number, code: string): FakeAnswer => ({
  status,
  body: { error: { code, message: 'No.' } },
});

export async function start(
  answer: (request: FakeRequest) => FakeAnswer | undefined,
  env: Record<string, string> = {},
) {
  const api = await startFakeApi(answer);
  const it = startInProcess({ ...api.env, ...env });
  /** What left beside the question what the token may do. */
  const sent = () =>
    api.requests
      .filter(({ path }) => path !== '/auth/token-info')
      .map(({ method, path }) => `${method} ${path}`);
  return { ...it, api, sent };
}

export const asTicket = ({ method }: FakeRequest) => (method === 'GET' ? undefined : { body: TICKET });
export const onTicket = (request: FakeRequest) =>
  request.path.startsWith('/tickets/') ? { body: TICKET } : undefined;
