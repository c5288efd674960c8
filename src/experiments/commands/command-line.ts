/** `toado-mcp experiments`: its own command line. Every part is loaded when it is asked for. */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { expandHome } from '../../base/home-of-user.ts';
import { fitting } from '../../base/terminal.ts';
import { ExperimentError } from '../base/error.ts';

export interface RunOptions {
  times: number;
  parallel: number;
  timeout: number;
  out?: string;
  overwrite?: boolean;
  scenarios?: string;
  agent?: string;
  model?: string;
  shard?: string;
  reporter: 'text' | 'junit';
  minPass?: number;
}

const MAX_TIMES = 10_000;
const MAX_PARALLEL = 1_000;
/** A week. */
const MAX_TIMEOUT_S = 604_800;

const FOLDER = '--scenarios <folder>';
const FOLDER_SAYS = 'scenarios of your own (.yaml or .json), beside the built-in ones';

/** @param agentCommand what stood after `--`. */
export function experimentsCommand(agentCommand: readonly string[]): Command {
  const command = new Command('experiments')
    .description('try an agent: real tasks on a fresh sandbox, graded by what happened in it')
    .addHelpText('after', () => fitting(HELP));

  command
    .command('list')
    .description('the scenarios there are')
    .option(FOLDER, FOLDER_SAYS, folder)
    .option('--json', 'print them as JSON')
    .action(async (options) => (await import('./list.ts')).list(options));

  command
    .command('show')
    .description('one scenario, as the file that it could be')
    .argument('<name>')
    .option(FOLDER, FOLDER_SAYS, folder)
    .action(async (name, options) => (await import('./list.ts')).show(name, options));

  command
    .command('check')
    .description('hold scenarios against their own scripts: the solution passes, every wrong way fails')
    .argument('[names...]', 'which; without any, those of --scenarios, or else the built-in ones')
    .option(FOLDER, FOLDER_SAYS, folder)
    .option('--parallel <n>', 'how many at a time', whole(MAX_PARALLEL), 2)
    .action(async (names, options) => (await import('./check.ts')).check(names, options));

  command
    .command('run')
    .description('run an agent on scenarios: names, or all; its command line stands after --')
    .argument('<names...>')
    .option('--agent <host>', 'claude-code, codex, gemini or sdk:<file>; what stands after -- is added to it')
    .option('--model <name>', 'the model for --agent')
    .option('--times <n>', 'how often each', whole(MAX_TIMES), 1)
    .option('--parallel <n>', 'how many at a time', whole(MAX_PARALLEL), 1)
    .option('--timeout <seconds>', 'how long one may take', whole(MAX_TIMEOUT_S), 300)
    .option('--shard <i/n>', 'the i-th of n parts, for several machines')
    .option('--out <folder>', 'where results go (default: experiments/<date and time>)', folder)
    .option('--overwrite', 'replace the results that --out holds already')
    .addOption(
      new Option('--reporter <kind>', 'what is printed or, with junit, also written as junit.xml')
        .choices(['text', 'junit'])
        .default('text'),
    )
    .option('--min-pass <share>', 'exit code 0 from this share of passed runs on, such as 0.8', share)
    .option(FOLDER, FOLDER_SAYS, folder)
    .action(async (names, options) => (await import('./run.ts')).run(names, options, agentCommand));

  command
    .command('report')
    .description('print a folder’s results, and write its report.html anew')
    .argument('<folder>')
    .action(async (folder) => (await import('./report.ts')).report(folder));

  command
    .command('compare')
    .description('two folders side by side: what got better or worse, beyond chance')
    .argument('<before>')
    .argument('<after>')
    .option('--json', 'print it as JSON')
    .action(async (before, after, options) => (await import('./report.ts')).compare(before, after, options));

  command
    .command('merge')
    .description('the parts of several machines as one result')
    .argument('<folders...>')
    .requiredOption('--out <folder>', 'where it goes', folder)
    .option('--overwrite', 'replace the results that --out holds already')
    .option('--min-pass <share>', 'exit code 0 from this share of passed runs on', share)
    .action(async (folders, options) => (await import('./report.ts')).merge(folders, options));

  command
    .command('schema')
    .description('the JSON Schema of a scenario’s file, or of results.json')
    .addArgument(new Argument('<what>').choices(['scenario', 'results']))
    .action(async (what) => (await import('./schema.ts')).schema(what));

  command
    .command('export')
    .description('write scenarios as Harbor tasks, which run on Docker, Kubernetes and hosted sandboxes')
    .argument('[names...]')
    .requiredOption('--harbor <folder>', 'where the tasks go', folder)
    .option(FOLDER, FOLDER_SAYS, folder)
    .action(async (names, options) => (await import('./export.ts')).exportHarbor(names, options));

  // What experiments and their tasks start themselves.
  command
    .command('task-sandbox', { hidden: true })
    .requiredOption('--folder <folder>')
    .requiredOption('--agent-file <file>')
    .option('--while <pid>', 'ends with that process', whole(2 ** 31 - 1))
    .action(async ({ folder, agentFile, while: owner }) =>
      (await import('../harbor/task-sandbox.ts')).serveTask(folder, agentFile, owner),
    );
  command
    .command('grade-task', { hidden: true })
    .requiredOption('--folder <folder>')
    .requiredOption('--answer <file>')
    .requiredOption('--rewards <folder>')
    .action(async (options) => (await import('./export.ts')).gradeHarbor(options));
  command
    .command('mcp', { hidden: true })
    .option('--settings <file>')
    .action(async ({ settings }) => {
      process.exitCode = await (await import('../record/recorded-server.ts')).recordedServer(settings);
    });
  command
    .command('sandbox-process', { hidden: true })
    .action(async () => (await import('../sandbox/process.ts')).sandboxProcess());
  return command;
}

/** Runs the command line; what a person can mend is one line on stderr and exit code 2. */
export async function runExperiments(
  args: readonly string[],
  prepare: (command: Command) => void,
): Promise<void> {
  const at = args.indexOf('--');
  const own = at < 0 ? args : args.slice(0, at);
  const command = experimentsCommand(at < 0 ? [] : args.slice(at + 1));
  command.name('toado-mcp experiments');
  for (const one of [command, ...command.commands]) prepare(one);
  try {
    await command.parseAsync(own, { from: 'user' });
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    process.stderr.write(`toado-mcp experiments: ${error.message}\n`);
    process.exitCode = 2;
  }
}

function whole(max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > max)
      throw new InvalidArgumentError(`It takes a whole number from 1 to ${max.toLocaleString('en')}.`);
    return value;
  };
}

function folder(text: string): string {
  // A variable of a shell that isn't set is not the folder in which this runs.
  if (text === '') throw new InvalidArgumentError('It names no folder.');
  return expandHome(text);
}

function share(text: string): number {
  // A variable that a script left empty is no number, and not 0 either, which every run would pass.
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It takes a number from 0 to 1.');
  return value;
}

const HELP = `
In an agent’s command line: {prompt}, {prompt_file}, {mcp_config} (a file in the common mcpServers form), {workdir}.
The same are in TOADO_EXPERIMENT_PROMPT, …_PROMPT_FILE, …_MCP_CONFIG and …_WORKDIR.

  toado-mcp experiments run all -- my-agent --mcp-config {mcp_config} {prompt}
  toado-mcp experiments run fix-ticket --agent claude-code

Exit codes: 0 passed, 1 a run failed its task, 2 a run could not be run.`;
