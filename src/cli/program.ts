/** The command line: what there is to type, and what it starts. */
import { Command, Option } from 'commander';
import { version } from '../version.ts';
import { addSettingFlags, settingFlags } from './flags.ts';

export function createProgram(): Command {
  const program = new Command('toado-mcp')
    .description(
      'The MCP server for Toado: gives an AI agent exactly the tools that its API token permits.\nWithout a command it serves MCP on stdin and stdout.',
    )
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .showSuggestionAfterError(true)
    .addOption(
      new Option(
        '--sandbox [token]',
        'serve a complete local Toado instead, with one of its tokens',
      ).helpGroup('Connection:'),
    )
    .addOption(new Option('--db <file>', 'the sandbox’s database file').helpGroup('Connection:'))
    .allowExcessArguments(false);
  addSettingFlags(program);
  program.action(async (options: Record<string, unknown>) => {
    const { serveCommand } = await import('./serve-command.ts');
    await serveCommand({
      flags: settingFlags(options),
      sandbox: options.sandbox as string | true | undefined,
      db: options.db as string | undefined,
    });
  });
  return program;
}
