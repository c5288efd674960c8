/** The command line: what there is to type, and what it starts. Every command is loaded when it is asked for. */

import { Argument, Command, Option, type OutputConfiguration } from 'commander';
import { thereIsNo } from '../../base/nearest.ts';
import { columns, fitting } from '../../base/terminal.ts';
import { TOKENS_PAGE } from '../../base/tokens-page.ts';
import { version } from '../../base/version.ts';
import { UsageError } from '../../settings/settings-error.ts';
import { withoutSandbox } from '../target/without-sandbox.ts';
import { addTargetFlags, targetOptions, typedFlags } from './settings-as-flags.ts';

function environmentHelp(): string {
  const variables = columns([
    ['  TOADO_API_TOKEN', `the personal API token (tok_…), from Toado’s ${TOKENS_PAGE}`],
    ['  TOADO_API_TOKEN_FILE', 'a file that holds it instead; followed when it changes'],
    ['  TOADO_API_URL', 'base address of the REST API; https, or http on this machine'],
    ['  HTTPS_PROXY, NO_PROXY', 'as everywhere; NODE_EXTRA_CA_CERTS, too'],
  ]);
  return `\nEnvironment:\n${variables}\n\n${fitting('Each flag’s variable stands in brackets; a flag wins over it. Tokens are never taken from the command line.')}`;
}

/** Its errors are said where all errors are (main.ts). */
const OUTPUT: OutputConfiguration = {
  outputError: () => {},
  writeOut: (help) => {
    endWithReader();
    process.stdout.write(help);
  },
};

export function createProgram(): Command {
  const program = new Command('toado-mcp')
    .exitOverride()
    .configureOutput(OUTPUT)
    .description(
      'The MCP server for Toado: gives an AI agent exactly the tools that its API token permits.\nWithout a command it serves MCP on stdin and stdout.',
    )
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    .allowExcessArguments(true)
    .addHelpText('after', environmentHelp)
    // While serving, stdout is the transport's business.
    .hook('preAction', (_, command) => {
      if (command !== program && command.name() !== 'serve') endWithReader();
    });
  addServeFlags(program).action(async (options: Record<string, unknown>) => {
    refuseUnknownCommand(program, program.args);
    await startServing(options);
  });
  addServeFlags(
    program.command('serve').description('serve MCP on stdin and stdout, as without a command'),
  ).action(startServing);
  addDoctor(program);
  addTools(program);
  addConfig(program);
  addSandbox(program);
  addExperiments(program);
  addHelp(program);
  addCompletionCommand(program);
  for (const one of program.commands) one.allowExcessArguments(false);
  return program;
}

/** `toado-mcp tools | head -1`: what nobody reads is not an error, a disk that is full is one. */
function endWithReader(): void {
  process.stdout.off('error', endUnread).once('error', endUnread);
}

function endUnread({ code }: NodeJS.ErrnoException): never {
  // The second is Windows' word for it.
  if (code === 'EPIPE' || code === 'EOF') process.exit();
  process.stderr.write(`toado-mcp: stdout can't be written (${code}).\n`);
  process.exit(1);
}

/** Shell completion knows every command, those that bring a command line of their own as well. */
export async function createCompletion(): Promise<Command> {
  const program = createProgram();
  const { sandboxCommand } = await import('../../sandbox/command/sandbox-command.ts').catch(withoutSandbox);
  const { experimentsCommand } = await import('../../experiments/commands/command-line.ts').catch(
    withoutSandbox,
  );
  const { addCompletion } = await import('./shell-completion.ts');
  return addCompletion(program, [sandboxCommand(), experimentsCommand([])]);
}

function addServeFlags(command: Command): Command {
  return addTargetFlags(command).option('--open', 'open the sandbox’s pages in the browser (with --sandbox)');
}

async function startServing(options: Record<string, unknown>): Promise<void> {
  const { serveCommand } = await import('../serve/serve-command.ts');
  await serveCommand({ ...targetOptions(options), open: options.open === true });
}

function addDoctor(program: Command): void {
  const doctor = program
    .command('doctor')
    .description('check settings, network, token and tools, line by line; exit code 1 if something is wrong')
    .option('--probe', 'ask every route that only reads, and say how this Toado’s answers differ')
    .option('--report <file>', 'with --probe: write what it found, without any value, for an issue')
    .option('--json', 'print the result as JSON');
  addTargetFlags(doctor).action(async (options: Record<string, unknown>) => {
    const { doctorCommand } = await import('../doctor/doctor-command.ts');
    await doctorCommand({
      ...targetOptions(options),
      json: options.json === true,
      probe: options.probe === true,
      report: options.report as string | undefined,
    });
  });
}

