/** `toado-mcp`: the stdio server, on the real Toado or, with `--sandbox`, on one inside. */
import { setImmediate as turn } from 'node:timers/promises';
import { catalogue } from '../../tools/index.ts';
import { createSession } from '../session/session.ts';
import { type Settings, unusableSettings } from '../settings/settings.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { openTarget, type TargetOptions } from './target.ts';

export async function serveCommand(options: TargetOptions): Promise<void> {
  try {
    const { settings, close } = await openTarget({ ...options, tokenMayCome: isStartedByClient() });
    await serveWith(settings, close);
  } catch (error) {
    if (!(error instanceof SettingsError) || !isStartedByClient()) throw error;
    await serveProblem(error.message);
  }
}

/** A person who starts it in a terminal sees what is wrong; of a server that ends, a client shows that it ended. */
export function isStartedByClient(): boolean {
  return !process.stdin.isTTY;
}

/** Serves whoami alone, which says what is wrong with the settings. */
export function serveProblem(problem: string): Promise<void> {
  return serveWith(unusableSettings(problem));
}

async function serveWith(settings: Settings, close?: () => Promise<void>): Promise<void> {
  // From here on it is in one place only: a report that Node writes about a crash lists the environment.
  delete process.env.TOADO_API_TOKEN;
  const session = createSession(settings, catalogue);
  // The question leaves before the protocol's side is loaded, and a turn of the event loop lets it on its way.
  session.start();
  await turn();
  const { serve } = await import('../mcp/serve.ts');
  await serve(session, catalogue, close);
}
