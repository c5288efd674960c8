import { Command, Option } from 'commander';
import { END_SIGNALS, endProcessWithin } from '../../base/end-process.ts';
import { thereIsNo } from '../../base/nearest.ts';
import { openInBrowser } from '../../base/open-in-browser.ts';
import { printHint } from '../../base/output.ts';
import { columns, fitting } from '../../base/terminal.ts';
import { defaultDatabaseFile } from '../db/data-folder.ts';
import { inMemory } from '../db/file.ts';
import { DIALECTS, startSandbox } from '../index.ts';
import type { Guide } from '../model/guide.ts';
import { openFile } from '../seed/file/open-file.ts';
import { limitsCommand } from './limits-command.ts';
import { printable } from './printable.ts';
import { reportingRefusals, wholeNumber } from './run-command.ts';
import { readyText } from './texts.ts';
import { tokensCommand } from './tokens-command.ts';

/** T-O-A-D on a telephone's keys. */
const DEFAULT_PORT = 8623;
/** Closing gets this long. */
const LAST_MS = 5_000;

interface ServeOptions {
  port: number;
  host: string;
  db?: string;
  reset?: boolean;
  fresh?: boolean;
  open?: boolean;
  dialect?: string;
}

/** `toado-mcp sandbox`: serves a local Toado, and manages its tokens. */
export function sandboxCommand(guide?: Guide): Command {
  const command = new Command('sandbox')
    .description('serve a complete local Toado: REST API, example data, ready-made tokens; no account needed')
    .option('--port <number>', 'where to listen', port, DEFAULT_PORT)
    .option(
      '--host <address>',
      'which address to listen on; 0.0.0.0 opens the API to the network',
      '127.0.0.1',
    )
    .option('--db <file>', `the SQLite file (default: ${defaultDatabaseFile()})`)
    .option('--reset', 'throw away what the file holds and begin anew')
    .addOption(
      new Option('--fresh', 'a file of its own, which goes when it stops').conflicts(['db', 'reset']),
    )
    .option('--open', 'open the pages in the browser')
    .addOption(
      new Option('--dialect <name>', 'answer in another form, as the real Toado might').choices(
        Object.keys(DIALECTS),
      ),
    )
    .addHelpText('after', dialectsHelp)
    .allowExcessArguments()
    .action(
      reportingRefusals((words, self) => {
        refuseUnknownCommand(words, self);
        return serve(self.optsWithGlobals<ServeOptions>(), guide);
      }),
    );
  command
    .command('reset')
    .description('throw away what the file holds and begin anew')
    .option('--db <file>', 'the SQLite file of the sandbox')
    .action(
      reportingRefusals(async (_, self) => {
        const { db } = await openFile({ ...self.optsWithGlobals<{ db?: string }>(), reset: true });
        process.stdout.write(`${printable(db.file)} is as new.\n`);
        db.close();
      }),
    );
  command.addCommand(tokensCommand());
  command.addCommand(limitsCommand());
  return command;
}

/** The parser would only say that it expected no arguments. */
function refuseUnknownCommand([word]: readonly string[], self: Command): void {
  if (word === undefined) return;
  const names = self.commands.map((one) => one.name());
  self.error(`${thereIsNo('command', word, names)} There are: ${names.join(', ')}; without one it serves.`, {
    code: 'commander.unknownCommand',
  });
}

function dialectsHelp(): string {
  const rows = Object.entries(DIALECTS).map(([name, { about }]) => [`  ${name}`, about]);
  return `\nDialects:\n${columns(rows)}`;
}

async function serve(
  { port, host, db, reset, fresh, open, dialect }: ServeOptions,
  guide: Guide | undefined,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    // A terminal and npm send one each: the second must not cut the closing short, which takes a fresh file away.
    for (const signal of END_SIGNALS) process.on(signal, () => resolve());
  });
  const sandbox = await startSandbox({
    port,
    host,
    db,
    reset,
    fresh,
    guide,
    ...(dialect === undefined ? {} : { dialect }),
  });
  const [first] = sandbox.readyTokens;
  const { apiUrlsForOthers } = sandbox;
  const others = (apiUrlsForOthers ?? []).filter((url) => url !== sandbox.apiUrl);
  const addresses = [sandbox.apiUrl, ...others.map((url) => `${url} (for other machines)`)];
  process.stdout.write(
    [
      fitting(`\nA local Toado. Open it in a browser to make tokens and watch agents work: ${sandbox.url}`),
      `\nREST API: ${addresses.join('\n          ')}\nData:     ${whereOf(sandbox.db, fresh)}\n`,
      fitting('\nReady-made tokens. They are public on purpose: they open nothing but a sandbox.\n\n'),
      readyText(sandbox.readyTokens),
      first
        ? fitting(`\nServe one of them to an agent: ${sandbox.url}/try shows how, for each client.\n`)
        : '',
      `\nStop with Ctrl+C${isKept(sandbox.db, fresh) ? '; the data stay. `--reset` begins anew' : ''}.\n`,
    ].join(''),
  );
  if (apiUrlsForOthers)
    await printHint(
      `toado-mcp sandbox: with --host ${printable(host)} whoever reaches this machine over the network can use the API: everybody knows the ready-made tokens. The pages are for this machine only.`,
    );
  if (open) await openInBrowser(sandbox.url);
  await stopped;
  endProcessWithin(LAST_MS).unref();
  await sandbox.close();
}

function isKept(db: string, fresh = false): boolean {
  return db !== inMemory && !fresh;
}

function whereOf(db: string, fresh?: boolean): string {
  const place = db === inMemory ? 'in memory' : printable(db);
  return isKept(db, fresh) ? place : `${place}, gone when it stops`;
}

function port(value: string): number {
  return wholeNumber(value, 0, 65_535);
}
