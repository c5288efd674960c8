/** `toado-mcp`: the stdio server, on the real Toado or, with `--sandbox`, on one inside. */
import { catalogue } from '../../tools/index.ts';
import { serve } from '../mcp/serve.ts';
import { createSession } from '../session.ts';
import { loadSettings } from '../settings/settings.ts';
import type { VariableName } from '../settings/variables.ts';
import { openSandbox } from './open-sandbox.ts';

export interface ServeOptions {
  flags: Partial<Record<VariableName, string>>;
  /** `true`: the triage token; a string: which token. */
  sandbox?: string | true;
  db?: string;
}

export async function serveCommand({ flags, sandbox: which, db }: ServeOptions): Promise<void> {
  const sandbox = which === undefined ? undefined : await openSandbox(which, db);
  const settings = loadSettings({
    env: process.env,
    folder: process.cwd(),
    flags,
    toolNames: catalogue.map(({ name }) => name),
    given: sandbox && { apiUrl: sandbox.apiUrl, token: sandbox.token },
  });
  await serve(createSession(settings, catalogue), catalogue, sandbox?.close);
}
