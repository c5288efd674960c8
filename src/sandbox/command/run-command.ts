/** What the sandbox's commands have in common: options, the file that they open, how they refuse. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Database } from '../db/database.ts';
import { storageError } from '../db/storage-errors.ts';
import { ApiError, SandboxError } from '../model/errors.ts';
import { openFile } from '../seed/file/open-file.ts';
import { printable } from './printable.ts';

export const USER_OPTION_HELP = "as whom you ask (default: the sandbox's first owner)";

export interface CommandOptions {
  db?: string;
  user?: string;
  json?: boolean;
}

/** Runs a command; a refusal becomes one line on stderr and exit code 1. */
export function reportingRefusals(
  run: (args: string[], self: Command) => void | Promise<void>,
): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const self = args.at(-1) as Command;
    try {
      await run(self.args, self);
    } catch (error) {
      const refusal =
        error instanceof SandboxError || error instanceof ApiError ? error : storageError(error);
      if (!refusal) throw error;
      process.stderr.write(`toado-mcp sandbox: ${printable(refusal.message)}\n`);
      process.exitCode = 1;
    }
  };
}

export function withFile(command: Command): Command {
  return command
    .option('--db <file>', 'the SQLite file of the sandbox')
    .option('--json', 'print JSON instead of text');
}

export async function withDatabase({ db: file }: CommandOptions, use: (db: Database) => void): Promise<void> {
  const { db } = await openFile({ db: file });
  try {
    use(db);
  } finally {
    db.close();
  }
}

export function printResult({ json }: CommandOptions, value: unknown, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text());
}

export function wholeNumber(value: string, min: number, max: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
}
