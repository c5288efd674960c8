/** What a failure is as a JSON-RPC error. */
import { expect, test } from 'vitest';
import { Failure, type Outcome } from '../../../src/base/failure.ts';
import { toFailure, toRpcError } from '../../../src/mcp/calls/failures.ts';
import { ErrorCode } from '../../../src/mcp/protocol/json-rpc.ts';

test.each<[outcome: Outcome, code: number]>([
  ['not_sent', ErrorCode.InvalidParams],
  ['rejected', ErrorCode.InvalidParams],
  ['no_answer', ErrorCode.InternalError],
  ['outcome_unknown', ErrorCode.InternalError],
])('%s', async (outcome, code) => {
  const failure = new Failure('some_code', 'It went wrong.', 'Call again.', { outcome });
  expect(await toRpcError(failure)).toEqual({
    code,
    message: `some_code (${outcome}): It went wrong.\nNext: Call again.`,
    data: { code: 'some_code', outcome },
  });
});

test('a scope that is missing is named', async () => {
  const details = { outcome: 'rejected', requiredScope: 'read' } as const;
  const failure = new Failure('insufficient_scope', 'No.', 'Ask.', details);
  expect((await toRpcError(failure)).data).toMatchObject({ required_scope: 'read' });
});

test('what is no failure is ours', async () => {
  expect(await toRpcError(new TypeError('x is not a function'))).toEqual({
    code: ErrorCode.InternalError,
    message: 'x is not a function',
  });
});

test('a part that an update has removed is no bug: it has to be started again', async () => {
  const session = { log: () => {} } as unknown as Parameters<typeof toFailure>[0];
  const gone = await import(`data:text/javascript,import '${new URL('gone.js', import.meta.url)}'`).catch(
    (error: unknown) => error,
  );
  const of = (error: unknown) => toFailure(session, { name: 'get_ticket', effect: 'read' }, error);
  expect(gone).toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
  expect((await of(gone)).next).toMatch(/start toado-mcp again/);
  expect((await of(new TypeError('x'))).sentence).toMatch(/a bug of ours/);
});
