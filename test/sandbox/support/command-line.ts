/** `toado-mcp sandbox …` by itself, as the program runs it. */
import { CommanderError } from 'commander';
import { sandboxCommand } from '../../../src/sandbox/command/sandbox-command.ts';

try {
  await sandboxCommand().exitOverride().parseAsync(process.argv.slice(2), { from: 'user' });
  process.exit();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exit(error.exitCode);
}
