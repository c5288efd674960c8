import { getEventListeners } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Grant, type GrantState } from '../../src/access/grant.ts';
import { Failure } from '../../src/base/failure.ts';
import type { TokenInfo } from '../../src/toado-api/schemas/index.ts';

const away = new Failure('unreachable', 'Away.', 'Wait.', { outcome: 'no_answer' });
const refused = new Failure('unauthorized', 'No.', 'Ask.', { outcome: 'rejected', status: 401 });

/** Questions that the test answers when it likes. */
function asking() {
  const questions: { answer: (scopes: string[]) => void; fail: (failure: unknown) => void }[] = [];
  const changes: GrantState['state'][] = [];
  const grant = new Grant({
    ask: () =>
      new Promise<TokenInfo>((resolve, reject) => {
        questions.push({ answer: (scopes) => resolve({ scopes }), fail: reject });
      }),
    onChange: (now) => void changes.push(now.state),
    backoffMs: 5,
    longestBackoffMs: 10,
  });
  return { grant, questions, changes };
}

describe('the grant', () => {
  test('questions are joined; nobody asks twice at once', async () => {
    const { grant, questions } = asking();
    const both = Promise.all([grant.refresh(), grant.refresh(), grant.untilKnown(1_000)]);
    expect(questions).toHaveLength(1);
    questions[0]!.answer(['comments']);
    expect((await both).map(({ state }) => state)).toEqual(['granted', 'granted', 'granted']);
    expect(grant.now).toMatchObject({ scopes: ['read', 'comments'] });
  });

  test('it keeps asking while refused or away, and stops when granted', async () => {
    const { grant, questions, changes } = asking();
    const first = grant.refresh();
    questions[0]!.fail(away);
    await first;
    expect(grant.now.state).toBe('unreachable');
    await expect.poll(() => questions.length).toBe(2);
    questions[1]!.fail(refused);
    await expect.poll(() => questions.length).toBe(3);
    expect(grant.now.state).toBe('refused');
    questions[2]!.answer(['read']);
    await expect.poll(() => grant.now.state).toBe('granted');
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(questions).toHaveLength(3);
    expect(changes).toEqual(['unreachable', 'refused', 'granted']);
  });

  test('it asks ever less often, down to once in the longest pause', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const asked: number[] = [];
    const grant = new Grant({
      ask: () => {
        asked.push(Date.now());
        return Promise.reject(away);
      },
      onChange: () => {},
      backoffMs: 100,
      longestBackoffMs: 1_000,
    });
    await grant.refresh();
    await vi.advanceTimersByTimeAsync(20_000);
    grant.stop();
    const pauses = asked.slice(1).map((at, index) => at - asked[index]!);
    for (const [at, expected] of [100, 200, 400, 800].entries()) {
      expect(pauses[at]).toBeGreaterThanOrEqual(expected * 0.75 - 1);
      expect(pauses[at]).toBeLessThanOrEqual(expected * 1.25 + 1);
    }
    for (const pause of pauses.slice(4)) {
      expect(pause).toBeGreaterThanOrEqual(749);
      expect(pause).toBeLessThanOrEqual(1_251);
    }
    expect(pauses.length).toBeGreaterThan(14);
  });

  test('known scopes stay known while Toado is away, with why; a refusal ends them', async () => {
    const { grant, questions } = asking();
    const first = grant.refresh();
    questions[0]!.answer(['read']);
    await first;
    const second = grant.refresh();
    questions[1]!.fail(away);
    await second;
    expect(grant.now).toMatchObject({ state: 'granted', lastFailure: away });
    const third = grant.refresh();
    questions[2]!.fail(refused);
    await third;
    expect(grant.now.state).toBe('refused');
    grant.stop();
  });

  test.each([
    [401, 'unauthorized', 'refused'],
    [403, 'forbidden', 'refused'],
    [403, 'intercepted', 'unreachable'],
    [500, 'internal_error', 'unreachable'],
  ])('HTTP %i as %s leaves the token %s', async (status, code, state) => {
    const { grant, questions } = asking();
    const first = grant.refresh();
    questions[0]!.fail(new Failure(code, 'No.', 'Ask.', { outcome: 'rejected', status }));
    expect((await first).state).toBe(state);
    grant.stop();
  });

  test('another token: the answer about the old one counts for nothing', async () => {
    const { grant, questions, changes } = asking();
    const old = grant.refresh();
    grant.forget();
    const fresh = grant.refresh();
    expect(questions).toHaveLength(2);
    questions[0]!.answer(['tickets:write']);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(grant.now.state).toBe('asking');
    questions[1]!.answer(['read']);
    expect((await Promise.all([old, fresh])).map((state) => 'scopes' in state && state.scopes)).toEqual([
      ['read'],
      ['read'],
    ]);
    expect(changes).toEqual(['granted']);
  });

  test('what is no failure of ours is not taken for a grant', async () => {
    const { grant, questions } = asking();
    const first = grant.refresh();
    questions[0]!.fail(new TypeError('a bug'));
    expect((await first).state).toBe('unreachable');
    grant.stop();
  });

  test('a list waits for its answer only so long, and not after it is cancelled', async () => {
    const { grant, questions } = asking();
    expect((await grant.untilKnown(10)).state).toBe('asking');
    const controller = new AbortController();
    const cancelled = grant.untilKnown(60_000, controller.signal);
    controller.abort();
    expect((await cancelled).state).toBe('asking');
    expect(questions).toHaveLength(1);
    grant.stop();
  });

  test('who knows asks nobody; without a token it is looked for again', async () => {
    const { grant, questions } = asking();
    const first = grant.refresh();
    questions[0]!.fail(new Failure('settings', 'No token.', 'Set it.', { outcome: 'not_sent' }));
    expect((await first).state).toBe('misconfigured');
    const known = grant.untilKnown(1_000);
    expect(questions).toHaveLength(2);
    questions[1]!.answer(['read']);
    expect((await known).state).toBe('granted');
    for (const wait of [grant.untilKnown(1_000), grant.untilGranted(1_000)])
      expect((await wait).state).toBe('granted');
    expect(questions).toHaveLength(2);
  });

  describe('with a clock that the test moves', () => {
    function clock() {
      vi.useFakeTimers();
      onTestFinished(() => void vi.useRealTimers());
      const asked = asking();
      onTestFinished(() => asked.grant.stop());
      return asked;
    }

    test('a call asks anew about a refused token, but not within a second', async () => {
      const { grant, questions } = clock();
      const first = grant.refresh();
      questions[0]!.fail(refused);
      await first;
      // Its own questions come later than all of this.
      vi.clearAllTimers();
      await vi.advanceTimersByTimeAsync(990);
      expect((await grant.untilGranted(1_000)).state).toBe('refused');
      expect(questions).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(20);
      const call = grant.untilGranted(1_000);
      await vi.advanceTimersByTimeAsync(0);
      expect(questions).toHaveLength(2);
      questions[1]!.answer(['read']);
      expect((await call).state).toBe('granted');
    });

    test('a call waits for that only as long as it may', async () => {
      const { grant, questions } = clock();
      const first = grant.refresh();
      questions[0]!.fail(refused);
      await first;
      vi.clearAllTimers();
      await vi.advanceTimersByTimeAsync(5_000);
      let state: string | undefined;
      void grant.untilGranted(700).then((now) => {
        state = now.state;
      });
      await vi.advanceTimersByTimeAsync(690);
      expect([state, questions.length]).toEqual([undefined, 2]);
      await vi.advanceTimersByTimeAsync(20);
      expect(state).toBe('refused');
    });

    test('before a refusal is explained, what was asked a second ago is asked anew, for two seconds at most', async () => {
      const { grant, questions } = clock();
      const first = grant.refresh();
      questions[0]!.answer(['read']);
      await first;
      await vi.advanceTimersByTimeAsync(990);
      await grant.freshened();
      expect(questions).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(20);
      let isOver = false;
      void grant.freshened().then(() => {
        isOver = true;
      });
      expect(questions).toHaveLength(2);
      await vi.advanceTimersByTimeAsync(1_990);
      expect(isOver).toBe(false);
      await vi.advanceTimersByTimeAsync(20);
      expect(isOver).toBe(true);
    });

    test('pauses begin anew after a grant', async () => {
      const { grant, questions } = clock();
      for (const at of [0, 1, 2, 3]) {
        const asked = grant.refresh();
        questions[at]!.fail(refused);
        await asked;
      }
      const granted = grant.refresh();
      questions[4]!.answer(['read']);
      await granted;
      const again = grant.refresh();
      questions[5]!.fail(refused);
      await again;
      // 5 ms, a quarter more or less; after five failures it would be 10.
      await vi.advanceTimersByTimeAsync(7);
      expect(questions).toHaveLength(7);
    });

    test('whoever asks before a pause is over has asked for that pause, too', async () => {
      const { grant, questions } = clock();
      const first = grant.refresh();
      questions[0]!.fail(away);
      await first;
      const second = grant.refresh();
      questions[1]!.answer(['read']);
      await second;
      await vi.advanceTimersByTimeAsync(60_000);
      expect(questions).toHaveLength(2);
    });

    test('once stopped it tells nobody, and asks no more', async () => {
      const { grant, questions, changes } = clock();
      const first = grant.refresh();
      grant.stop();
      questions[0]!.fail(away);
      await first;
      const second = grant.refresh();
      questions[1]!.fail(away);
      await second;
      grant.stop();
      await vi.advanceTimersByTimeAsync(60_000);
      expect([questions.length, changes]).toEqual([2, []]);
    });

    test('stopping ends the pause before the next question', async () => {
      const { grant, questions } = clock();
      const first = grant.refresh();
      questions[0]!.fail(away);
      await first;
      grant.stop();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(questions).toHaveLength(1);
    });
  });

  test('nobody goes on listening to a call’s signal', async () => {
    const { grant, questions } = asking();
    const { signal } = new AbortController();
    const known = grant.untilKnown(1_000, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    questions[0]!.answer(['read']);
    await known;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
