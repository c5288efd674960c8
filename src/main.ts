#!/usr/bin/env node
/** The program's entry: runs a command, and says in one line why it can't. */
import { CommanderError } from 'commander';
import { createProgram } from './cli/program.ts';
import { refuseTokens } from './cli/refuse-tokens.ts';
import { SettingsError } from './settings/settings-error.ts';

try {
  refuseTokens(process.argv.slice(2));
  await createProgram().parseAsync();
  process.exit();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exit(error.exitCode === 0 ? 0 : 1);
  } else if (error instanceof SettingsError) {
    process.stderr.write(`toado-mcp: ${error.message}\n`);
  } else {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // No session yet, so no redactor: whatever looks like a token goes.
    process.stderr.write(`toado-mcp: ${what.replaceAll(/tok_[!-~]+/g, '[redacted token]')}\n`);
  }
  process.exit(1);
}
