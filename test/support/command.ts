import { type ProgramOptions, run } from './program.ts';

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