function addTools(program: Command): void {
  const tools = program
    .command('tools')
    .description('the catalogue: tool, scope, effect, and what this token gets')
    .option('--scopes <a,b>', 'ask about a token with these scopes instead')
    .option('--for <tools>', 'print the smallest set of scopes for these tools')
    .addOption(formatOption());
  addTargetFlags(tools).action(async (options: Record<string, unknown>) => {
    const { toolsCommand } = await import('../tools/tools-command.ts');
    await toolsCommand({
      ...targetOptions(options),
      scopes: options.scopes as string | undefined,
      tools: options.for as string | undefined,
      format: options.format as 'text' | 'markdown' | 'json',
    });
  });
}

function addConfig(program: Command): void {
  const config = program
    .command('config')
    .description('print what to paste or run to put this server into a client; --write puts it in')
    .argument('[client]', 'which client; without it, all are listed')
    .option('--write', 'put it into the client’s file, or run the client’s own command')
    .option('--dry-run', 'show what --write would change')
    .option('--workspace <folder>', 'write the file of one project instead of your own')
    .option('--shared', 'for a file that a team shares: toado-mcp from everybody’s own PATH')
    .option('--json', 'print the parts as JSON');
  addTargetFlags(config).action(async (client: string | undefined, options: Record<string, unknown>) => {
    const target = targetOptions(options);
    const { checkFlags } = await import('./check-flags.ts');
    await checkFlags(target);
    const { configCommand } = await import('../config/config-command.ts');
    await configCommand({
      client,
      sandbox: target.sandbox,
      flags: typedFlags(target),
      name: target.flags.TOADO_NAME,
      shared: options.shared === true,
      json: options.json === true,
      write: options.write === true,
      dryRun: options.dryRun === true,
      workspace: options.workspace as string | undefined,
    });
  });
}

/** The sandbox brings its own command line, with its database and web pages: loaded only when it is asked for. */
function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .description(
      'serve a complete local Toado, with pages in the browser; `sandbox tokens` manages its tokens',
    )
    .argument('[arguments...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (given: string[]) => {
      const { sandboxCommand } = await import('../../sandbox/command/sandbox-command.ts').catch(
        withoutSandbox,
      );
      const { sandboxGuide } = await import('../target/sandbox-guide.ts');
      const sandbox = sandboxCommand(sandboxGuide()).name('toado-mcp sandbox');
      for (const one of withSubcommands(sandbox)) one.configureOutput(OUTPUT).exitOverride();
      await sandbox.parseAsync(given, { from: 'user' });
    });
}

/** Trying agents brings its own command line, too, and nothing of it is loaded before. */
function addExperiments(program: Command): void {
  program
    .command('experiments')
    .description('try an agent on real tasks in fresh sandboxes: `experiments run all -- <agent command>`')
    .argument('[arguments...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (given: string[]) => {
      const { runExperiments } = await import('../../experiments/commands/command-line.ts').catch(
        withoutSandbox,
      );
      await runExperiments(given, (command) => command.configureOutput(OUTPUT).exitOverride());
    });
}

/** Says the same as `<command> --help`, for the sandbox's own commands too, which load when they are asked for. */
function addHelp(program: Command): void {
  program
    .command('help')
    .description('print what a command takes')
    .argument('[command...]')
    .action(async (words: string[]) => {
      refuseUnknownCommand(program, words);
      await program.parseAsync([...words, '--help'], { from: 'user' });
    });
}

/** What the shells then ask is `complete` (main.ts). */
function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print what a shell loads to complete commands and flags')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish', 'powershell']))
    .action(async (shell: string) => {
      await (await createCompletion()).parseAsync(['completion', shell], { from: 'user' });
      const { WITHOUT_BASH_COMPLETION } = await import('./shell-completion.ts');
      if (shell === 'bash') process.stdout.write(WITHOUT_BASH_COMPLETION);
    });
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function formatOption(): Option {
  return new Option('--format <format>', 'how to print it')
    .choices(['text', 'markdown', 'json'])
    .default('text');
}

function refuseUnknownCommand({ commands }: Command, [first]: readonly string[]): void {
  const names = commands.map((command) => command.name());
  if (first === undefined || names.includes(first)) return;
  throw new UsageError(
    `${thereIsNo('command', first, names)} There are: ${names.join(', ')}; without one it serves MCP.`,
  );
}
