/** `toado-mcp`: the stdio server, on the real Toado or, with `--sandbox`, on one inside. */
import { setImmediate as turn } from 'node:timers/promises';
import { createSession } from '../session/session.ts';
import { openTarget, type TargetOptions } from './target.ts';

export async function serveCommand(options: TargetOptions): Promise<void> {
  const { settings, close } = await openTarget(options);
  // From here on it is in one place only: a report that Node writes about a crash lists the environment.
  delete process.env.TOADO_API_TOKEN;
  const session = createSession(settings);
  // The question leaves before the protocol's side is loaded, and a turn of the event loop lets it on its way.
  session.start();
  await turn();
  const { serve } = await import('../mcp/serve.ts');
  await serve(session, close);
}
