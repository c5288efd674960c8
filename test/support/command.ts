import { tmpdir } from 'node:os';
import { format } from 'node:util';
import { CommanderError } from 'commander';
import { createCompletion, createProgram } from '../../src/cli/program/program.ts';
import { refuseTokens } from '../../src/cli/program/refuse-tokens.ts';
import { SettingsError, UsageError } from '../../src/settings/settings-error.ts';
import { childEnv, PROGRAM, type ProgramOptions, run } from './program.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The built program, from its start to its end, with nothing on stdin. */
export async function runToEnd(args: string[], options: Omit<ProgramOptions, 'args'> = {}): Promise<Ended> {
  const program = run({ args, ...options });
  program.child.stdin?.end();
  const { code } = await program.exited;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

/**
 * The same command from the sources, in this process and as in a terminal: for what is asked of a command many times,
 * where a start each would take most of the time. Only for commands that end by themselves, and starts that are refused
 * because of their settings; one at a time.
 */
export async function runHere(
  args: string[],
  env: Record<string, string> = {},
  cwd = tmpdir(),
): Promise<Ended> {
  const before = process.cwd();
  const said = { stdout: '', stderr: '' };
  const undo = [
    environment(childEnv(env)),
    replaced(process, 'argv', [process.execPath, PROGRAM, ...args]),
    replaced(process, 'exitCode', undefined),
    // Whatever is no terminal is a client, which a server goes on to serve whatever is wrong.
    replaced(process.stdin, 'isTTY', true),
    replaced(console, 'log', (...said: unknown[]) => process.stdout.write(`${format(...said)}\n`)),
    () => process.chdir(before),
    ...SIGNALS.map((signal) => listenersOf(process, signal)),
    ...(['stdout', 'stderr'] as const).map((name) => {
      const listeners = listenersOf(process[name], 'error');
      const restore = replaced(process[name], 'write', ((text: string, done?: () => void) => {
        said[name] += text;
        done?.();
        return true;
      }) as typeof process.stdout.write);
      return () => {
        restore();
        listeners();
      };
    }),
  ];
  try {
    process.chdir(cwd);
    refuseTokens(args);
    const isCompletion = /^complet(e|ion)$/.test(args[0] ?? '');
    await (isCompletion ? await createCompletion() : createProgram()).parseAsync(args, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), ...said };
  } catch (error) {
    const refusal = error instanceof CommanderError ? ofParser(error) : error;
    if (typeof refusal === 'number') return { code: refusal, ...said };
    if (!(refusal instanceof SettingsError)) throw error;
    return {
      code: refusal.exitCode,
      stdout: said.stdout,
      stderr: `${said.stderr}toado-mcp: ${refusal.message}\n`,
    };
  } finally {
    for (const one of undo) one();
  }
}

/** What src/main.ts makes of what the parser throws: the exit code after help, or a mistake in use. */
function ofParser({ code, exitCode, message }: CommanderError): number | UsageError {
  if (exitCode === 0) return 0;
  if (code === 'commander.help') return 2;
  return new UsageError(
    message
      .replace(/^error: /, '')
      .trim()
      .replaceAll('\n', ' '),
  );
}

/** In place: what asks the system, as `homedir` does, sees it too. */
function environment(env: Record<string, string>): () => void {
  const before = { ...process.env };
  const set = (to: NodeJS.ProcessEnv) => {
    for (const name of Object.keys(process.env)) if (!(name in to)) delete process.env[name];
    Object.assign(process.env, to);
  };
  set(env);
  return () => set(before);
}

/** Takes away what listens from now on. */
function listenersOf(emitter: NodeJS.EventEmitter, event: string): () => void {
  const before = emitter.listeners(event);
  return () => {
    for (const one of emitter.listeners(event))
      if (!before.includes(one)) emitter.off(event, one as () => void);
  };
}

function replaced<Thing, Key extends keyof Thing>(thing: Thing, key: Key, value: Thing[Key]): () => void {
  const before = thing[key];
  thing[key] = value;
  return () => {
    thing[key] = before;
  };
}
