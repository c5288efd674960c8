/** `toado-mcp`: the stdio server, on the real Toado or, with `--sandbox`, on one inside. */
import { catalogue } from '../../tools/index.ts';
import { serve } from '../mcp/serve.ts';
import { createSession } from '../session.ts';
import { openTarget, type TargetOptions } from './target.ts';

export async function serveCommand(options: TargetOptions): Promise<void> {
  const { settings, close } = await openTarget(options);
  await serve(createSession(settings, catalogue), catalogue, close);
}
