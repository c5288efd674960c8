import { createProgram } from '../../src/cli/program.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';
import { PROGRAM, type ProgramOptions, run } from './program.ts';

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
 * The same command from the sources, in this process: for what is asked of a command many times, where a start each
 * would take most of the time. Only for commands that end by themselves, and one at a time.
 */
export async function runHere(args: string[], env: Record<string, string>): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const undo = [
    environment({ PATH: process.env.PATH ?? '', ...env }),
    replaced(process, 'argv', [process.execPath, PROGRAM, ...args]),
    ...(['stdout', 'stderr'] as const).map((name) => {
      const listeners = process[name].listeners('error');
      const restore = replaced(process[name], 'write', ((text: string, done?: () => void) => {
        said[name] += text;
        done?.();
        return true;
      }) as typeof process.stdout.write);
      return () => {
        restore();
        for (const one of process[name].listeners('error'))
          if (!listeners.includes(one)) process[name].off('error', one as () => void);
      };
    }),
  ];
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return { code: 0, ...said };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return {
      code: error.exitCode,
      stdout: said.stdout,
      stderr: `${said.stderr}toado-mcp: ${error.message}\n`,
    };
  } finally {
    for (const one of undo) one();
  }
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

function replaced<Thing, Key extends keyof Thing>(thing: Thing, key: Key, value: Thing[Key]): () => void {
  const before = thing[key];
  thing[key] = value;
  return () => {
    thing[key] = before;
  };
}
