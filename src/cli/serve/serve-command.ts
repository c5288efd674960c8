/** `toado-mcp`: the stdio server, on the real Toado or, with `--sandbox`, on one inside. */
import { endProcess } from '../../base/end-process.ts';
import { serve } from '../../mcp/process/serve.ts';
import { createSession } from '../../session/session.ts';
import { loadLogging, type Settings, unusableSettings } from '../../settings/settings.ts';
import { SettingsError, UsageError } from '../../settings/settings-error.ts';
import { openTarget, settingsInput, type Target, type TargetOptions } from '../target/target.ts';

export interface ServeOptions extends TargetOptions {
  /** Opens the sandbox's pages in the browser. */
  open?: boolean;
}

export async function serveCommand(options: ServeOptions): Promise<void> {
  const target = await prepare(options).catch((error: unknown) => {
    if (error instanceof SettingsError && isStartedByClient()) return serveProblem(error, options.flags);
    throw error;
  });
  await serveWith(target.settings, { close: target.close });
}

async function prepare({ open = false, ...options }: ServeOptions): Promise<Target> {
  if (open && options.sandbox === undefined)
    throw new UsageError('--open opens the sandbox’s pages: add --sandbox, or leave it out.');
  const target = await openTarget({ ...options, tokenMayCome: isStartedByClient() });
  if (!isStartedByClient()) await sayToPerson(target.pages);
  if (open && target.pages) {
    const { openInBrowser } = await import('../../base/open-in-browser.ts');
    await openInBrowser(target.pages);
  }
  return target;
}

/** A person who starts it in a terminal sees what is wrong; of a server that ends, a client only shows that it ended. */
export function isStartedByClient(): boolean {
  return !process.stdin.isTTY;
}

/** Serves whoami alone, which says what is wrong with the settings. Where nobody asks, it ends as it would have. */
export function serveProblem(
  { message, exitCode }: SettingsError,
  flags: TargetOptions['flags'] = {},
): Promise<never> {
  return serveWith(unusableSettings(message, loadLogging(settingsInput(flags))), { exitCode });
}

async function serveWith(
  settings: Settings,
  { close, exitCode = 1 }: { close?: (() => Promise<void>) | undefined; exitCode?: number },
): Promise<never> {
  // From here on it is in one place only: a report that Node writes about a crash lists the environment.
  delete process.env.TOADO_API_TOKEN;
  const session = createSession(settings);
  session.start();
  const { wasAsked } = await serve(session, close);
  endProcess(session.grant.now.state === 'misconfigured' && !wasAsked ? exitCode : 0);
}

/** Whoever started it by hand would otherwise look at nothing, and wonder. */
async function sayToPerson(pages: string | undefined): Promise<void> {
  const { printHint } = await import('../../base/output.ts');
  await printHint(
    [
      'toado-mcp waits for an MCP client on stdin. A client starts it by itself: `toado-mcp config` says how.',
      ...(pages ? [`The sandbox’s pages: ${pages} (--open opens them)`] : []),
      'Ctrl+C ends it.',
    ].join('\n'),
  );
}
