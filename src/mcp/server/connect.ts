/** A started session on a client's wire: the opening answers, and the SDK's server from the first other message on. */
import type { Transport } from '@modelcontextprotocol/server';
import { isModuleMissing, START_AGAIN, WAS_REPLACED } from '../../base/is-module-missing.ts';
import type { Session } from '../../session/session.ts';
import type { CallsInFlight } from '../calls/calls-in-flight.ts';
import { createTrackedLists } from '../lists/lists.ts';
import { Opening, type SdkServer } from '../opening/opening.ts';
import { instructionsOf } from '../protocol/instructions.ts';
import { ErrorCode } from '../protocol/json-rpc.ts';
import type { StdioTransport } from '../transport/stdio-transport.ts';

/** @param onTakeOver told when the SDK is about to serve. */
export function connect(
  session: Session,
  transport: StdioTransport,
  calls: CallsInFlight,
  onTakeOver?: () => void,
): Opening {
  transport.onerror = (error) => session.log('debug', `protocol: ${error.message}`);
  const { lists, changed } = createTrackedLists(session);
  const connection = new Opening({
    transport,
    lists,
    changed,
    instructions: instructionsOf(session.settings),
    takeOver: async (relay) => {
      let sdk: typeof import('./server.ts');
      try {
        sdk = await import('./server.ts');
      } catch (error) {
        if (isModuleMissing(error)) return refuseAll(relay, session, error as Error);
        throw error;
      }
      onTakeOver?.();
      return sdk.serveWithSdk(relay, session, lists, calls);
    },
  });
  session.access.onChange(() => connection.listsChanged());
  return connection;
}

/** An update has replaced the program's files under it, before the SDK was loaded: whoever asks is told what helps. */
function refuseAll(wire: Transport, session: Session, error: Error): SdkServer {
  const message = `toado-mcp needs a part of itself ${WAS_REPLACED} ${START_AGAIN}`;
  session.log('error', `${message} (${error.message})`);
  wire.onmessage = (request) => {
    if ('method' in request && 'id' in request)
      void wire.send({ jsonrpc: '2.0', id: request.id, error: { code: ErrorCode.InternalError, message } });
  };
  return { listsChanged() {}, close: () => wire.close() };
}
