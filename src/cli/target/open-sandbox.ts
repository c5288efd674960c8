/** The one place where the server's side starts the sandbox; from here on it is a Toado like any other. */
import { thereIsNo } from '../../base/nearest.ts';
import { SettingsError, UsageError } from '../../settings/settings-error.ts';
import { withoutSandbox } from './without-sandbox.ts';

export interface OpenSandbox {
  /** Address of its pages. */
  url: string;
  apiUrl: string;
  token: string;
  close: () => Promise<void>;
}

const DEFAULT_TOKEN = 'triage';
/** What somebody may have meant who wrote the flag before the command. */
const COMMANDS: Readonly<Record<string, string>> = {
  serve: 'serve --sandbox',
  doctor: 'doctor --sandbox',
  tools: 'tools --sandbox',
  config: 'config --sandbox',
  // Sandboxes themselves: these don't take the flag.
  sandbox: 'sandbox',
  experiments: 'experiments',
};

export interface SandboxFile {
  db?: string | undefined;
  reset?: boolean;
  fresh?: boolean;
  dialect?: string | undefined;
}

/** @param which name of one of its ready-made tokens; `true` for the usual one. */
export async function openSandbox(
  which: string | true,
  { db, reset = false, fresh = false, dialect }: SandboxFile = {},
): Promise<OpenSandbox> {
  if (fresh && (db !== undefined || reset))
    throw new UsageError('--fresh is a file of its own: leave --db and --reset out.');
  const { SandboxError, startSandbox } = await import('../../sandbox/index.ts').catch(withoutSandbox);
  const { sandboxGuide } = await import('./sandbox-guide.ts');
  const sandbox = await startSandbox({
    db,
    reset,
    fresh,
    guide: sandboxGuide(),
    ...(dialect === undefined ? {} : { dialect }),
  }).catch((error: unknown) => {
    throw error instanceof SandboxError ? new SettingsError(`--sandbox: ${error.message}`) : error;
  });
  const name = which === true ? DEFAULT_TOKEN : which;
  const ready = sandbox.readyTokens.find((one) => one.name === name);
  if (ready)
    return { url: sandbox.url, apiUrl: sandbox.apiUrl, token: ready.token, close: () => sandbox.close() };
  await sandbox.close();
  const names = sandbox.readyTokens.map((one) => one.name);
  if (sandbox.endedTokens.includes(name)) {
    const others =
      names.length > 0
        ? `Take another one (${names.join(', ')}), as --sandbox=${names[0]}, or begin`
        : 'Begin';
    const where = db === undefined ? '' : ` --db "${db}"`;
    throw new UsageError(
      `--sandbox: the ready-made token ${name} no longer works here: it was revoked, or its owner may hold none. ${others} anew with all of them: toado-mcp sandbox reset${where}`,
    );
  }
  throw new UsageError(
    `--sandbox: ${thereIsNo('token', name, names)} There are: ${names.join(', ')}.${Object.hasOwn(COMMANDS, name) ? ` A command comes first: toado-mcp ${COMMANDS[name]}.` : ''}`,
  );
}
