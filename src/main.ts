#!/usr/bin/env node
/**
 * The program's entry: runs a command, and says in one line why it can't. It imports the rest when compiled code can be
 * kept.
 */
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { SettingsError } from './settings/settings-error.ts';

/**
 * Node 22.1 and later keep compiled code for the next start, in the user's own cache folder: where others may write,
 * they could put code of theirs. Node checks what it finds there, and goes on without where it can't be used.
 */
async function keepCompiledCode(): Promise<void> {
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  if (!enableCompileCache) return;
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  const given = process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME;
  const caches = given && isAbsolute(given) ? given : join(homedir(), '.cache');
  if (!isAbsolute(caches)) return;
  const folder = join(caches, 'toado-mcp');
  // Where it can't be made, Node itself might try for ever (base/make-folder.ts).
  if (!existsSync(folder)) (await import('./base/make-folder.ts')).makeFolder(folder);
  enableCompileCache(folder);
}

/** Clients mostly start it without arguments: there is nothing to parse then, and nobody waits for the parser. */
async function run(): Promise<void> {
  if (process.argv.length === 2) {
    const { serveCommand } = await import('./cli/serve/serve-command.ts');
    return serveCommand({ flags: {} });
  }
  const { refuseTokens } = await import('./cli/program/refuse-tokens.ts');
  refuseTokens(process.argv.slice(2));
  const { createCompletion, createProgram } = await import('./cli/program/program.ts');
  const isAskedByShell = process.argv[2] === 'complete';
  await (isAskedByShell ? await createCompletion() : createProgram()).parseAsync();
}

/** A command line that serves: nothing but flags, or `serve` and flags. */
function isServing([first = '']: readonly string[]): boolean {
  return first === 'serve' || (first.startsWith('-') && !/^(-h|--help|-v|--version)$/.test(first));
}

async function fail(error: unknown): Promise<never> {
  const problem = await problemOf(error);
  const { secrets } = await import('./respond/redact-token.ts');
  if (problem && isServing(process.argv.slice(2))) {
    const { isStartedByClient, serveProblem } = await import('./cli/serve/serve-command.ts');
    if (isStartedByClient()) await serveProblem(problem);
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const words = problem ? problem.message : what.replaceAll(/tok_[!-~]+/g, '[redacted token]');
  const said = `toado-mcp: ${secrets.redact(words)}`;
  process.stderr.write(`${problem && process.stderr.isTTY ? await asFits(said) : said}\n`);
  process.exit(problem?.exitCode ?? 1);
}

/** What the person who started this can mend; undefined of a mistake of ours. */
async function problemOf(error: unknown): Promise<SettingsError | undefined> {
  const { SettingsError, UsageError } = await import('./settings/settings-error.ts');
  if (error instanceof SettingsError) return error;
  const parserMessage = messageOfParser(error);
  if (parserMessage !== undefined) return new UsageError(parserMessage);
  if (Object(error).syscall !== 'uv_cwd') return undefined;
  return new SettingsError(
    'the folder that this runs in is gone, and a path is relative to it: go to another folder, or write the path from the root on.',
  );
}

async function asFits(text: string): Promise<string> {
  const { errorWidth, fitting } = await import('./base/terminal.ts');
  return fitting(text, errorWidth());
}

/** What the parser of the command line says; it ends the process, too, after what --help and --version print. */
function messageOfParser(error: unknown): string | undefined {
  const { code, exitCode, message } = Object(error) as { code?: unknown; exitCode?: number; message: string };
  if (!String(code).startsWith('commander.')) return undefined;
  if (exitCode === 0) process.exit(0);
  if (code === 'commander.help') process.exit(2);
  return message
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ');
}

try {
  homedir();
} catch {
  // HOME isn't set, and the system doesn't know the user, as in containers. An empty one is taken for none everywhere.
  process.env.HOME = '';
}
// Node opens a debugger to whoever sends this signal.
process.on('SIGUSR1', () => {});
// Nobody reads stderr any more, or the disk is full: no reason to fall over.
process.stderr.on('error', () => {});

try {
  await keepCompiledCode();
} catch {
  // Only slower.
}
// A command has said all that it had to say, and what couldn't be written was said; its exit code is its own.
run().then(() => process.stdout.write('', () => setImmediate(() => process.exit())), fail);
