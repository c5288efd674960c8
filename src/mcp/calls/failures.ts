/** What becomes of an error on its way to the client: a failure in words, as a tool's result or as a JSON-RPC error. */
import { explainRefusal } from '../../access/explain-refusal.ts';
import type { Effect } from '../../base/effect.ts';
import { Failure } from '../../base/failure.ts';
import { isModuleMissing, START_AGAIN, WAS_REPLACED } from '../../base/is-module-missing.ts';
import type { Scope } from '../../base/scopes.ts';
import { failureText } from '../../respond/failure-text.ts';
import { hasPin } from '../../session/pins.ts';
import type { Session } from '../../session/session.ts';
import { ErrorCode, type RpcError } from '../protocol/json-rpc.ts';

/**
 * Any error as a failure; one that is none is a bug of ours, and its details go to the log.
 * @param wasSent whether a write has left.
 */
export async function toFailure(
  { log, grant, client, access, settings }: Session,
  { name, effect, scope }: { name: string; effect: Effect; scope?: Scope },
  error: unknown,
  wasSent = effect !== 'read',
): Promise<Failure> {
  if (error instanceof Failure) {
    const { code } = error;
    const mayBeGone = hasPin(settings.pins) && (code === 'forbidden' || code.endsWith('not_found'));
    if (code === 'forbidden' || mayBeGone) await grant.freshened();
    const gone = mayBeGone ? access.pinProblem() : undefined;
    if (gone)
      return new Failure(gone.code, gone.sentence, gone.next, { ...gone.details, outcome: error.outcome });
    return explainRefusal(error, scope, grant.now, client.names);
  }
  log(
    'error',
    `${name} failed unexpectedly: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
  );
  const isMissing = isModuleMissing(error);
  return new Failure(
    'internal',
    isMissing
      ? `${name} needs a part of toado-mcp ${WAS_REPLACED}`
      : `${name} failed inside toado-mcp; this is a bug of ours.`,
    isMissing ? START_AGAIN : 'Call again or do without it; the details are in the server’s log (stderr).',
    { outcome: effect === 'read' ? 'no_answer' : wasSent ? 'outcome_unknown' : 'not_sent', cause: error },
  );
}

/** Runs what reads for a list, a prompt, a resource or a completion. @throws Failure whatever goes wrong. */
export async function withFailures<Result>(
  session: Session,
  name: string,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await session.token.retryIfReplaced(run);
  } catch (error) {
    throw await toFailure(session, { name, effect: 'read', scope: 'read' }, error);
  }
}

/** A failure as a JSON-RPC error, with the same words as a tool's. */
export async function toRpcError(error: unknown): Promise<RpcError> {
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
