import { ProtocolError } from '@modelcontextprotocol/server';
import type { Session } from '../../session/session.ts';
import { toRpcError, withFailures } from '../calls/failures.ts';

/** Runs a handler of the SDK's server: whatever goes wrong leaves as the protocol's own error, in our words. */
export function withProtocolErrors<Result>(
  session: Session,
  name: string,
  run: () => Promise<Result>,
): Promise<Result> {
  return withFailures(session, name, run).catch(async (error) => {
    const { code, message, data } = await toRpcError(error);
    throw new ProtocolError(code, message, data);
  });
}
