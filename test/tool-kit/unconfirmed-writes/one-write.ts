/** One write to a Toado over real HTTP, and what the caller reads of it. */
import { expect } from 'vitest';
import { by, type FakeAnswer, type FakeRequest, startFakeApi } from '../../support/fake-api.ts';
import { startInProcess } from '../../support/in-process.ts';

export const TICKET = 't-7Kq2Mx';

/** What `add_comment` is given, and a row that is another one's. */
export const comment = { ticket_id: TICKET, body: 'Deployed.' };
export const row = (id: string, more = {}) => ({
  id,
  ticket_id: TICKET,
  body: 'Other words',
  created: by(),
  ...more,
});

/** @returns a call, which may send one write. */
export async function startWrites(
  written: FakeAnswer | (() => FakeAnswer),
  read: (request: FakeRequest) => FakeAnswer | undefined,
) {
  const { env, requests } = await startFakeApi((request) => {
    if (request.path === '/auth/token-info') return undefined;
    if (request.method === 'GET') return read(request);
    return typeof written === 'function' ? written() : written;
  });
  const { call } = startInProcess({ ...env, TOADO_STRUCTURED: 'true' });
  return async (name: string, given: Record<string, unknown>) => {
    const { structuredContent, content, isError } = await call(name, given);
    expect(requests.filter(({ method }) => method !== 'GET')).toHaveLength(1);
    const text = content.map((one) => (one.type === 'text' ? one.text : '')).join('\n');
    return { data: (structuredContent ?? {}) as Record<string, unknown>, text, isError: isError === true };
  };
}
