/** Programs with small budgets of tokens for an answer, and whether an answer fits. */
import { expect } from 'vitest';
import { estimateTokens } from '../../src/respond/estimate-tokens.ts';
import { shared } from '../support/ending.ts';
import { type FakeRequest, startFakeApi } from '../support/fake-api.ts';
import { connect } from '../support/program.ts';
import { type CallResult, textOf } from '../support/sdk-client.ts';

export const TOKENS = 1_000;
/** The notes and the fence stand outside of what is counted by item. */
const SLACK = 1.1;
export const TICKET = 't-abc123';

export type Row = { id: string; [field: string]: unknown };

export function ticketId(at: number): string {
  return `t-${String(at).padStart(6, '0')}`;
}

/** One program for each budget; what it talks to changes from test to test. */
export function withBudget(tokens: number) {
  return shared(async () => {
    let answer: (request: FakeRequest) => unknown = () => undefined;
    const { env } = await startFakeApi((request) =>
      request.path === '/auth/token-info' ? undefined : { body: answer(request) },
    );
    const connected = await connect('sdk 2.x modern', { env, args: ['--answer-tokens', String(tokens)] });
    return (given: typeof answer) => {
      answer = given;
      return connected;
    };
  });
}

function tokensOf(result: CallResult): number {
  return Math.max(estimateTokens(textOf(result)), estimateTokens(JSON.stringify(result.structuredContent)));
}

export function expectFits(result: CallResult, tokens = TOKENS): void {
  expect(result.isError, textOf(result)).toBeFalsy();
  expect(tokensOf(result)).toBeLessThanOrEqual(tokens * SLACK);
}
