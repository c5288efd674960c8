/** A client whose requests a test answers, by a clock of the test's, so that nobody waits. */
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { Failure, type Outcome } from '../../../src/base/failure.ts';
import { createClient } from '../../../src/toado-api/client/client.ts';
import { ServerClock } from '../../../src/toado-api/client/clock.ts';
import type { CallOptions, CallRecord } from '../../../src/toado-api/client/options.ts';
import { RateLimiter } from '../../../src/toado-api/client/rate-limiter.ts';
import type { HttpRequest, HttpResponse } from '../../../src/toado-api/http/http.ts';
import type { ToadoApi } from '../../../src/toado-api/routes/calls.ts';
// Loaded on demand, which takes real time while that of the test flies.
import '../../../src/toado-api/answers/write-outcome.ts';
import '../../../src/toado-api/json/parse-large.ts';
import 'lru-cache';

/** To be called once in a file. */
export function useSimulatedTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout', 'clearTimeout'] });
    // Half of what a wait may differ by, so that each is as long as its base.
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}

export type Answer = Partial<HttpResponse> | Failure;

export const OK: Answer = { text: '[]' };
export const WRITTEN: Answer = { text: JSON.stringify({ id: 't-7Kq2Mx', title: 'Dead button' }) };
export const code = (name: string, more: Record<string, string> = {}) =>
  JSON.stringify({ error: { code: name, message: 'No.', ...more } });
export const html = (status: number, headers = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  text: '<p>gone',
});
export const lost = (outcome: Outcome, cause?: unknown) =>
  new Failure('unreachable', 'Away.', 'Wait.', { outcome, cause });
export const tooMany = (seconds?: number): Answer => ({
  status: 429,
  headers: seconds === undefined ? {} : { 'retry-after': String(seconds) },
  text: code('rate_limited'),
});

export interface Setup {
  hasKeys?: boolean;
  options?: Partial<CallOptions>;
  deadlineMs?: number;
}

/** A client whose n-th request gets the n-th answer, and those after them the last one. */
export function clientThat(
  answers: Answer[] | ((request: HttpRequest) => Answer),
  { hasKeys = false }: Setup = {},
) {
  const sent: { at: number; request: HttpRequest }[] = [];
  const records: CallRecord[] = [];
  const rateLimiter = new RateLimiter();
  const clock = new ServerClock();
  const began = performance.now();
  let closed = 0;
  const client = createClient({
    http: {
      async send(request) {
        sent.push({ at: Math.round(performance.now() - began), request });
        const answer =
          typeof answers === 'function'
            ? answers(request)
            : answers[Math.min(sent.length, answers.length) - 1]!;
        if (answer instanceof Failure) throw answer;
        return { status: 200, headers: { 'content-type': 'application/json' }, text: '{}', ...answer };
      },
      close: async () => void closed++,
    },
    host: 'toado.test',
    token: () => 'tok_fake_for_tests',
    rateLimiter,
    clock,
    hasIdempotencyKeys: () => hasKeys,
    onCall: (record) => void records.push(record),
  });
  return { client, sent, records, rateLimiter, clock, closed: () => closed };
}

/** Lets the time go by until it has settled. */
export async function settled<Value>(work: Promise<Value>): Promise<{ value?: Value; error?: Failure }> {
  let end: { value?: Value; error?: Failure } | undefined;
  work.then(
    (value) => {
      end = { value };
    },
    (error: Failure) => {
      end = { error };
    },
  );
  for (let step = 0; step < 2_000 && !end; step++) {
    await vi.advanceTimersByTimeAsync(25);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return end ?? expect.fail('it never ended');
}

export const read = (api: ToadoApi) => api.listCompanies({});
export const write = (api: ToadoApi) => api.archiveTicket({ ticket_id: 't-7Kq2Mx' });

export async function attempts(
  what: (api: ToadoApi) => Promise<unknown>,
  answers: Answer[],
  { deadlineMs = 27_000, options = {}, ...setup }: Setup = {},
) {
  const it = clientThat(answers, setup);
  const effect = what === read ? 'read' : 'update';
  const call = what(it.client.for({ effect, deadline: performance.now() + deadlineMs, ...options }));
  const end = await settled(call);
  return { ...it, ...end, at: it.sent.map(({ at }) => at) };
}
