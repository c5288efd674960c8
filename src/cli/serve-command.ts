/** `toado-mcp`: the stdio server, on the real Toado or, with `--sandbox`, on one inside. */
import { catalogue } from '../../tools/index.ts';
import { serve } from '../mcp/serve.ts';
import { createSession } from '../session.ts';
import { openTarget, type TargetOptions } from './target.ts';

export async function serveCommand(options: TargetOptions): Promise<void> {
  const { settings, close } = await openTarget(options);
  // From here on it is in one place only: a report that Node writes about a crash lists the environment.
  delete process.env.TOADO_API_TOKEN;
  await serve(createSession(settings, catalogue), catalogue, close);
}
