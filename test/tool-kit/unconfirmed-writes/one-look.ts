/** One look of a tool after a lost answer, at a Toado over real HTTP. */
import { expect } from 'vitest';
import type { Confirmation, SentWrite } from '../../../src/tool-kit/definition/define-tool.ts';
import { tools } from '../../../tools/index.ts';
import { shared } from '../../support/ending.ts';
import { type FakeRequest, startChangingApi } from '../../support/fake-api.ts';
import { clientOf } from '../../support/rest-client.ts';

export const T = 't-abc123';
export const BEFORE = '2026-03-01T10:00:00.000Z';
const BEGAN = '2026-03-01T10:00:05.000Z';
export const SINCE = '2026-03-01T10:00:06.000Z';
export const OWN = { id: 'tkn_own', label: 'lab' };
export const OTHER = { id: 'tkn_other', label: 'lab' };
export const by = (token: object | null, at: string | null = SINCE) => ({
  user: { id: 'usr_1', name: 'Mia' },
  token,
  via: 'mcp',
  at,
});

export type Data = Record<string, unknown>;

export interface Around {
  sent?: Partial<SentWrite>;
  tokenId?: string | undefined;
}

/** To be called once in a file. */
export function useLooks() {
  const toado = shared(async () => {
    const api = await startChangingApi();
    const client = clientOf(`${api.url}/api/v1`);
    return { api, client };
  });

  /** One look of that tool. @param answer what Toado has. */
  async function look(
    name: string,
    input: Data,
    answer: (request: FakeRequest) => unknown,
    { sent, ...more }: Around = {},
  ): Promise<Confirmation | undefined> {
    const { api, client } = toado();
    api.answer((request) => {
      const body = answer(request);
      return body === undefined ? undefined : { body };
    });
    const tool = tools.find((one) => one.name === name)!;
    const session = {
      shownAs: 'Mia (lab) · via MCP',
      tokenId: 'tkn_own',
      isOffered: () => true,
      describe: () => expect.fail('nobody asks'),
      webOrigin: api.url,
      pageOf: (id: string) => `${api.url}/tickets/${id}`,
      nameOf: () => undefined,
      ...more,
    };
    const call = {
      input,
      session,
      api: client.for({ effect: tool.effect, deadline: performance.now() + 10_000 }),
    };
    const shown = await tool.confirmWrite!(call as never, {
      isSince: (at) => (at ? at > BEGAN : undefined),
      isUntouched: ({ updated, updated_at }) => {
        const at = updated?.at ?? updated_at;
        return !!at && at < BEGAN;
      },
      isDaysOld: () => false,
      isTaken: () => false,
      others: () => 0,
      ...sent,
    });
    expect(api.requests.every(({ method }) => method === 'GET')).toBe(true);
    return shown;
  }

  return { look, toado };
}

export const ticketIs =
  (more: Data) =>
  ({ path }: FakeRequest) =>
    path === `/tickets/${T}` ? { id: T, title: 'As it was', ...more } : undefined;

/** What it says, in one word for what is told of it. */
export function verdict(shown: Confirmation | undefined): string {
  if (!shown) return 'no look';
  const { answer, seen, isUnchanged, rows } = shown;
  if (answer) {
    // Never that this call did it.
    expect(answer.notes![0]).toContain(seen);
    return 'as asked';
  }
  if (isUnchanged) return 'not, unchanged';
  if (/did not tell/.test(seen)) return 'not known';
  return rows ? 'one of several' : 'not';
}

export const CHANGED_BEFORE = { updated: by(OTHER, BEFORE), updated_at: BEFORE };
export const CHANGED_SINCE = { updated: by(OTHER), updated_at: SINCE };
