/** A failure as a JSON-RPC error, with the same words as a tool's. */
import { Failure } from '../base/failure.ts';
import { failureText } from '../respond/respond.ts';
import { ErrorCode, type RpcError } from './protocol.ts';

export async function rpcErrorOf(error: unknown): Promise<RpcError> {
  if (!(error instanceof Failure))
    return { code: ErrorCode.InternalError, message: error instanceof Error ? error.message : String(error) };
  const { code, outcome, details } = error;
  const isCallers = outcome === 'not_sent' || outcome === 'rejected';
  return {
    code: isCallers ? ErrorCode.InvalidParams : ErrorCode.InternalError,
    message: await failureText(error),
    data: {
      code,
      outcome,
      ...(details.requiredScope ? { required_scope: details.requiredScope } : {}),
    },
  };
}
