/** A started session on a client's wire: the opening answers, and the SDK's server from the first other message on. */
import type { Session } from '../../session/session.ts';
import type { CallsInFlight } from '../calls/calls-in-flight.ts';
import { createTrackedLists } from '../opening/lists.ts';
import { Opening } from '../opening/opening.ts';
import { instructionsOf } from '../protocol/instructions.ts';
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
      const { serveWithSdk } = await import('./server.ts');
      onTakeOver?.();
      return serveWithSdk(relay, session, lists, calls);
    },
  });
  session.access.onChange(() => connection.listsChanged());
  return connection;
}
