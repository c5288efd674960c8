/** `toado-mcp`: the stdio server, on the real Toado or, with `--sandbox`, on one inside. */
import { endProcess } from '../base/end-process.ts';
import { serve } from '../mcp/serve.ts';
import { createSession } from '../session/session.ts';
import { UsageError } from '../settings/settings-error.ts';
import { openTarget, type TargetOptions } from './target.ts';

export interface ServeOptions extends TargetOptions {
  /** Opens the sandbox's pages in the browser. */
  open?: boolean;
}

export async function serveCommand({ open = false, ...options }: ServeOptions): Promise<void> {
  if (open && options.sandbox === undefined)
    throw new UsageError('--open opens the sandbox’s pages: add --sandbox, or leave it out.');
  const { settings, close, pages } = await openTarget(options);
  if (process.stdin.isTTY) sayToPerson(pages);
  if (open && pages) await openInBrowser(pages);
  // From here on it is in one place only: a report that Node writes about a crash lists the environment.
  delete process.env.TOADO_API_TOKEN;
  const session = createSession(settings);
  session.start();
  await serve(session, close);
  endProcess();
}

/** Whoever started it by hand would otherwise look at nothing, and wonder. */
function sayToPerson(pages: string | undefined): void {
  process.stderr.write(
    [
      'toado-mcp waits for an MCP client on stdin. A client starts it by itself: `toado-mcp config` says how.\n',
      pages ? `The sandbox’s pages: ${pages} (--open opens them)\n` : '',
      'Ctrl+C ends it.\n',
    ].join(''),
  );
}

/** A machine without a browser serves all the same. */
async function openInBrowser(address: string): Promise<void> {
  const { default: open } = await import('open');
  const child = await open(address).catch(() => undefined);
  child?.once('error', () =>
    process.stderr.write(`toado-mcp: no browser could be started; open ${address}\n`),
  );
}
